namespace ClaimsEngine.Plans.Rules;

/// <summary>Units that count: where a plan voids what is above its limit (Shanghai 2006), the rest is paid as if it were not there.</summary>
internal static class UnitRules
{
    public static int Counted(PlanCard card, CaseFacts facts, Worksheet sheet)
    {
        if (card.Eligibility is not { ExcessUnits: ExcessUnits.Void, MaxUnits: { } most } || facts.Units <= most) return facts.Units;
        sheet.Note("eligibility.maxUnits", $"min({facts.Units}, {most})", $"{most}", $"At most {most} units count; {facts.Units - most} above them are void.", $"最多{most}份有效，超出的{facts.Units - most}份无效。");
        return most;
    }
}
