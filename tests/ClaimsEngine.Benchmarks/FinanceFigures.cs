using System.Diagnostics;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Figures;
using ClaimsEngine.Host.Queries.Finance;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.ReadModels;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Benchmarks;

/// <summary>Finance's questions over a year of payouts and as many certificates: the median of each, now and as of moments of that
/// year.</summary>
internal static class FinanceFigures
{
    private const int Asked = 9;

    private static readonly Instant Begin = Instant.FromUtc(2025, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly string[] Districts = [.. RegionCode.National.Codes().Where(code => code.Length == 6)];

    /// <param name="rows">payouts, and certificates</param>
    public static Measurement Of(int rows) => new("finance.questions", bench => Questions(bench, rows));

    private static async Task<IReadOnlyList<Figure>> Questions(Workbench bench, int rows)
    {
        await using var engine = await BenchEngine.Open(bench);
        var watch = Stopwatch.StartNew();
        await Fill(engine, rows);
        await System.Console.Error.WriteLineAsync(
            $"{rows:N0} payouts and certificates and their totals made in {watch.Elapsed.TotalSeconds:N0} s");
        await engine.Database.MustBe(rows, "SELECT count(*) FROM read.payouts WHERE recorded_to = 'infinity'");

        var records = engine.Get<RecordRoom>().For(new Actor("bench", [Role.Auditor], default));
        FinanceDimension[] By(IReadOnlyList<FinanceDimension> all, params string[] names) =>
            [.. names.Select(name => all.First(dimension => dimension.Name == name))];
        Task<FinanceTable> Payouts(FinanceSnapshot at, string[] by, string[] measures, params TotalsFilter[] narrowed) =>
            PayoutFigures.Of(new PayoutQuestion(By(PayoutFigures.Dimensions, by), measures, narrowed), at, records);
        var gansu = new TotalsFilter("Region", TotalsMatch.Prefix, RegionCode.Of("62"));
        (string Name, Func<FinanceSnapshot, Task> Ask)[] questions =
        [
            ("payouts.plan", at => Payouts(at, ["plan", "status"], [])),
            ("payouts.month", at => Payouts(at, ["month", "benefit"], [])),
            ("payouts.province", at => Payouts(at, ["province"], [])),
            ("payouts.city", at => Payouts(at, ["city"], [], gansu)),
            ("payouts.occupation", at => Payouts(at, ["occupation"], [])),
            ("payouts.employer", at => Payouts(at, ["employer"], [], gansu)),
            ("payouts.median", at => Payouts(at, [], [PayoutFigures.Median, PayoutFigures.Largest])),
            ("payouts.median.plan", at => Payouts(at, ["plan"], [PayoutFigures.Median, PayoutFigures.Largest])),
            ("payouts.lossratio", at => Payouts(at, ["plan", "planYear"], [PayoutFigures.LossRatio])),
            ("contributions", at => ContributionFigures.Of(By(ContributionFigures.Dimensions, "plan", "planYear"), [], at, records)),
            ("ageing", at => AgeingFigures.Of(By(AgeingFigures.Dimensions, "province"), [], at)),
            ("triangle", at => DevelopmentFigures.Triangle([], Grain.Month, null, at)),
            ("outstanding", at => DevelopmentFigures.Outstanding([], Grain.Month, at)),
            ("solvency", at => SolvencyFigures.Of(false, [], default, at, records)),
            ("distribution", at => DistributionFigures.Of(DistributionBand.Yunnan, [], at)),
        ];
        var figures = new List<Figure>();
        foreach (var (name, ask) in questions)
        {
            figures.Add(await Median($"finance.questions.{name}", _ => null, ask));
            figures.Add(await Median($"finance.questions.{name}.asof", random => Begin + ((End - Begin) * random.NextDouble()), ask));
        }
        return figures;

        async Task<Figure> Median(string name, Func<Random, Instant?> asOf, Func<FinanceSnapshot, Task> ask)
        {
            var (random, times) = (new Random(7), new List<double>());
            for (var nth = 0; nth <= Asked; nth++)
            {
                var clock = Stopwatch.StartNew();
                await using var at = await FinanceSnapshot.Open(engine.Storage, asOf(random), End, CancellationToken.None);
                await ask(at);
                if (nth > 0) times.Add(clock.Elapsed.TotalMilliseconds);   // plan and cache are warm after the first
                if (times.Count >= 3 && times.Sum() > 20_000) break;   // it is slow, and need not be shown often
            }
            return new Figure(name, Measurement.Percentile(times, 50), "ms");
        }
    }

    /// <summary>Rows as a year leaves them, without the events behind them: four versions of each payout, one of each
    /// certificate.</summary>
    private static async Task Fill(BenchEngine engine, int rows)
    {
        await using var connection = await engine.Storage.Sessions.Application.OpenConnectionAsync();
        await Run("CREATE TEMP TABLE districts AS SELECT nth - 1 AS nth, code FROM unnest($1::text[]) WITH ORDINALITY AS d (code, nth)",
            Districts);
        const string Funds = "'plan-' || left(d.code, 2)::int % 25 AS plan, 'programme-' || left(d.code, 2)::int % 25 * 2 + p.nth % 2 "
            + "AS programme, d.code AS region, 'employer-' || p.nth % 20000 AS employer, 'courier' AS occupation, 2025 AS plan_year";
        // most amounts lie near 1,000 yuan, one in a thousand a hundred times above (facts.md, section 3)
        const string Amount = "(20000 + p.nth * 7919 % 200000) * CASE WHEN p.nth % 1000 = 0 THEN 100 ELSE 1 END";
        await Make(PayoutLedger.Model, $"""
            INSERT INTO read.payouts (id, version, recorded_from, recorded_to, status, amount, amount_band, plan, programme, region,
              employer, occupation, plan_year, benefit, payee, ordered_on, unpaid_since, granted, held_by_office, held_by_suspicion,
              held, recovered, to_pay, month, occurred_in, kind, second_by_amount, ready)
            SELECT p.id, v.version, p.at + v.after, coalesce(p.at + v.until, 'infinity'), v.status, p.amount,
              p.amount - p.amount % greatest(1, 10 ^ (floor(log(p.amount)) - 1))::bigint, p.plan, p.programme, p.region, p.employer,
              p.occupation, p.plan_year, (ARRAY['hospitalisation', 'criticalIllness', 'accidentMedical'])[1 + p.nth % 3], p.id, p.day,
              CASE WHEN v.status <> 'settled' THEN p.day END, true, false, false, false, 0, v.version < 3, to_char(p.day, 'YYYY-MM'),
              to_char(p.day - (p.nth % 100)::int, 'YYYY-MM'), 'benefit', false, false
            FROM (SELECT p.nth, (lpad(to_hex(p.nth), 12, '0') || '70008000000000000000')::uuid AS id, {Amount} AS amount, {Funds},
                    '2025-01-01'::timestamptz + interval '360 days' * (p.nth::float / {rows}) AS at,
                    ('2025-01-01'::timestamptz + interval '360 days' * (p.nth::float / {rows}))::date AS day
                  FROM generate_series(0, {rows - 1}::bigint) AS p (nth) JOIN districts d ON d.nth = p.nth * 7919 % {Districts.Length}) AS p
            CROSS JOIN (VALUES (1, interval '0', interval '1 day', 'ordered'), (2, '1 day', '2 days', 'authorised'),
              (4, '2 days', '5 days', 'sent'), (5, '5 days', NULL, 'settled')) AS v (version, after, until, status)
            """);
        await Make(EnrolmentRegister.Model, $"""
            INSERT INTO read.enrolments (id, version, recorded_from, certificate_number, member, plan, programme, region, employer,
              occupation, plan_year, plan_version, units, cover_from, cover_to, contribution, benefit_used, benefits, status, month,
              benefit_band, owing)
            SELECT p.id, 1, '2025-01-01', 'C' || p.nth, p.id, p.plan, p.programme, p.region, p.employer, p.occupation, p.plan_year, 1, 1,
              '2025-01-01', '2025-12-31', 12000, p.amount, CASE WHEN p.amount > 0 THEN 1 ELSE 0 END, 'inForce', '2025-01',
              CASE WHEN p.amount > 0 THEN p.amount - p.amount % greatest(1, 10 ^ (floor(log(p.amount)) - 1))::bigint END, false
            FROM (SELECT p.nth, (lpad(to_hex(p.nth), 12, '0') || '70008000000000000001')::uuid AS id,
                    CASE WHEN p.nth % 20 = 0 THEN {Amount} ELSE 0 END AS amount, {Funds}
                  FROM generate_series(0, {rows - 1}::bigint) AS p (nth) JOIN districts d ON d.nth = p.nth * 7919 % {Districts.Length}) AS p
            """);

        async Task Make(IReadModel model, string insert)
        {
            var table = engine.Storage.Models.Table(model.Table);
            foreach (var name in TableDefinition.Names(table)) await Run($"DROP TABLE read.{name}");
            await Run(TableDefinition.Create(table, "read", ""));
            await Run(insert);
            await Run(TableDefinition.Index(table, "read", ""));
            await Run($"VACUUM ANALYZE read.{model.Table}");
            foreach (var statement in TableDefinition.Sum(table, "read", "")) await Run(statement);
        }

        async Task Run(string sql, params object[] values)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            foreach (var value in values) command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
            await command.ExecuteNonQueryAsync();
        }
    }
}
