using FluentValidation;

namespace ClaimsEngine.Offices;

/// <summary>An approver notes when he will be absent. On those days his standing deputies may act. What he notes last holds.</summary>
/// <param name="Until">last day, inclusive, at most a year after the first</param>
public sealed record NoteAbsence(LocalDate From, LocalDate Until) : Command
{
    public sealed class Validator : AbstractValidator<NoteAbsence>
    {
        public Validator()
        {
            RuleFor(c => c.Until).GreaterThanOrEqualTo(c => c.From).WithMessage("the last day is not before the first");
            RuleFor(c => c.Until).Must((c, until) => until < c.From || Period.DaysBetween(c.From, until) <= 366)
                .WithMessage("an absence lasts a year at most");
        }
    }
}

public static class NoteAbsenceHandler
{
    public static Task<Absence?> LoadAsync(NoteAbsence command, IUseCaseContext context) =>
        context.FindAnywhere<Absence>(AbsenceId.Of(context.By.Id).Value);

    public static Decision Handle(NoteAbsence command, Absence? found, Actor by, LocalDate today)
    {
        if (by.OnBehalfOf is not null) return new Refusal(Refuse.DelegationNotOwn, $"{by.Id} acts for another here");
        if (command.Until < today) return new Refusal(Refuse.InvalidRequest, "the last day has passed", "until");
        return found is { Ended: false } && (found.From, found.Until, found.Office) == (command.From, command.Until, by.Region)
            ? Decision.Nothing
            : Decision.OnOrBegin(found, AbsenceId.Of(by.Id).Value, new AbsenceNoted(command.From, command.Until, by.Region, by.Id));
    }
}
