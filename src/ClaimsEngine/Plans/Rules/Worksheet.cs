using System.Text;

namespace ClaimsEngine.Plans.Rules;

/// <summary>The amount as it comes about, and the steps that explain it: what every step adds makes the amount.</summary>
internal sealed class Worksheet(PlanCard card, Benefit benefit)
{
    private readonly List<Step> steps = new(8);
    private List<string>? unpublished;

    public Money Amount { get; private set; }

    /// <summary>Nothing further can change the amount: it is 0.00.</summary>
    public bool Closed { get; private set; }

    public Consumption? Consumed { get; set; }

    /// <summary>A step that prepares the next ones.</summary>
    /// <param name="guessed">rests on what nobody told, whatever the card says</param>
    public void Note(string rule, string input, string output, string text, string textZh, string? clause = null, bool guessed = false) =>
        steps.Add(new Step(rule, clause ?? benefit.Clause, input, output, text, textZh, guessed || card.IsAssumed(rule)));

    /// <summary>A step whose result is added to the amount.</summary>
    public void Add(Money sum, string rule, string input, string text, string textZh)
    {
        Amount += sum;
        steps.Add(new Step(rule, benefit.Clause, input, sum.ToString(), text, textZh, card.IsAssumed(rule), sum));
    }

    /// <summary>A step whose result takes the amount's place.</summary>
    public void Become(Money sum, string rule, string input, string text, string textZh, string? clause = null)
    {
        steps.Add(new Step(rule, clause ?? benefit.Clause, input, sum.ToString(), text, textZh, card.IsAssumed(rule), sum - Amount));
        Amount = sum;
    }

    /// <summary>A step after which nothing is payable, whatever else the card says.</summary>
    public void Close(string rule, string input, string text, string textZh, string? clause = null)
    {
        Become(Money.Zero, rule, input, text, textZh, clause);
        Closed = true;
    }

    /// <summary>The source does not publish this rule, so there is no answer; the computation goes on to name every such rule.</summary>
    public void IsNotPublished(string rule) => (unpublished ??= []).Add(rule);

    public Refusal? Unpublished => unpublished is null ? null
        : new Refusal(Refuse.NotPublished, $"the plan's source does not publish {string.Join(", ", unpublished.Take(Refusal.MostFaults))}")
        {
            Faults = [.. unpublished.Select(rule => (rule, "the plan's source does not publish this rule"))],
        };

    public Assessment Finish()
    {
        var input = new StringBuilder();
        var assumed = false;
        foreach (var step in steps)
        {
            assumed |= step.Assumed;
            if (step.Adds is not { } sum || sum == Money.Zero) continue;
            if (input.Length > 0) input.Append(sum < Money.Zero ? " − " : " + ").Append(sum < Money.Zero ? Money.Zero - sum : sum);
            else input.Append(sum);
        }
        var amount = Amount.ToString();
        steps.Add(new Step("payable", benefit.Clause, input.Length == 0 ? "0.00" : input.ToString(), amount, $"Payable: {amount} yuan.",
            $"应付{amount}元。", assumed));
        return new Assessment(Amount, steps, Consumed);
    }
}
