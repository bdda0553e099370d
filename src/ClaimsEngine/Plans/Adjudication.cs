namespace ClaimsEngine.Plans;

/// <summary>One step of a computation, in words that an officer can read out to a family.</summary>
/// <param name="Rule">path of the rule in the card, benefits and waiting periods by their kind or place:
/// <c>benefits.hospitalisation.tiers.1</c></param>
/// <param name="Input">the arithmetic, to be done again by hand</param>
/// <param name="Output">its result: CNY with two places, or days</param>
/// <param name="Assumed">the rule was not published; the card assumes it</param>
/// <param name="Adds">what it adds to the amount, which is the sum of all (below 0.00: takes off); null where it only prepares</param>
public sealed record Step(string Rule, string Clause, string Input, string Output, string Text, string TextZh, bool Assumed = false,
    Money? Adds = null);

/// <param name="Amount">what is payable; 0.00 or more, never above a cap</param>
/// <param name="Consumed">what it uses up besides money; null is nothing</param>
public sealed record Assessment(Money Amount, IReadOnlyList<Step> Steps, Consumption? Consumed = null);

/// <summary>Card and facts in, amount and steps out: whole fen, the same on every machine, no other input.</summary>
/// <remarks>An interpreter is code under a name. One whose results could differ from what it gave before gets a new name, and the old one
/// stays for what it decided.</remarks>
public static class Adjudication
{
    /// <summary>The interpreter that a card is computed with now.</summary>
    public static string InterpreterFor(PlanCard card) => card.Format == 1 ? LumpSum1.Interpreter : PlanRules2.Interpreter;

    /// <summary>The amount and its steps, or why the card has no answer for these facts.</summary>
    public static (Assessment? Assessment, Refusal? Refusal) Assess(PlanCard card, CaseFacts facts) =>
        Assess(InterpreterFor(card), card, facts);

    /// <summary>The same by a named interpreter, so that what was decided once can be computed again.</summary>
    /// <exception cref="ArgumentException">No interpreter has this name.</exception>
    public static (Assessment? Assessment, Refusal? Refusal) Assess(string interpreter, PlanCard card, CaseFacts facts) =>
        interpreter switch
        {
            LumpSum1.Interpreter => LumpSum1.Assess(card, facts),
            PlanRules1.Interpreter => PlanRules1.Assess(card, facts),
            PlanRules2.Interpreter => PlanRules2.Assess(card, facts),
            _ => throw new ArgumentException($"there is no interpreter '{interpreter}'", nameof(interpreter)),
        };

    public static bool Knows(string interpreter) => interpreter is LumpSum1.Interpreter or PlanRules1.Interpreter or PlanRules2.Interpreter;
}
