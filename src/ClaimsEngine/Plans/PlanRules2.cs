namespace ClaimsEngine.Plans;

/// <summary>The interpreter of card format 2. It asks for the facts that <see cref="PlanRules1"/> guessed, and counts the days of a stay as
/// the national form does where a plan's text says nothing of it.</summary>
public static class PlanRules2
{
    public const string Interpreter = "plan-rules/2";

    private static readonly PlanReading Reading = new(AsksForWhatIsNotTold: true, StaysAsOnTheForm: true);

    public static (Assessment? Assessment, Refusal? Refusal) Assess(PlanCard card, CaseFacts facts) =>
        PlanRules.Assess(Reading, card, facts);
}
