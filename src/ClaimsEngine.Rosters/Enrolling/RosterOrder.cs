using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Rosters.Enrolling;

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

    public static RosterAccept Of(string name) => name == AllOrNothing ? RosterAccept.AllOrNothing : RosterAccept.GoodRows;

    public static string Name(this RosterAccept accept) => accept == RosterAccept.AllOrNothing ? AllOrNothing : GoodRows;
}

/// <summary>Under what the people of a roster are to be enrolled: what the sender said once for all of them.</summary>
/// <param name="Employer">code of the employer whose roster it is; null where people enter alone</param>
/// <param name="CoverTier">a tier of the card; its first if not told</param>
/// <param name="Months">length of cover, where the plan leaves a choice</param>
public sealed record RosterOrder(
    string? Programme, string? Plan, string? Employer, RosterAccept Accept, string? CoverTier = null, int? Months = null)
{
    public Enrol For(RosterDraft draft) =>
        new(draft.Person, Programme, Plan, draft.Units, CoverTier, Months, Employer: Employer, HiredOn: draft.HiredOn);

    /// <summary>The plan's terms for this roster, or the rule that makes every row of it impossible.</summary>
    public async Task<(RosterTerms? Terms, Refusal? Refusal)> Terms(IRecords records, LocalDate today)
    {
        if (Programme is null == Plan is null) return No(Refuse.InvalidRequest, "name either a programme or a plan", "programme");
        var programme = Programme is null ? null : await records.Find<Programme>(ProgrammeId.Of(Programme).Value);
        if (Programme is not null && programme is null)
            return No(Refuse.UnknownProgramme, $"there is no programme {Programme}", "programme");
        var code = programme?.Plan ?? Plan!;
        if (await records.Find<Plan>(PlanId.Of(code).Value) is not { } plan)
            return No(Refuse.UnknownPlan, $"there is no plan {code}", "plan");
        if ((programme is null ? plan.EffectiveOn(today.PlusDays(1)) : plan.Version(programme.PlanVersion)) is not { } version)
            return No(Refuse.PlanNotEffective, $"no version of {plan.Code} is effective on {today.PlusDays(1):uuuu-MM-dd}", "plan");
        var employer = Employer is null ? null : await records.Find<Employer>(EmployerId.Of(Employer).Value);
        if (Employer is not null && employer is null) return No(Refuse.UnknownEmployer, "there is no such employer", "employer");
        var eligibility = version.Card.Eligibility;
        if (employer is null && EmployerRules.MissingIn(eligibility) is { } missing) return (null, missing);
        return (new RosterTerms(plan.Code, programme?.Code, employer, eligibility, programme?.To), null);

        static (RosterTerms?, Refusal?) No(RefusalCode rule, string detail, string field) => (null, new Refusal(rule, detail, field));
    }
}

/// <summary>What holds for every row of one roster.</summary>
/// <param name="Employer">as it was when the roster was sent</param>
/// <param name="To">last day of the programme's period; null without a programme</param>
public sealed record RosterTerms(string Plan, string? Programme, Employer? Employer, Eligibility Eligibility, LocalDate? To = null)
{
    /// <summary>What a row may leave out: of an employer's people, where they are.</summary>
    public RosterDefaults Defaults(Actor by) => new(Region: Employer?.Region, Within: Employer?.Region ?? by.Region);

    /// <summary>Whether the person is one of those whose part is measured.</summary>
    public bool Counts(Sex sex) => Eligibility.Participation?.Counts(sex) != false;
}
