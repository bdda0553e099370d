using FluentValidation;

namespace ClaimsEngine.Offices;

/// <summary>
/// An approver names a stand-in, for instance for a time of absence. Only what one holds oneself is delegated: never another region, never
/// a higher amount, and nothing that was delegated to oneself.
/// </summary>
/// <param name="To">the stand-in: the subject of that person's tokens. The stand-in has the role of an approver already</param>
/// <param name="Region">one's own or one in it; the stand-in then decides with that place's union level</param>
/// <param name="Until">last day, inclusive, at most a year after the first</param>
/// <param name="UpTo">the most that the stand-in approves, above 0.00; one's own limit if absent</param>
/// <param name="WhenAbsent">true for a standing deputy, who acts only on days on which one has noted one's absence</param>
public sealed record DelegateDuty(
    string To, RegionCode Region, LocalDate From, LocalDate Until, string Reason, Money? UpTo = null,
    bool WhenAbsent = false) : Command
{
    public sealed class Validator : AbstractValidator<DelegateDuty>
    {
        public Validator()
        {
            RuleFor(c => c.To).NotEmpty().MaximumLength(255).Must(name => !name.Any(char.IsControl) && !EngineActors.Has(name))
                .WithMessage("the subject of a person's tokens");
            RuleFor(c => c.Until).GreaterThanOrEqualTo(c => c.From).WithMessage("the last day is not before the first");
            RuleFor(c => c.Until).Must((c, until) => c.Until < c.From || Period.DaysBetween(c.From, until) <= 366)
                .WithMessage("a delegation lasts a year at most");
            RuleFor(c => c.UpTo).Must(amount => amount is null || amount.Value.IsPositive).WithMessage("an amount above 0.00");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class DelegateDutyHandler
{
    /// <returns>what was delegated between the two before, and the absence of the stand-in</returns>
    public static async Task<(Delegation?, Absence?)> LoadAsync(DelegateDuty command, IUseCaseContext context) => (
        await context.FindAnywhere<Delegation>(DelegationId.Of(context.By.Id, command.To).Value),
        await context.FindAnywhere<Absence>(AbsenceId.Of(command.To).Value));

    public static Decision Handle(DelegateDuty command, Delegation? found, Absence? absence, Actor by, LocalDate today)
    {
        if (by.OnBehalfOf is not null) return new Refusal(Refuse.DelegationNotOwn, $"{by.Id} acts for another here");
        if (command.To == by.Id) return new Refusal(Refuse.InvalidRequest, "nobody stands in for himself", "to");
        if (!by.Sees(command.Region)) return Refuse.ActsElsewhere(by, "region");
        if (command.UpTo > by.ApprovalLimit)
            return new Refusal(Refuse.OverLimit, $"{by.Id} may approve up to {by.ApprovalLimit} yuan", "upTo");
        if (command.Until < today) return new Refusal(Refuse.InvalidRequest, "the last day has passed", "until");

        var given = new DutyDelegated(
            command.To, command.Region, by.Region, command.UpTo ?? by.ApprovalLimit, command.From, command.Until, command.Reason, by.Id,
            command.WhenAbsent);
        if (found?.StandsOn(today) == true)
            return found.Given == given ? Decision.Nothing
                : new Refusal(Refuse.DelegationRunning, $"one to {command.To} stands until {found.Given.Until:uuuu-MM-dd}; end it first");
        if (absence?.Covers(LocalDate.Max(command.From, today)) == true)
            return new Refusal(Refuse.StandInAbsent, $"{command.To} is absent until {absence.Until:uuuu-MM-dd}", "to");
        return Decision.OnOrBegin(found, DelegationId.Of(by.Id, command.To).Value, given);
    }
}
