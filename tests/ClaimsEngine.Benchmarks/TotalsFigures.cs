using System.Diagnostics;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.ReadModels;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// Totals kept beside the payouts: what they cost the daemon, and how long finance's questions take over a year of payouts, now and as of
/// moments of that year.
/// </summary>
internal static class TotalsFigures
{
    private const int Asked = 15;

    private static readonly Instant Begin = Instant.FromUtc(2025, 1, 1, 0, 0);
    private static readonly Instant End = Begin + Duration.FromDays(365);

    /// <param name="rows">so many payouts are there when the questions are asked</param>
    public static IEnumerable<Measurement> Of(int rows) =>
        [new("totals.daemon", Daemon), new("totals.payouts", bench => Questions(bench, rows))];

    /// <summary>Events of payouts a second, from order to settlement, with the totals and without.</summary>
    private static async Task<IReadOnlyList<Figure>> Daemon(Workbench bench)
    {
        var payouts = bench.Size(20_000);
        return [await Measurement.Compare(bench, "totals.daemon", "events/s", _ => Run(PayoutLedger.Model),
            raw: _ => Run(PayoutLedger.Model with { Totals = [] }))];

        async Task<double> Run(IReadModel model)
        {
            await using var engine = await BenchEngine.Open(bench, Engine.EventTypes, model);
            var end = await engine.Fill(Rows(payouts));
            await engine.Database.Execute("ANALYZE");
            await engine.Start();
            var rate = await engine.Projected(end);
            await engine.Database.MustBe(
                payouts, "SELECT count(*) FROM read.payouts WHERE status = 'settled' AND recorded_to = 'infinity'");
            if (model.Totals.Count > 0)
                await engine.Database.MustBe(payouts, "SELECT sum(count) FROM read.payout_totals_months WHERE status = 'settled'");
            return rate;
        }
    }

    /// <summary>Five hundred payouts are ordered together, then authorised together, and so on, as an office does it.</summary>
    private static IEnumerable<ImportRow> Rows(int payouts)
    {
        var number = 0L;
        foreach (var group in Enumerable.Range(0, payouts).Chunk(500))
        {
            Guid[] ids = [.. group.Select(_ => Guid.CreateVersion7())];
            var batch = new PaymentBatchId(Guid.CreateVersion7());
            for (var version = 0; version < 5; version++)
                for (var i = 0; i < ids.Length; i++)
                    yield return new ImportRow(++number, [new StreamWrite(ids[i], Payout.StreamType, typeof(Payout), version,
                        [new NewEvent(Guid.CreateVersion7(), Event(version, ids[i], group[i], batch), Samples.By)])], [], []);
        }
    }

    private static object Event(int version, Guid id, int nth, PaymentBatchId batch) => version switch
    {
        0 => new PayoutOrdered(
            new PayoutId(id), new ClaimId(Guid.CreateVersion7()), $"C{nth:D8}", new EnrolmentId(Guid.CreateVersion7()),
            $"plan-{nth % 7}", $"programme-{nth % 20}", Districts[nth * 37 % Districts.Length], (IncidentKind)(nth % 3),
            new Money(10_000 + (nth % 5_000)), new PersonId(Guid.CreateVersion7()), new AccountId(Guid.CreateVersion7()),
            new LocalDate(2025, 1, 1).PlusDays(nth % 365), "wang",
            Basis: new PayoutBasis(2025, $"employer-{nth % 5_000}", Occupation.Of("courier"), $"2025-{1 + (nth % 12):D2}")),
        1 => new PayoutAuthorised("li"),
        2 => new PayoutBatched(batch, "li"),
        3 => new PayoutSent(batch, "zhao"),
        _ => new PayoutSettled(batch, $"B{nth:D8}", "bank"),
    };

    private static readonly RegionCode[] Districts =
        [.. RegionCode.National.Codes().Select(RegionCode.Of).Where(region => region.Level == 3)];

