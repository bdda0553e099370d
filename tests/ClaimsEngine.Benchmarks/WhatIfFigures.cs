using System.Diagnostics;
using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Kernel;
using ClaimsEngine.Plans;
using ClaimsEngine.Ports;
using NodaTime;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// A what-if over 1,000,000 decided hospital claims of 250,000 members, on the engine's own events and read models: seconds for all of them, and how much more
/// memory is held at its height than before. Goals (issue 3): below 60 s on two cores, and no growth with the claims.
/// </summary>
internal static class WhatIfFigures
{
    private const string Plan = "bench-hospital";
    private const int ClaimsPerMember = 4;

    public static IEnumerable<Measurement> All => [new("whatif.million", bench => Run(bench, 250_000))];

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int members)
    {
        await using var store = await bench.EmptyEngine();
        var watch = Stopwatch.StartNew();
        await Fill(store, members);
        await Console.Error.WriteLineAsync($"{members * ClaimsPerMember:N0} claims stored in {watch.Elapsed.TotalSeconds:N0} s");
        await using var database = await store.Reading(Engine.EventTypes, [ClaimBoard.Model, EnrolmentRegister.Model]);
        await Console.Error.WriteLineAsync($"and projected after {watch.Elapsed.TotalSeconds:N0} s");

        var draft = Card(75);
        var claims = new DecidedClaims(Plan, new LocalDate(2000, 1, 1), new LocalDate(2099, 12, 31), RegionCode.National);
        var (seconds, height) = (new double[bench.Rounds], 0L);
        for (var round = 0; round < bench.Rounds; round++)
        {
            GC.Collect();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            watch.Restart();
            var result = await WhatIfRun.Over(claims, draft, "sha256:bench", [], database, Stream.Null, (done, _) =>
            {
                // what is alive, not what a lazy collector has left lying
                if (done > 0 && done % 200_000 == 0) height = Math.Max(height, GC.GetTotalMemory(forceFullCollection: true) - before);
            }, CancellationToken.None);
            seconds[round] = watch.Elapsed.TotalSeconds;
            if (result.Totals.Claims != members * ClaimsPerMember || result.Totals.Unanswered != 0 || result.Totals.Changed == 0)
                throw new InvalidOperationException($"the what-if found {result.Totals}");
        }
        return [Measurement.Median("whatif.million", "s", seconds), new Figure("whatif.million.memory", height / 1048576.0, "MiB")];
    }

    private static async Task Fill(BenchStore store, int members)
    {
        var (card, random) = (Card(70), new Random(3));
        var hash = CardReading.Hash(JsonSerializer.SerializeToElement(card, ClaimsJson.Options));
        foreach (var parts in Enumerable.Range(0, members).Chunk(100).Chunk(4))
            await Task.WhenAll(parts.Select(part => store.Events.Append(new Append([.. part.SelectMany(member => Member(member, card, hash, random))], [], [], []))));
    }

    private static IEnumerable<StreamAppend> Member(int member, PlanCard card, string hash, Random random)
    {
        var (person, enrolment) = (new PersonId(Guid.CreateVersion7()), new EnrolmentId(Guid.CreateVersion7()));
        var region = RegionCode.Of(member % 2 == 0 ? "150102" : "150123");
        var metadata = new EventMetadata("bench", "Bench", null, new Dictionary<string, string> { ["role"] = "officer", ["region"] = region.Value, ["schemaVersion"] = "1" });
        var (from, to) = (new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31));
        yield return Of(enrolment.Value, Enrolment.StreamType, metadata, new EnrolmentStarted(
            enrolment, $"E15-20250101-{member:00000000}", person, Plan, 1, null, Occupation.Of("worker"), region, Sex.Male, 40, 1, from, to, Money.Yuan(60), [], null, "bench"));
        var used = Money.Zero;
        var counters = new Counters();
        for (var i = 0; i < ClaimsPerMember; i++)
        {
            var claim = new ClaimId(Guid.CreateVersion7());
            var day = from.PlusDays(80 * i + random.Next(60));
            var incident = new Incident(IncidentKind.Hospitalisation, day, Admissions:
                [new Admission(day, day.PlusDays(2 + random.Next(15)), 3, Money.Yuan(40_000), Money.Yuan(30_000), new Money(50_000 + random.Next(2_000_000)))]);
            var facts = CaseFacts.Of(incident, 1, used, new CoverFacts(from, to), null, i == 0 ? null : counters);
            var assessment = Adjudication.Assess(card, facts).Assessment!;
            yield return Of(claim.Value, Claim.StreamType, metadata,
                new ClaimSubmitted(claim, $"C15-20250101-{member:000000}{i}X", enrolment, person, Plan, 1, null, region, incident, person, Relation.Self, person,
                    new AccountId(person.Value), ["insuranceSettlement"], "bench"),
                new ClaimAssessed(assessment.Amount, facts, assessment.Steps, 1, hash, Adjudication.InterpreterFor(card), "bench", assessment.Consumed),
                new ClaimApproved(assessment.Amount, new PayoutId(claim.Value), "bench-2", "sample"));
            used += assessment.Amount;
            counters = counters.After(IncidentKind.Hospitalisation, assessment.Amount, assessment.Consumed);
        }
    }

    private static StreamAppend Of(Guid stream, string type, EventMetadata metadata, params object[] events) =>
        new(stream, type, 0, [.. events.Select(data => new NewEvent(Guid.CreateVersion7(), data))], metadata);

    /// <summary>Hohhot's assumed rule: a ratio of the own share, one cap that some members reach.</summary>
    private static PlanCard Card(int percent) => new(
        2, new LocalName("样例", "sample"), "sample", [], new Eligibility(),
        [new Benefit(IncidentKind.Hospitalisation, "sample", Medical: new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: percent))],
        new Dictionary<IncidentKind, IReadOnlyList<string>> { [IncidentKind.Hospitalisation] = ["insuranceSettlement"] },
        Prices: [new PriceLine(Money.Yuan(60))], Cover: new Cover(CoverStart.NextDay, 12), Caps: new Caps(PerPeriod: Money.Yuan(30_000)));
}
