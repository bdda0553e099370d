using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>A decided claim as a what-if reads it.</summary>
/// <param name="Approved">0.00 for a refused claim</param>
/// <param name="Assessed">by the engine at the time; null if it was refused without an assessment</param>
/// <param name="Facts">of that assessment; null without one</param>
/// <param name="Consumed">by that assessment</param>
public sealed record DecidedClaim(
    string Number, PersonId Member, EnrolmentId Enrolment, RegionCode Region, IncidentKind Kind, LocalDate DecidedOn, Money Approved, Money? Assessed, CaseFacts? Facts,
    Consumption? Consumed);

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
    private Money acrossPlans, lifetime;

    public WhatIfLine Next(DecidedClaim claim)
    {
        if (claim.Member != member)
        {
            changes.Clear();
            (member, acrossPlans, lifetime) = (claim.Member, Money.Zero, Money.Zero);
        }
        if (claim.Facts is not { } facts || (!claim.Approved.IsPositive && claim.Assessed is { IsPositive: true })) return new WhatIfLine(claim, claim.Approved, WhatIfLine.Kept);

        var change = changes.GetValueOrDefault(claim.Enrolment, Change.None);
        var (assessment, refusal) = Adjudication.Assess(draft, FactsUnder(facts, change));
        var after = assessment is null ? Money.Zero : claim.Approved == claim.Assessed ? assessment.Amount : Money.Min(assessment.Amount, claim.Approved);
        var difference = after - claim.Approved;
        changes[claim.Enrolment] = change.With(claim.Kind, difference, claim.Consumed, assessment?.Consumed);
        lifetime += difference;
        if (draft.Caps?.AcrossPlans?.Counts(claim.Kind) == true) acrossPlans += difference;
        return new WhatIfLine(claim, after, refusal is null ? null : refusal.ToString());
    }

    private CaseFacts FactsUnder(CaseFacts facts, Change change)
    {
        var recorded = facts.Counters ?? new Counters();
        return facts with
        {
            Used = Money.Max(Money.Zero, facts.Used + change.Used),
            Counters = recorded with
            {
                Days = Math.Max(0, recorded.Days + change.Days),
                Admissions = Math.Max(0, recorded.Admissions + change.Admissions),
                Deductible = recorded.Deductible is null && change.Deductible == Money.Zero ? null : Money.Max(Money.Zero, (recorded.Deductible ?? Money.Zero) + change.Deductible),
                OwnShare = recorded.OwnShare is null && change.OwnShare == Money.Zero ? null : (recorded.OwnShare ?? Money.Zero) + change.OwnShare,
                Benefits = change.Benefits.Count == 0 ? recorded.Benefits : [.. (recorded.Benefits ?? []).Select(use => use.Kind)
                    .Union(change.Benefits.Keys).Select(kind => new KindUse(kind, Money.Max(Money.Zero, recorded.UsedFor(kind) + change.Benefits.GetValueOrDefault(kind))))],
                Lifetime = draft.Caps?.PerLifetime is null ? null : Money.Max(Money.Zero, (recorded.Lifetime ?? facts.Used) + lifetime),
                AcrossPlans = draft.Caps?.AcrossPlans is null ? null : Money.Max(Money.Zero, (recorded.AcrossPlans ?? facts.Used) + acrossPlans),
            },
        };
    }

    /// <summary>How much more (or less) than recorded an enrolment would have used by now.</summary>
    private sealed record Change(Money Used, int Days, int Admissions, Money Deductible, Money OwnShare, IReadOnlyDictionary<IncidentKind, Money> Benefits)
    {
        public static readonly Change None = new(Money.Zero, 0, 0, Money.Zero, Money.Zero, new Dictionary<IncidentKind, Money>());

        public Change With(IncidentKind kind, Money used, Consumption? before, Consumption? after)
        {
            var (was, becomes) = (before ?? new Consumption(), after ?? new Consumption());
            return new Change(
                Used + used, Days + becomes.Days - was.Days, Admissions + becomes.Admissions - was.Admissions,
                Deductible + (becomes.Deductible ?? Money.Zero) - (was.Deductible ?? Money.Zero),
                OwnShare + (becomes.OwnShare ?? Money.Zero) - (was.OwnShare ?? Money.Zero),
                used == Money.Zero ? Benefits : new Dictionary<IncidentKind, Money>(Benefits) { [kind] = Benefits.GetValueOrDefault(kind) + used });
        }
    }
}
