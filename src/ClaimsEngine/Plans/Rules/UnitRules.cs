namespace ClaimsEngine.Plans.Rules;

/// <summary>Units that count: those above the limit of a plan that voids them (Shanghai 2006) are paid as if they were not there.</summary>
internal static class UnitRules
{
    public static int Counted(PlanCard card, CaseFacts facts, Worksheet sheet)
    {
        var held = card.Eligibility.UnitsHeld(facts.Units);
        if (held == facts.Units) return held;
        sheet.Note("eligibility.maxUnits", $"min({facts.Units}, {held})", $"{held}",
            $"At most {held} units count; {facts.Units - held} above them are void.",
            $"最多{held}份有效，超出的{facts.Units - held}份无效。");
        return held;
    }
}
