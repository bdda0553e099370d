using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>A decided claim as a what-if reads it.</summary>
/// <param name="Granted">approved, perhaps at 0.00; false is refused</param>
/// <param name="Approved">0.00 for a refused claim</param>
/// <param name="Assessed">by the engine at the time; null if it was refused without an assessment</param>
/// <param name="Facts">of that assessment; null without one</param>
/// <param name="Consumed">by that assessment; counted only if it was granted</param>
public sealed record DecidedClaim(
    string Number, PersonId Member, EnrolmentId Enrolment, RegionCode Region, IncidentKind Kind, LocalDate DecidedOn, bool Granted, Money Approved, Money? Assessed,
    CaseFacts? Facts, Consumption? Consumed);

/// <summary>What became of one claim.</summary>
/// <param name="After">under the draft card; the same as before where nobody asked the engine or a person decided otherwise than it</param>
/// <param name="Reason">why the draft has no answer (a refusal's code and detail), or <c>kept</c> where a person's refusal stands; null else</param>
public sealed record WhatIfLine(DecidedClaim Claim, Money After, string? Reason)
{
    public const string Kept = "kept";

    public Money Before => Claim.Approved;
    public bool IsAnswered => Reason is null or Kept;
}

/// <summary>
/// Runs decided claims under a draft card, as if it had been in force for the claims given and for none before. Claims of a member come in the order of their
/// decisions: what an earlier one would have been paid instead is reckoned with in the later ones' caps and counters. Refusals by a person stand; where an approver
/// granted less than was assessed, never more than that is granted. Changes nothing.
/// </summary>
public sealed class WhatIf(PlanCard draft)
{
    private readonly Dictionary<EnrolmentId, Change> changes = [];
    private PersonId member;
    private Money acrossPlans, lifetime, acrossPlansAfter, lifetimeAfter;

    public WhatIfLine Next(DecidedClaim claim)
    {
        if (claim.Member != member)
        {
            changes.Clear();
            (member, acrossPlans, lifetime, acrossPlansAfter, lifetimeAfter) = (claim.Member, Money.Zero, Money.Zero, Money.Zero, Money.Zero);
        }
        if (claim.Facts is not { } facts || (!claim.Granted && claim.Assessed is { IsPositive: true })) return new WhatIfLine(claim, claim.Approved, WhatIfLine.Kept);

        var change = changes.GetValueOrDefault(claim.Enrolment, Change.None);
        var (assessment, refusal) = Adjudication.Assess(draft, FactsUnder(facts, change));
        var after = assessment is null ? Money.Zero : claim.Approved == claim.Assessed ? assessment.Amount : Money.Min(assessment.Amount, claim.Approved);
        var difference = after - claim.Approved;
        // a refusal counts toward nothing, then and under the draft, unless the draft pays
        changes[claim.Enrolment] = change.With(claim.Kind, difference, claim.Granted ? claim.Consumed : null, claim.Granted || after.IsPositive ? assessment?.Consumed : null);
        (lifetime, lifetimeAfter) = (lifetime + difference, lifetimeAfter + after);
        if (draft.Caps?.AcrossPlans?.Counts(claim.Kind) == true) (acrossPlans, acrossPlansAfter) = (acrossPlans + difference, acrossPlansAfter + after);
        return new WhatIfLine(claim, after, refusal is null ? null : refusal.ToString());
    }

    private CaseFacts FactsUnder(CaseFacts facts, Change change)
    {
        var recorded = facts.Counters ?? new Counters();
        if (change.Benefits.Count > 0)
            recorded = new Counters(Benefits: [.. (recorded.Benefits ?? []).Select(use => use.Kind).Append(facts.Kind).Union(change.Benefits.Keys)
                .Select(kind => change.Of(kind == facts.Kind ? recorded.Of(kind) : recorded.Own(kind) ?? new KindUse(kind, Money.Zero)))], Lifetime: recorded.Lifetime, AcrossPlans: recorded.AcrossPlans);
        return facts with
        {
            Used = Money.Max(Money.Zero, facts.Used + change.Used),
            Counters = recorded with
            {
                // a cap that the old card did not have was not counted for: what the draft has paid by now is what is known of it
                Lifetime = draft.Caps?.PerLifetime is null ? null : recorded.Lifetime is { } known ? Money.Max(Money.Zero, known + lifetime) : lifetimeAfter,
                AcrossPlans = draft.Caps?.AcrossPlans is null ? null : recorded.AcrossPlans is { } group ? Money.Max(Money.Zero, group + acrossPlans) : acrossPlansAfter,
            },
        };
    }

    /// <summary>How much more (or less) than recorded an enrolment would have used by now.</summary>
    private sealed record Change(Money Used, IReadOnlyDictionary<IncidentKind, KindUse> Benefits)
    {
        public static readonly Change None = new(Money.Zero, new Dictionary<IncidentKind, KindUse>());

        public Change With(IncidentKind kind, Money used, Consumption? before, Consumption? after)
        {
            var (was, becomes, own) = (before ?? new Consumption(), after ?? new Consumption(), Benefits.GetValueOrDefault(kind) ?? new KindUse(kind, Money.Zero));
            var accidents = own.Accidents;
            if (was.Accident is { } earlier) accidents = (earlier with { OwnShare = Money.Zero - earlier.OwnShare }).AddedTo(accidents);
            if (becomes.Accident is { } later) accidents = later.AddedTo(accidents);
            return new Change(Used + used, new Dictionary<IncidentKind, KindUse>(Benefits)
            {
                [kind] = new KindUse(kind, own.Amount + used, (own.Days ?? 0) + becomes.Days - was.Days, (own.Admissions ?? 0) + becomes.Admissions - was.Admissions,
                    Difference(own.Deductible, was.Deductible, becomes.Deductible), Difference(own.OwnShare, was.OwnShare, becomes.OwnShare), accidents),
            });
        }

        /// <summary>What a benefit would have used, from what is recorded of it.</summary>
        public KindUse Of(KindUse recorded)
        {
            if (!Benefits.TryGetValue(recorded.Kind, out var change)) return recorded;
            return recorded with
            {
                Amount = Money.Max(Money.Zero, recorded.Amount + change.Amount),
                Days = KindUse.Counted(Math.Max(0, (recorded.Days ?? 0) + (change.Days ?? 0))),
                Admissions = KindUse.Counted(Math.Max(0, (recorded.Admissions ?? 0) + (change.Admissions ?? 0))),
                Deductible = Sum(recorded.Deductible, change.Deductible),
                OwnShare = Sum(recorded.OwnShare, change.OwnShare),
                Accidents = (change.Accidents ?? []).Aggregate(recorded.Accidents, (all, use) => use.AddedTo(all)),
            };
        }

        private static Money? Difference(Money? so, Money? was, Money? becomes) =>
            so is null && was is null && becomes is null ? null : (so ?? Money.Zero) + (becomes ?? Money.Zero) - (was ?? Money.Zero);

        private static Money? Sum(Money? recorded, Money? change) => recorded is null && change is null ? null : Money.Max(Money.Zero, (recorded ?? Money.Zero) + (change ?? Money.Zero));
    }
}
