namespace ClaimsEngine.Plans;

/// <summary>The first interpreter of card format 2. It stays for what it decided, and nothing is decided with it any more: it took an own
/// share as wholly in scope, and the day of the incident as that of the admission, where nobody told them.</summary>
public static class PlanRules1
{
    public const string Interpreter = "plan-rules/1";

    private static readonly PlanReading Reading = new(AsksForWhatIsNotTold: false, StaysAsOnTheForm: false);

    public static (Assessment? Assessment, Refusal? Refusal) Assess(PlanCard card, CaseFacts facts) =>
        PlanRules.Assess(Reading, card, facts);
}
