using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans;

/// <summary>What the interpreters of card format 2 read in different ways. All else is the same in both.</summary>
/// <param name="AsksForWhatIsNotTold">a fact that the rule reads and nobody told is asked for; without it, it was guessed: the own share as
/// wholly in scope, the day of the incident as that of the admission</param>
/// <param name="StaysAsOnTheForm">a card whose source does not say how the days of a stay are counted follows
/// <see cref="DischargeForm"/>; without it, what the card put there itself</param>
internal sealed record PlanReading(bool AsksForWhatIsNotTold, bool StaysAsOnTheForm);

/// <summary>
/// How a card of format 2 is computed. In this order: exclusions, waiting period, the benefit's own form, reduced period, what is paid for
/// by others, caps. Each product of an amount and a ratio is rounded half-up to the fen at its own step, nothing else is rounded.
/// </summary>
internal static class PlanRules
{
    public static (Assessment? Assessment, Refusal? Refusal) Assess(PlanReading reading, PlanCard card, CaseFacts facts)
    {
        if (card.BenefitFor(facts.Kind) is not { } benefit)
            return (null, new Refusal(Refuse.BenefitNotCovered, $"the plan has no benefit for {facts.Kind.English()}", "incident.kind"));
        if (benefit.CoverTiers is { } tiers && card.TierOf(facts.CoverTier) is { } tier && !tiers.Contains(tier.Code))
            return (null, new Refusal(Refuse.BenefitNotCovered,
                $"cover tier '{tier.Code}' has no benefit for {facts.Kind.English()}", "incident.kind"));

        var sheet = new Worksheet(card, benefit);
        if (ExclusionRules.Apply(card, facts, sheet) is { } unknown) return (null, unknown);
        var reduction = Reduction.None;
        if (!sheet.Closed && WaitingRules.Apply(reading, card, facts, sheet, out reduction) is { } undated) return (null, undated);
        if (!sheet.Closed && benefit.Once && facts.Counters?.UsedFor(facts.Kind) is { IsPositive: true } earlier)
            sheet.Close($"{facts.Kind.Path()}.once", $"{earlier}", $"Paid once in a cover period, and {earlier} yuan were paid already.",
                $"保障期内限付一次，已给付{earlier}元。");
        if (!sheet.Closed && Form(reading, card, benefit, facts, UnitRules.Counted(card, facts, sheet), sheet) is { } incomplete)
            return (null, incomplete);
        if (sheet.Unpublished is { } unpublished) return (null, unpublished);
        if (!sheet.Closed)
        {
            WaitingRules.Reduce(reduction, sheet);
            if (CoordinationRules.Apply(card, facts, sheet) is { } unheld) return (null, unheld);
            CapRules.Apply(card, benefit, facts, sheet);
        }
        return (sheet.Finish(), null);
    }

    private static Refusal? Form(
        PlanReading reading, PlanCard card, Benefit benefit, CaseFacts facts, int units, Worksheet sheet) => benefit switch
    {
        { LumpSum: { } rule } => LumpSumRules.Apply(card, rule, facts, units, sheet),
        { ByGrade: { } rule } => GradeRules.Apply(card, rule, facts, units, sheet),
        { Illness: { } rule } => IllnessRules.Apply(rule, facts, units, sheet),
        { Medical: { } rule } => MedicalRules.Apply(reading, benefit, rule, facts, sheet),
        { Allowance: { } rule } => AllowanceRules.Apply(reading, card, benefit, rule, facts, units, sheet),
        _ => NotPublished(benefit.Kind, sheet),
    };

    private static Refusal? NotPublished(IncidentKind kind, Worksheet sheet)
    {
        sheet.IsNotPublished(kind.Path());
        return null;
    }
}
