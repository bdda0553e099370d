namespace ClaimsEngine.Plans.Rules;

/// <summary>Caps, from the narrowest to the widest. A cap that is used up leaves 0.00, never less.</summary>
internal static class CapRules
{
    public static void Apply(PlanCard card, Benefit benefit, CaseFacts facts, Worksheet sheet)
    {
        var path = facts.Kind.Path();
        if (benefit.Cap is { } own)
        {
            if (own.PerClaim is { } claim)
                Limit(sheet, $"{path}.cap.perClaim", claim, Money.Zero, "for this benefit in a claim", "本项每次");
            if (own.PerPeriod is { } period)
                Limit(sheet, $"{path}.cap.perPeriod", period, facts.Counters?.UsedFor(facts.Kind) ?? Money.Zero,
                    "for this benefit in the cover period", "本项保障期内");
        }
        if (card.Caps is not { } caps) return;
        if (caps.PerClaim is { } perClaim) Limit(sheet, "caps.perClaim", perClaim, Money.Zero, "for a claim", "每次");
        if (caps.PerUnit is { } perUnit)
        {
            var units = card.Eligibility.UnitsHeld(facts.Units);
            Limit(sheet, "caps.perUnit", perUnit * units, facts.Used, $"in the cover period with {units} unit(s)", $"{units}份保障期内");
        }
        if (caps.PerPeriod is { } perPeriod) Limit(sheet, "caps.perPeriod", perPeriod, facts.Used, "in the cover period", "保障期内");
        if (caps.PerLifetime is { } lifetime)
            Limit(sheet, "caps.perLifetime", lifetime, facts.Counters?.Lifetime ?? Money.Zero, "in a lifetime", "终身累计");
        if (caps.AcrossPlans is { } group && group.Counts(facts.Kind))
            Limit(sheet, "caps.acrossPlans", group.Amount, facts.Counters?.AcrossPlans ?? Money.Zero,
                $"across the plans of {group.Group}", "各计划合计");
    }

    private static void Limit(Worksheet sheet, string rule, Money cap, Money used, string where, string zh)
    {
        var payable = Money.Min(sheet.Amount, Money.Max(Money.Zero, cap - used));
        sheet.Become(payable, rule, used.IsPositive ? $"min({sheet.Amount}, {cap} − {used})" : $"min({sheet.Amount}, {cap})",
            used.IsPositive ? $"At most {cap} yuan {where}, of which {used} are used: {payable} yuan."
                : $"At most {cap} yuan {where}: {payable} yuan.",
            used.IsPositive ? $"{zh}最高{cap}元，已用{used}元，计{payable}元。" : $"{zh}最高{cap}元，计{payable}元。");
    }
}
