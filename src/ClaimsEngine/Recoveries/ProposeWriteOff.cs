using FluentValidation;

namespace ClaimsEngine.Recoveries;

/// <summary>Proposes to give up what is outstanding. Money that comes in before another person approves it is taken all the same.</summary>
public sealed record ProposeWriteOff(RecoveryId Recovery, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ProposeWriteOff>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class ProposeWriteOffHandler
{
    public static Task<Recovery> LoadAsync(ProposeWriteOff command, IUseCaseContext context) =>
        context.Get<Recovery>(command.Recovery.Value);

    public static Decision Handle(ProposeWriteOff command, Recovery recovery, Actor by)
    {
        if (!recovery.IsOwed) return recovery.NotOwed();
        var proposed = new WriteOffProposed(command.Reason, by.Id);
        return recovery.Proposal == proposed ? Decision.Nothing : Decision.On(recovery, proposed);
    }
}
