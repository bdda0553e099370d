namespace ClaimsEngine.Plans.Rules;

/// <summary>What the plan's text excludes, when the officer found it in the circumstances.</summary>
internal static class ExclusionRules
{
    public static Refusal? Apply(PlanCard card, CaseFacts facts, Worksheet sheet)
    {
        foreach (var code in facts.Circumstances ?? [])
        {
            if ((card.Exclusions ?? []).FirstOrDefault(known => known.Code == code) is not { } exclusion)
                return new Refusal(Refuse.UnknownCircumstance, card.Exclusions is { Count: > 0 } known
                    ? $"'{code}' is none of the plan's exclusions: {string.Join(", ", known.Select(one => one.Code))}"
                        : "the plan names no exclusions", "incident.circumstances");
            if (!sheet.Closed)
                sheet.Close($"exclusions.{code}", code, $"Excluded by the plan: {exclusion.Name.En}. Nothing is payable.",
                    $"属于除外责任：{exclusion.Name.Zh}，不予给付。");
        }
        return null;
    }
}
