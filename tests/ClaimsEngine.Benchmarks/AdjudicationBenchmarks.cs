using BenchmarkDotNet.Attributes;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// Adjudications with all their steps, one at a time on one core. The goals are 100,000 tiered ones and 500,000 lump sums a second.
/// </summary>
[MemoryDiagnoser]
public class AdjudicationBenchmarks
{
    /// <summary>Zhangjiajie 2014: five tiers, one cap; the own share reaches into the last tier.</summary>
    private static readonly PlanCard Tiered = new(
        2, new LocalName("张家界", "Zhangjiajie"), "sample", [], new Eligibility(MaxUnits: 1),
        [
            new Benefit(IncidentKind.Hospitalisation, "P6, S22", Medical: new MedicalRule(CostBase.OwnShare, Per.Admission, Tiers:
            [
                new MedicalTier(Money.Zero, 45, Money.Yuan(5_000)), new MedicalTier(Money.Yuan(5_000), 50, Money.Yuan(10_000)),
                new MedicalTier(Money.Yuan(10_000), 55, Money.Yuan(20_000)), new MedicalTier(Money.Yuan(20_000), 60, Money.Yuan(30_000)),
                new MedicalTier(Money.Yuan(30_000), 70),
            ])),
        ],
        new Dictionary<IncidentKind, IReadOnlyList<string>>(),
        Caps: new Caps(PerPeriod: Money.Yuan(50_000)), Assumed: [new Assumption("documents", "sample")]);

    /// <summary>Gansu 2025: a sum for a death, one cap.</summary>
    private static readonly PlanCard LumpSum = Tiered with
    {
        Benefits = [new Benefit(IncidentKind.AccidentDeath, "assumed", LumpSum: new LumpSumRule(Money.Yuan(120_000)))],
        Caps = new Caps(PerPeriod: Money.Yuan(120_000)),
        Assumed = [new Assumption("benefits", "sample")],
    };

    private static readonly LocalDate Day = new(2014, 5, 1);

    private static readonly CaseFacts AStay = new(IncidentKind.Hospitalisation, Day, 1, Money.Zero,
        Admissions: [new Admission(Day, Day.PlusDays(19), 3, Money.Yuan(60_000), Money.Yuan(55_000), new Money(3_523_456))]);

    private static readonly CaseFacts ADeath = new(IncidentKind.AccidentDeath, Day, 1, Money.Zero);

    [Benchmark]
    public Money TieredHospital() => Adjudication.Assess(Tiered, AStay).Assessment!.Amount;

    [Benchmark]
    public Money LumpSumOfADeath() => Adjudication.Assess(LumpSum, ADeath).Assessment!.Amount;
}
