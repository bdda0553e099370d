using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Units;

namespace ClaimsEngine.Host.Rosters.Enrolling;

/// <summary>What becomes of a roster of which some rows are bad.</summary>
public enum RosterAccept
{
    /// <summary>Then nobody is enrolled.</summary>
    AllOrNothing,

    /// <summary>The good ones are enrolled, the bad ones listed.</summary>
    GoodRows,
}

/// <summary>The same as the API and the command line spell it.</summary>
public static class RosterAcceptNames
{
    public const string AllOrNothing = "all-or-nothing", GoodRows = "good-rows";
}

/// <summary>Under what the people of a roster are to be enrolled: what the sender said once for all of them.</summary>
/// <param name="Unit">code of the unit whose roster it is; null where people enter alone</param>
/// <param name="CoverTier">a tier of the card; its first if not told</param>
/// <param name="Months">length of cover, where the plan leaves a choice</param>
public sealed record RosterOrder(string? Programme, string? Plan, string? Unit, RosterAccept Accept, string? CoverTier = null, int? Months = null)
{
    public Enrol For(RosterDraft draft) =>
        new(draft.Person, Programme, Plan, draft.Units, CoverTier, Months, Unit: Unit, HiredOn: draft.HiredOn);

    /// <summary>The plan's terms for this roster, or the rule that makes every row of it impossible.</summary>
    public async Task<(RosterTerms? Terms, Refusal? Refusal)> Terms(IRecords records, LocalDate today)
    {
        if (Programme is null == Plan is null) return (null, new Refusal(Refuse.InvalidRequest, "name either a programme or a plan", "programme"));
        var programme = Programme is null ? null : await records.Find<Programme>(ProgrammeId.Of(Programme).Value);
        if (Programme is not null && programme is null) return (null, new Refusal(Refuse.UnknownProgramme, $"there is no programme {Programme}", "programme"));
        var code = programme?.Plan ?? Plan!;
        if (await records.Find<Plan>(PlanId.Of(code).Value) is not { } plan) return (null, new Refusal(Refuse.UnknownPlan, $"there is no plan {code}", "plan"));
        if ((programme is null ? plan.EffectiveOn(today.PlusDays(1)) : plan.Version(programme.PlanVersion)) is not { } version)
            return (null, new Refusal(Refuse.PlanNotEffective, $"no version of {plan.Code} is effective on {today.PlusDays(1):uuuu-MM-dd}", "plan"));
        var unit = Unit is null ? null : await records.Find<Unit>(UnitId.Of(Unit).Value);
        if (Unit is not null && unit is null) return (null, new Refusal(Refuse.UnknownUnit, "there is no such unit", "unit"));
        var eligibility = version.Card.Eligibility;
        if (unit is null && (eligibility.Participation is not null || eligibility.Entry?.Individual == false))
            return (null, new Refusal(Refuse.UnitRequired, "the plan measures how many of a unit take part; name the unit", "unit"));
        return (new RosterTerms(plan.Code, programme?.Code, unit, eligibility), null);
    }
}

/// <summary>What holds for every row of one roster.</summary>
/// <param name="Unit">as it was when the roster was sent</param>
public sealed record RosterTerms(string Plan, string? Programme, Unit? Unit, Eligibility Eligibility)
{
    /// <summary>What a row may leave out: of a unit's people, where they are.</summary>
    public RosterDefaults Defaults(Actor by) => new(Region: Unit?.Region, Within: Unit?.Region ?? by.Region);

    /// <summary>How many units a certificate holds when so many are asked for.</summary>
    public int ValidUnits(int asked) =>
        Eligibility is { MaxUnits: { } most, ExcessUnits: Plans.ExcessUnits.Void } ? Math.Min(asked, most) : asked;

    /// <summary>Whether the person is one of those whose part is measured.</summary>
    public bool Counts(Sex sex) => Eligibility.Participation?.Of != ParticipationBase.Women || sex == Sex.Female;
}
