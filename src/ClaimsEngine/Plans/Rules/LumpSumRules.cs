namespace ClaimsEngine.Plans.Rules;

/// <summary>A sum for a death, by units and cover tier, and the funeral on top.</summary>
internal static class LumpSumRules
{
    public static Refusal? Apply(PlanCard card, LumpSumRule rule, CaseFacts facts, int units, Worksheet sheet)
    {
        var path = facts.Kind.Path();
        var tier = card.TierOf(facts.CoverTier);
        if (rule.For(tier) is not { } perUnit)
        {
            sheet.IsNotPublished(tier is null ? path : $"{path}.byCoverTier.{tier.Code}");
            return null;
        }
        var sum = perUnit * units;
        sheet.Add(sum, path, $"{units} × {perUnit}",
            $"The sum for {facts.Kind.English()}{Of(tier)} is {perUnit} yuan a unit; with {units} unit(s) {sum} yuan.",
            $"{facts.Kind.Chinese()}保障金{Zh(tier)}每份{perUnit}元，共{units}份，计{sum}元。");
        if (rule.Funeral is { } funeral)
            sheet.Add(funeral, $"{path}.funeral", $"{funeral}", $"For the funeral {funeral} yuan are added.",
                $"另给付丧葬费用{funeral}元。");
        return null;
    }

    internal static string Of(CoverTier? tier) => tier is null ? "" : $" ({tier.Name.En})";

    internal static string Zh(CoverTier? tier) => tier is null ? "" : $"（{tier.Name.Zh}）";
}
