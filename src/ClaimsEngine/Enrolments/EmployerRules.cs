using System.Globalization;
using ClaimsEngine.Employers;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Enrolments;

/// <summary>What a plan asks of the people of one employer together. Every way in asks it here: a single entry, a roster, an import, a
/// change of employer.</summary>
public static class EmployerRules
{
    /// <summary>The rule that an entry breaks, or null.</summary>
    /// <param name="entry">who would stand on the employer's list</param>
    /// <param name="employer">null for who enters alone</param>
    /// <param name="joined">the employer's cover that the certificate joins; null when it is the first of the period</param>
    public static Refusal? Broken(EntryToList entry, Employer? employer, EmployerCovered? joined, Eligibility eligibility, LocalDate today)
    {
        if (employer is null) return MissingIn(eligibility);
        if (!Belongs(entry.Region, employer))
            return new Refusal(Refuse.EmployerElsewhere, $"the employer lies in {employer.Region.Name}", entry.RegionField);
        if (joined is null) return null;
        if (eligibility.SameUnitsPerEmployer && joined.Units != entry.Units)
            return new Refusal(Refuse.UnitsDiffer, $"everybody of the employer holds {joined.Units}", entry.UnitsField);
        if (eligibility.Entry is { LateJoinerDays: { } days } window && Period.DaysBetween(joined.From, today) > days
            && !IsNewHire(entry.HiredOn, window, today))
            return new Refusal(Refuse.EntryWindowClosed, $"the employer's cover began on {joined.From:uuuu-MM-dd}; "
                + (window.NewHireMonths is { } months ? $"after {days} days only those join who were hired within {months} months"
                    : $"nobody joins after {days} days"), "hiredOn");
        return null;
    }

    /// <summary>Why nobody enters the plan without an employer; null where people may.</summary>
    public static Refusal? MissingIn(Eligibility eligibility) =>
        eligibility.Participation is not null
            ? new Refusal(Refuse.EmployerRequired, "the plan measures how many of an employer take part; name the employer", "employer")
        : eligibility.Entry?.Individual == false
            ? new Refusal(Refuse.EmployerRequired, "nobody enters this plan alone; name the employer", "employer") : null;

    /// <summary>Whether a person of this place may stand on the employer's list: one of the two places lies in the other.</summary>
    public static bool Belongs(RegionCode region, Employer employer) =>
        employer.Region.Contains(region) || region.Contains(employer.Region);

    /// <summary>The question how many of an employer hold this cover; null where the plan measures nothing.</summary>
    /// <param name="today">who is covered tomorrow counts</param>
    /// <param name="to">last day of the programme's period, or of the certificate in hand: of a period that has ended its last day
    /// counts; null for cover without a common end</param>
    public static ListedCover? Question(
        Eligibility eligibility, string employer, string plan, string? programme, LocalDate today, LocalDate? to) =>
        eligibility.Participation is { } rule
            ? new ListedCover(employer, plan, programme, LocalDate.Min(today.PlusDays(1), to ?? LocalDate.MaxIsoValue),
                rule.Of == ParticipationBase.Women) : null;

    /// <summary>
    /// Why an entry has to wait, or null. A single entry covers at once if enough of the employer take part when it is counted too. In a
    /// small employer, where everyone must take part, only the last entry does. A new hire within the plan's time joins a cover that is in
    /// force already. Any other entry waits until the plan's ratio stands.
    /// </summary>
    /// <param name="members">before this entry; null where the whole list is measured elsewhere</param>
    /// <param name="sex">of the person; where the plan counts women, a man adds nothing</param>
    public static Refusal? TooFew(
        Eligibility eligibility, Employer employer, MemberCount? members, Sex sex, LocalDate? hiredOn, LocalDate today)
    {
        if (eligibility.Participation is not { } rule || members is null) return null;
        if (members.InForce > 0 && eligibility.Entry is { } window && IsNewHire(hiredOn, window, today)) return null;
        return TooFew(Reached(rule, employer, members.All + (rule.Counts(sex) ? 1 : 0)));
    }

    /// <summary>The refusal of a list that falls short; null for one that does not.</summary>
    public static Refusal? TooFew(ParticipationReached reached) => reached.IsEnough() ? null : new(Refuse.ParticipationTooLow,
        $"{reached.Enrolled} of {reached.Of} take part, {reached.Percent.ToString(CultureInfo.InvariantCulture)} %; "
        + $"the plan asks for {reached.Required} %");

    /// <summary>How much of an employer takes part.</summary>
    /// <param name="enrolled">its members under the plan and period, with those of the roster in hand</param>
    public static ParticipationReached Reached(Participation rule, Employer employer, long enrolled)
    {
        var of = rule.Of == ParticipationBase.Women ? employer.Women : employer.Staff;
        return new ParticipationReached(of, enrolled, of == 0 ? 100 : Math.Floor(enrolled * 1000m / of) / 10,
            of < rule.EveryoneBelow ? 100 : rule.Percent);
    }

    private static bool IsNewHire(LocalDate? hiredOn, EntryWindow entry, LocalDate today) =>
        entry.NewHireMonths is { } months && hiredOn is { } day && day <= today && today <= day.PlusMonths(months);
}

/// <summary>Who would stand on an employer's list, and where the request says so.</summary>
/// <param name="Region">of the certificate</param>
/// <param name="Units">that the certificate would hold</param>
/// <param name="HiredOn">when the employer hired the person; null is not told</param>
/// <param name="RegionField">the field of the request that a refusal of the region names</param>
/// <param name="UnitsField">the field of the request that a refusal of the units names</param>
public sealed record EntryToList(RegionCode Region, int Units, LocalDate? HiredOn, string RegionField, string UnitsField);

/// <param name="Of">people of the employer who could take part</param>
/// <param name="Enrolled">those who do</param>
/// <param name="Percent">reached, rounded down to one place; above 100 if the employer has grown since it was counted</param>
/// <param name="Required">percent that the plan asks for: 100 in a small employer</param>
public sealed record ParticipationReached(int Of, long Enrolled, decimal Percent, int Required)
{
    /// <summary>Reckoned exactly, not by the rounded percentage.</summary>
    public bool IsEnough() => Enrolled * 100 >= (long)Required * Of;
}
