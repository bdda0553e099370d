using FluentValidation;

namespace ClaimsEngine.Recoveries;

/// <summary>Takes a recovery back that nobody has confirmed: who opened it, or who should have confirmed it. Another one may then be
/// opened.</summary>
public sealed record CancelRecovery(RecoveryId Recovery, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<CancelRecovery>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class CancelRecoveryHandler
{
    public static Task<Recovery> LoadAsync(CancelRecovery command, IUseCaseContext context) =>
        context.Get<Recovery>(command.Recovery.Value);

    public static Decision Handle(CancelRecovery command, Recovery recovery, Actor by) => recovery.Status switch
    {
        RecoveryStatus.Cancelled => Decision.Nothing,
        not RecoveryStatus.Opened => Refuse.WrongStateOf("recovery", recovery.Status, "opened"),
        _ => Decision.On(recovery, new RecoveryCancelled(command.Reason, by.Id))
            .Releasing(Recovery.LiveKey(recovery.Payout), recovery.StreamId),
    };
}
