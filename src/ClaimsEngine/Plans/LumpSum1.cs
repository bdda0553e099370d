using System.Globalization;
using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <summary>
/// Card format 1 and its interpreter, <c>lump-sum/1</c>: lump sums by death and by disability grade. No new card is published in it; what
/// was published and decided in it is read and recomputed to the byte for ever, so nothing here changes any more.
/// </summary>
public static class LumpSum1
{
    public const string Interpreter = "lump-sum/1";

    /// <summary>A card of format 1 as it was published.</summary>
    public sealed record Card(
        int Format, LocalName Name, string Organiser, IReadOnlyList<string> Sources, Eligibility1 Eligibility, Price1 Price, Cover1 Cover,
        IReadOnlyList<Benefit1> Benefits, Caps1 Caps, IReadOnlyDictionary<IncidentKind, IReadOnlyList<string>> Documents,
        IReadOnlyList<Assumption>? Assumed = null);

    public sealed record Eligibility1(
        IReadOnlyList<Occupation>? Occupations = null, IReadOnlyList<RegionCode>? Regions = null, int? AgeFrom = null, int? AgeTo = null,
        int MaxUnits = 1);

    public sealed record Price1(Money PerUnit);

    public sealed record Cover1(CoverStart Start, int Months);

    public sealed record Benefit1(IncidentKind Kind, string Clause, Money PerUnit, string? Table = null);

    public sealed record Caps1(Money PerPeriod);

    /// <summary>The same rules in today's form.</summary>
    public static PlanCard Lift(Card card) => new(
        card.Format, card.Name, card.Organiser, card.Sources,
        new Eligibility(
            card.Eligibility is { AgeFrom: null, AgeTo: null } ? null : [new AgeRule(card.Eligibility.AgeFrom, card.Eligibility.AgeTo)],
            card.Eligibility.Occupations, card.Eligibility.Regions, MaxUnits: card.Eligibility.MaxUnits),
        [.. card.Benefits.Select(benefit => benefit.Table is { } table
            ? new Benefit(benefit.Kind, benefit.Clause, ByGrade: new GradeRule(table, benefit.PerUnit))
            : new Benefit(benefit.Kind, benefit.Clause, LumpSum: new LumpSumRule(benefit.PerUnit)))],
        card.Documents,
        Prices: [new PriceLine(card.Price.PerUnit)], Cover: new Cover(card.Cover.Start, card.Cover.Months),
        Caps: new Caps(PerPeriod: card.Caps.PerPeriod),
        Assumed: card.Assumed);

    public static (Assessment? Assessment, Refusal? Refusal) Assess(PlanCard card, CaseFacts facts)
    {
        if (card.BenefitFor(facts.Kind) is not { } benefit)
            return (null, new Refusal(Refuse.BenefitNotCovered, $"the plan has no benefit for {Name(facts.Kind)}", "incident.kind"));

        var rule = $"benefits.{Name(facts.Kind)}";
        var perUnit = (benefit.LumpSum?.PerUnit ?? benefit.ByGrade?.PerUnit)!.Value;
        var sum = perUnit * facts.Units;
        var steps = new List<Step>
        {
            new(rule, benefit.Clause, $"{facts.Units} × {perUnit}", sum.ToString(),
                $"The sum for {Words(facts.Kind)} is {perUnit} yuan a unit; with {facts.Units} unit(s) {sum} yuan.",
                $"{Chinese(facts.Kind)}保障金每份{perUnit}元，共{facts.Units}份，计{sum}元。", card.IsAssumed(rule)),
        };

        if (facts.Kind == IncidentKind.Disability)
        {
            var table = benefit.ByGrade!.Table;
            if (facts.Grade is not { } grade || GradeTable.Find(table)?.PercentFor(grade) is not { } percent)
                return (null, new Refusal(Refuse.IncidentIncomplete, "a disability has a grade from 1 (gravest) to 10", "incident.grade"));
            var graded = sum.Percent(percent);
            steps.Add(new($"{rule}.table", table, $"{sum} × {percent} %", graded.ToString(),
                $"Grade {grade} is paid at {percent} % by table {table}: {graded} yuan.",
                $"伤残{grade}级按{table}给付比例{percent}%，计{graded}元。", card.IsAssumed(rule)));
            sum = graded;
        }

        var cap = card.Caps!.PerPeriod!.Value;
        var left = Money.Max(Money.Zero, cap - facts.Used);
        var payable = Money.Min(sum, left);
        steps.Add(new("caps.perPeriod", benefit.Clause, $"min({sum}, {cap} − {facts.Used})", payable.ToString(),
            $"At most {cap} yuan in the cover period, of which {facts.Used} is used: {payable} yuan is payable.",
            $"保障期内最高{cap}元，已用{facts.Used}元，本次应付{payable}元。", card.IsAssumed("caps")));
        return (new Assessment(payable, steps), null);
    }

    private static string Name(IncidentKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

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
