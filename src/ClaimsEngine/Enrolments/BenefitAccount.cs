using ClaimsEngine.Plans;

namespace ClaimsEngine.Enrolments;

/// <summary>What a member has claimed and been granted under all enrolments: the memory of caps per lifetime and across plans, and of
/// claims that resemble each other. Changed with every claim and every approval, so that two at once are decided one after the
/// other.</summary>
public sealed record BenefitAccount(PersonId Member, IReadOnlyList<BenefitCounted> Benefits) : AggregateState, IAggregate<BenefitAccount>
{
    /// <summary>Every claim of the member, whatever became of it; those of before they were noted are not here.</summary>
    public IReadOnlyList<ClaimId> Claims { get; init; } = [];

    public static string StreamType => "benefit_account";

    public override Guid StreamId => IdOf(Member);

    /// <summary>Read by rules only, never shown: caps reach across regions.</summary>
    public override RegionCode? Scope => null;

    /// <summary>The stream follows from the person.</summary>
    public static Guid IdOf(PersonId member) => NamedGuid.Of("benefit-account", member.ToString());

    public static BenefitAccount? Evolve(BenefitAccount? state, object @event) => @event switch
    {
        BenefitCounted e => new BenefitAccount(e.Member, [.. state?.Benefits ?? [], e]) { Claims = state?.Claims ?? [] },
        BenefitUncounted e when state is not null => state with
        {
            Benefits = [.. state.Benefits.Where(benefit => benefit.Claim != e.Claim)],
        },
        BenefitClaimed e => new BenefitAccount(e.Member, state?.Benefits ?? []) { Claims = [.. state?.Claims ?? [], e.Claim] },
        _ => state,
    };

    /// <summary>The enrolment's counters, with what the plan's wider caps have used where it has such caps.</summary>
    public static Counters? CountersFor(Enrolment enrolment, PlanCard card, BenefitAccount? account)
    {
        var benefits = account?.Benefits ?? [];
        var counters = enrolment.Counters with
        {
            Lifetime = card.Caps?.PerLifetime is null
                ? null : Money.Sum(benefits.Where(benefit => benefit.Plan == enrolment.Plan).Select(benefit => benefit.Amount)),
            AcrossPlans = card.Caps?.AcrossPlans is not { } group ? null
                : Money.Sum(benefits.Where(benefit => benefit.Group == group.Group && group.Counts(benefit.Kind))
                    .Select(benefit => benefit.Amount)),
        };
        return counters == new Counters() ? null : counters;
    }
}
