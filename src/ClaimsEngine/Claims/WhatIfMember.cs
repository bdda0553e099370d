using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>
/// What the draft card would have changed for one member by now: the use of each enrolment, and what counts toward the wider caps.
/// </summary>
internal sealed class WhatIfMember(PersonId member, PlanCard draft)
{
    private readonly Dictionary<EnrolmentId, WhatIfUse> uses = [];
    private Money acrossPlans, lifetime, acrossPlansAfter, lifetimeAfter;

    public PersonId Member => member;

    /// <summary>The facts of a claim with what the draft would have changed by then.</summary>
    public CaseFacts FactsUnder(EnrolmentId enrolment, CaseFacts facts)
    {
        var change = uses.GetValueOrDefault(enrolment, WhatIfUse.None);
        var recorded = facts.Counters ?? new Counters();
        if (change.Benefits.Count > 0)
            recorded = new Counters(
                Benefits: [.. (recorded.Benefits ?? []).Select(use => use.Kind).Append(facts.Kind).Union(change.Benefits.Keys)
                    .Select(kind => change.Of(kind == facts.Kind ? recorded.Of(kind) : recorded.Own(kind)
                        ?? new KindUse(kind, Money.Zero)))],
                Lifetime: recorded.Lifetime, AcrossPlans: recorded.AcrossPlans);
        return facts with
        {
            Used = Money.Max(Money.Zero, facts.Used + change.Used),
            Counters = recorded with
            {
                // a cap that the old card did not have was not counted for: what the draft has paid by now is what is known of it
                Lifetime = draft.Caps?.PerLifetime is null ? null
                    : recorded.Lifetime is { } known ? Money.Max(Money.Zero, known + lifetime) : lifetimeAfter,
                AcrossPlans = draft.Caps?.AcrossPlans is null ? null
                    : recorded.AcrossPlans is { } group ? Money.Max(Money.Zero, group + acrossPlans) : acrossPlansAfter,
            },
        };
    }

    /// <summary>Counts a claim: what the draft would pay, and what that uses up.</summary>
    /// <exception cref="OverflowException">The sums grow beyond what money can be. Nothing is counted then.</exception>
    public void Count(DecidedClaim claim, Money after, Consumption? consumed)
    {
        var difference = after - claim.Approved;
        // a refusal counts toward nothing, then and under the draft, unless the draft pays
        var use = uses.GetValueOrDefault(claim.Enrolment, WhatIfUse.None).With(
            claim.Kind, difference, claim.Granted ? claim.Consumed : null, claim.Granted || after.IsPositive ? consumed : null);
        var (all, allAfter) = (lifetime + difference, lifetimeAfter + after);
        if (draft.Caps?.AcrossPlans?.Counts(claim.Kind) == true)
            (acrossPlans, acrossPlansAfter) = (acrossPlans + difference, acrossPlansAfter + after);
        (uses[claim.Enrolment], lifetime, lifetimeAfter) = (use, all, allAfter);
    }
}
