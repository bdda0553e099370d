using ClaimsEngine.Plans;
using ClaimsEngine.Units;

namespace ClaimsEngine.Enrolments;

/// <summary>What a plan asks of the people of one unit together.</summary>
public static class UnitRules
{
    /// <summary>The rule that an enrolment breaks, or null.</summary>
    /// <param name="unit">null for who enters alone</param>
    /// <param name="joined">the unit's cover that the enrolment joins; null when it is the first of the period</param>
    /// <param name="units">that the certificate would hold</param>
    public static Refusal? Broken(Enrol command, Unit? unit, UnitCovered? joined, Eligibility eligibility, int units, LocalDate today)
    {
        if (unit is null)
            return eligibility.Entry?.Individual == false ? new Refusal(Refuse.UnitRequired, "nobody enters this plan alone; name the unit", "unit") : null;
        if (!unit.Region.Contains(command.Person.Region) && !command.Person.Region.Contains(unit.Region))
            return new Refusal(Refuse.UnitElsewhere, $"the unit lies in {unit.Region.Name}", "person.region");
        if (joined is null) return null;
        if (eligibility.SameUnitsPerEmployer && joined.Units != units)
            return new Refusal(Refuse.UnitsDiffer, $"everybody of the unit holds {joined.Units}", "units");
        if (eligibility.Entry is { LateJoinerDays: { } days } entry && Period.DaysBetween(joined.From, today) > days && !IsNewHire(command.HiredOn, entry, today))
            return new Refusal(Refuse.EntryWindowClosed, entry.NewHireMonths is { } months
                ? $"the unit's cover began on {joined.From:uuuu-MM-dd}; after {days} days only those join who were hired within {months} months"
                : $"the unit's cover began on {joined.From:uuuu-MM-dd}; nobody joins after {days} days", "hiredOn");
        return null;
    }

    /// <summary>How much of a unit takes part.</summary>
    /// <param name="enrolled">its members under the plan and period, with those of the roster in hand</param>
    public static ParticipationReached Reached(Participation rule, Unit unit, long enrolled)
    {
        var of = rule.Of == ParticipationBase.Women ? unit.Women : unit.Staff;
        return new ParticipationReached(of, enrolled, of == 0 ? 100 : Math.Floor(enrolled * 1000m / of) / 10, of < rule.EveryoneBelow ? 100 : rule.Percent);
    }

    private static bool IsNewHire(LocalDate? hiredOn, EntryWindow entry, LocalDate today) =>
        entry.NewHireMonths is { } months && hiredOn is { } day && day <= today && today <= day.PlusMonths(months);
}

/// <param name="Of">people of the unit who could take part</param>
/// <param name="Enrolled">those who do</param>
/// <param name="Percent">reached, rounded down to one place; above 100 if the unit has grown since it was counted</param>
/// <param name="Required">percent that the plan asks for: 100 in a small unit</param>
public sealed record ParticipationReached(int Of, long Enrolled, decimal Percent, int Required)
{
    /// <summary>Reckoned exactly, not by the rounded percentage.</summary>
    public bool IsEnough() => Enrolled * 100 >= (long)Required * Of;
}