    private static async Task<IReadOnlyList<Figure>> Questions(Workbench bench, int payouts)
    {
        await using var engine = await BenchEngine.Open(bench, Engine.EventTypes, PayoutLedger.Model);
        var table = engine.Storage.Models.Table(PayoutLedger.Model.Table);
        var clock = Stopwatch.StartNew();
        await Fill(engine, table, payouts);
        await System.Console.Error.WriteLineAsync($"{payouts:N0} payouts and their totals made in {clock.Elapsed.TotalSeconds:N0} s");
        foreach (var totals in table.Totals)
            foreach (var name in (string[])[totals.Definition.Table, totals.Definition.Table + TotalsTable.Months])
                await System.Console.Error.WriteLineAsync(
                    $"{name}: {await engine.Database.Number($"SELECT count(*) FROM read.{name}"):N0} cells, "
                    + $"{await engine.Database.Number($"SELECT pg_total_relation_size('read.{name}')") >> 20:N0} MiB");
        await engine.Database.MustBe(payouts, "SELECT sum(count) FROM read.payout_totals_months");

        TotalsQuestion By(string[] by, params TotalsFilter[] where) => new(by, [nameof(PayoutRow.Amount)])
        {
            Where = [.. where, new TotalsFilter("ReissuedAs?", TotalsMatch.Equal, false)],
        };
        (string Name, TotalsQuestion Question)[] questions =
        [
            ("plan", By(["Plan", "Status"])),
            ("month", By(["Month", "Benefit", "Status"])),
            ("region", By(["Region"])),
            ("province", By(["Region", "Status"], new TotalsFilter("Region", TotalsMatch.Prefix, "62"))),
            ("programme", By(["Month"], new TotalsFilter("Programme", TotalsMatch.Equal, "programme-7"))),
            ("quarter", By(
                ["Plan"], new TotalsFilter("Month", TotalsMatch.From, "2025-04"), new TotalsFilter("Month", TotalsMatch.To, "2025-06"))),
            ("days", By(
                ["Plan"], new TotalsFilter("OrderedOn", TotalsMatch.From, new LocalDate(2025, 4, 7)),
                new TotalsFilter("OrderedOn", TotalsMatch.To, new LocalDate(2025, 4, 20)))),
        ];
        var figures = new List<Figure>();
        foreach (var (name, question) in questions)
        {
            figures.Add(await Median($"totals.payouts.{name}", _ => Snapshotted(question)));
            figures.Add(await Median($"totals.payouts.{name}.asof", random => Snapshotted(question with
            {
                AsOf = Begin + ((End - Begin) * random.NextDouble()),
            })));
        }
        var triangle = new TotalsQuestion([nameof(PayoutRow.OccurredIn), nameof(PayoutRow.Month)], [nameof(PayoutRow.Amount)])
        {
            Where = [new("ReissuedAs?", TotalsMatch.Equal, false), new(nameof(PayoutRow.Plan), TotalsMatch.Equal, "plan-3")],
        };
        figures.Add(await Median("totals.payouts.triangle", _ => Snapshotted(triangle)));
        figures.Add(await Median("totals.payouts.triangle.asof", random => Snapshotted(triangle with
        {
            AsOf = Begin + ((End - Begin) * random.NextDouble()),
        })));
        return figures;

        async Task Snapshotted(TotalsQuestion question)
        {
            await using var snapshot = await Snapshot.Open(engine.Storage, CancellationToken.None);
            await snapshot.Ask(PayoutLedger.Model, question, End, CancellationToken.None);
        }
    }

    private static async Task<Figure> Median(string name, Func<Random, Task> ask)
    {
        var (random, times) = (new Random(7), new List<double>());
        await ask(random);   // the plan and the cache are warm afterwards
        for (var i = 0; i < Asked; i++)
        {
            var watch = Stopwatch.StartNew();
            await ask(random);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return new Figure(name, Measurement.Median(name, "ms", [.. times]), "ms");
    }

    /// <summary>Rows as a year leaves them, without the events behind them: four versions each, in twenty-five provinces with a plan each;
    /// an incident is paid within four months.</summary>
    private static async Task Fill(BenchEngine engine, ReadModelTable table, int payouts)
    {
        await using var connection = await engine.Storage.Sessions.Application.OpenConnectionAsync();
        foreach (var name in TableDefinition.Names(table)) await Run($"DROP TABLE read.{name}");
        await Run(TableDefinition.Create(table, "read", ""));
        await Run("CREATE TEMP TABLE districts AS SELECT row_number() OVER () - 1 AS nth, code FROM unnest($1) AS d (code)",
            (object)Districts.Select(region => region.Value).ToArray());
        await Run($"""
            INSERT INTO read.payouts (id, version, recorded_from, recorded_to, status, amount, plan, programme, region, benefit, payee,
              ordered_on, held_by_office, held_by_suspicion, held, recovered, to_pay, month, plan_year, employer, occupation, occurred_in,
              amount_band, granted, kind, second_by_amount, ready)
            SELECT (lpad(to_hex(p.nth), 12, '0') || '70008000000000000000')::uuid, v.version, p.at + v.after,
              CASE WHEN v.until IS NULL OR p.at + v.until > p.last THEN 'infinity'::timestamptz ELSE p.at + v.until END,
              CASE WHEN v.status = 'settled' AND p.nth % 50 = 0 THEN 'returned' ELSE v.status END, 10000 + p.nth % 500000,
              'plan-' || left(d.code, 2)::int % 25, 'programme-' || left(d.code, 2)::int % 25 * 2 + p.nth % 2, d.code,
              (ARRAY['hospitalisation', 'criticalIllness', 'disability'])[1 + p.nth % 3], gen_random_uuid(), p.on, false, false, false, 0,
              v.version < 3, to_char(p.on, 'YYYY-MM'), 2025, 'employer-' || p.nth % 60000,
              (ARRAY['courier', 'driver', 'staff'])[1 + p.nth % 3],
              to_char(p.on - (p.nth % 100)::int, 'YYYY-MM'),
              10000 + p.nth % 500000 - (10000 + p.nth % 500000) % (10 ^ (floor(log(10000 + p.nth % 500000)) - 1))::bigint, true,
              'benefit', false, false
            FROM (SELECT nth, at, (at AT TIME ZONE INTERVAL '8 hours')::date AS on, '2026-01-01'::timestamptz AS last
                  FROM (SELECT nth, '2025-01-01'::timestamptz + interval '364 days' * (nth::float / {payouts}) AS at
                        FROM generate_series(0, {payouts - 1}) AS s (nth)) AS made) AS p
            CROSS JOIN (VALUES (1, interval '0', interval '1 day', 'ordered'), (2, '1 day', '2 days', 'authorised'),
              (4, '2 days', '5 days', 'sent'), (5, '5 days', NULL, 'settled')) AS v (version, after, until, status)
            JOIN districts d ON d.nth = p.nth * 7919 % {Districts.Length}
            WHERE p.at + v.after <= p.last
            """);
        await Run(TableDefinition.Index(table, "read", ""));
        await Run("VACUUM ANALYZE read.payouts");
        foreach (var statement in TableDefinition.Sum(table, "read", "")) await Run(statement);

        async Task Run(string sql, params object[] values)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            foreach (var value in values) command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
            await command.ExecuteNonQueryAsync();
        }
    }
}
