using FluentValidation;

namespace ClaimsEngine.Recoveries;

/// <summary>Notes by when how much is to come back. A new plan takes the place of the old one.</summary>
/// <param name="Instalments">1 to 60, in the order of their days, together what is outstanding; none is due before today</param>
public sealed record AgreeInstalments(RecoveryId Recovery, IReadOnlyList<Instalment> Instalments) : Command
{
    private const int Most = 60;

    public sealed class Validator : AbstractValidator<AgreeInstalments>
    {
        public Validator()
        {
            RuleFor(c => c.Instalments).Must(all => all.Count is > 0 and <= Most).WithMessage("1 to 60 instalments");
            When(c => c.Instalments.Count is > 0 and <= Most, () =>
            {
                RuleFor(c => c.Instalments).Must(all => all.Zip(all.Skip(1)).All(pair => pair.First.DueOn < pair.Second.DueOn))
                    .WithMessage("each instalment is due later than the one before");
                RuleForEach(c => c.Instalments).ChildRules(one =>
                    one.RuleFor(i => i.Amount).Must(amount => amount.IsPositive).WithMessage("an instalment is above 0.00"));
            });
        }
    }
}

public static class AgreeInstalmentsHandler
{
    public static Task<Recovery> LoadAsync(AgreeInstalments command, IUseCaseContext context) =>
        context.Get<Recovery>(command.Recovery.Value);

    public static Decision Handle(AgreeInstalments command, Recovery recovery, Actor by, LocalDate today)
    {
        if (!recovery.IsOwed) return recovery.NotOwed();
        if (recovery.RepaidBefore == recovery.Repaid && recovery.Instalments.SequenceEqual(command.Instalments)) return Decision.Nothing;
        if (command.Instalments[0].DueOn < today)
            return new Refusal(Refuse.InvalidRequest, $"today is {today:uuuu-MM-dd}", "instalments.0.dueOn");
        return Money.Sum(command.Instalments.Select(instalment => instalment.Amount)) is var sum && sum != recovery.Outstanding
            ? new Refusal(Refuse.InstalmentsDiffer, $"they are {sum} yuan together; {recovery.Outstanding} yuan is outstanding",
                "instalments")
            : Decision.On(recovery, new InstalmentsAgreed(command.Instalments, recovery.Repaid, by.Id));
    }
}
