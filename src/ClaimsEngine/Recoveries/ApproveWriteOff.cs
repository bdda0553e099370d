using FluentValidation;

namespace ClaimsEngine.Recoveries;

/// <summary>Gives up what is outstanding, as another person than who proposed it, who opened the recovery, and who approved the payment
/// that went wrong; within the approver's limit.</summary>
public sealed record ApproveWriteOff(RecoveryId Recovery, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ApproveWriteOff>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class ApproveWriteOffHandler
{
    public static Task<Recovery> LoadAsync(ApproveWriteOff command, IUseCaseContext context) =>
        context.Get<Recovery>(command.Recovery.Value);

    public static Decision Handle(ApproveWriteOff command, Recovery recovery, Actor by)
    {
        if (!recovery.IsOwed) return recovery.NotOwed();
        if (recovery.Proposal is not { } proposal)
            return new Refusal(Refuse.WrongState, "nobody has proposed to write the rest off");
        if (by.ActsAs(proposal.By)) return Refuse.SamePerson(by, "proposed the write-off", "approve it");
        if (by.ActsAs(recovery.OpenedBy, recovery.OpenedFor)) return Refuse.SamePerson(by, "opened the recovery", "write it off");
        if (by.ActsAs(recovery.PaidOutBy, recovery.PaidOutFor))
            return Refuse.SamePerson(by, "approved the payment", "write its recovery off");
        return recovery.Outstanding > by.ApprovalLimit
            ? new Refusal(Refuse.OverLimit, $"{recovery.Outstanding} yuan is outstanding; {by.Id} may decide up to {by.ApprovalLimit} yuan")
            : Decision.On(recovery, new WriteOffApproved(recovery.Outstanding, command.Reason, by.Id))
                .Releasing(Recovery.LiveKey(recovery.Payout), recovery.StreamId);
    }
}
