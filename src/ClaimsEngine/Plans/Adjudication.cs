using System.Globalization;

namespace ClaimsEngine.Plans;

/// <summary>What a rule reads of a case: non-identifying facts only, so that a decision can be recomputed after personal data is erased.</summary>
/// <param name="Grade">disability grade, 1 the gravest to 10</param>
/// <param name="Used">benefit already approved under this enrolment in its cover period</param>
public sealed record CaseFacts(IncidentKind Kind, LocalDate Date, int Units, Money Used, int? Grade = null);

/// <summary>One step of a computation, in words that an officer can read out to a family.</summary>
/// <param name="Rule">path of the rule in the card</param>
/// <param name="Assumed">the rule was not published; the card assumes it</param>
public sealed record Step(string Rule, string Clause, string Input, string Output, string Text, string TextZh, bool Assumed = false);

/// <param name="Amount">what is payable; 0.00 or more, never above a cap</param>
public sealed record Assessment(Money Amount, IReadOnlyList<Step> Steps);

/// <summary>Card and facts in, amount and steps out: whole fen, the same on every machine, no other input.</summary>
public static class Adjudication
{
    /// <summary>Names the code that computed an assessment; changed whenever a result could differ.</summary>
    public const string Interpreter = "lump-sum/1";

    /// <summary>The amount and its steps, or why the card has no answer for these facts.</summary>
    public static (Assessment? Assessment, Refusal? Refusal) Assess(PlanCard card, CaseFacts facts)
    {
        if (card.BenefitFor(facts.Kind) is not { } benefit)
            return (null, new Refusal(Refuse.BenefitNotCovered, $"the plan has no benefit for {Name(facts.Kind)}", "incident.kind"));

        var rule = $"benefits.{Name(facts.Kind)}";
        var sum = benefit.PerUnit * facts.Units;
        var steps = new List<Step>
        {
            new(rule, benefit.Clause, $"{facts.Units} × {benefit.PerUnit}", sum.ToString(),
                $"The sum for {Words(facts.Kind)} is {benefit.PerUnit} yuan a unit; with {facts.Units} unit(s) {sum} yuan.",
                $"{Chinese(facts.Kind)}保障金每份{benefit.PerUnit}元，共{facts.Units}份，计{sum}元。", card.IsAssumed(rule)),
        };

        if (facts.Kind == IncidentKind.Disability)
        {
            if (facts.Grade is not { } grade || GradeTable.Find(benefit.Table!)?.PercentFor(grade) is not { } percent)
                return (null, new Refusal(Refuse.IncidentIncomplete, "a disability has a grade from 1 (gravest) to 10", "incident.grade"));
            var graded = sum.Percent(percent);
            steps.Add(new($"{rule}.table", benefit.Table!, $"{sum} × {percent} %", graded.ToString(),
                $"Grade {grade} is paid at {percent} % by table {benefit.Table}: {graded} yuan.",
                $"伤残{grade}级按{benefit.Table}给付比例{percent}%，计{graded}元。", card.IsAssumed(rule)));
            sum = graded;
        }

        var left = Money.Max(Money.Zero, card.Caps.PerPeriod - facts.Used);
        var payable = Money.Min(sum, left);
        steps.Add(new("caps.perPeriod", benefit.Clause, $"min({sum}, {card.Caps.PerPeriod} − {facts.Used})", payable.ToString(),
            $"At most {card.Caps.PerPeriod} yuan in the cover period, of which {facts.Used} is used: {payable} yuan is payable.",
            $"保障期内最高{card.Caps.PerPeriod}元，已用{facts.Used}元，本次应付{payable}元。", card.IsAssumed("caps")));
        return (new Assessment(payable, steps), null);
    }

    private static string Name(IncidentKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static string Words(IncidentKind kind) => kind switch
    {
        IncidentKind.Disability => "disability",
        IncidentKind.AccidentDeath => "death by accident",
        IncidentKind.IllnessDeath => "death by illness",
        _ => Name(kind).ToLower(CultureInfo.InvariantCulture),
    };

    private static string Chinese(IncidentKind kind) => kind switch
    {
        IncidentKind.Disability => "意外伤残",
        IncidentKind.AccidentDeath => "意外身故",
        IncidentKind.IllnessDeath => "疾病身故",
        _ => Name(kind),
    };
}
