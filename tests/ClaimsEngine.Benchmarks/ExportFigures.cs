using System.Diagnostics;
using ClaimsEngine.Host.Seeding;

namespace ClaimsEngine.Benchmarks;

/// <summary>An export of the register of enrolments over HTTP in each form: seconds from the request to the last byte, and how much the
/// memory of the process grows meanwhile. The client throws away what it reads.</summary>
internal static class ExportFigures
{
    /// <param name="rows">of the list: 1,000,000 are the promise</param>
    public static Measurement Of(int rows) => new("export.rows", bench => Run(bench, rows));

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, int rows)
    {
        await using var host = await WebHost.Start(bench, SeedLevel.None);
        await host.Database.Execute($"""
            INSERT INTO read.enrolments (id, version, recorded_from, certificate_number, member, plan, plan_version, programme, occupation,
              region, units, cover_from, cover_to, contribution, benefit_used, benefits, employer, status)
            SELECT ('01a10000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now(), 'E-' || i,
              gen_random_uuid(), 'plan-' || i % 10,
              1, 'programme-' || i % 100, 'truckDriver', '620602', 1, DATE '2025-01-01', DATE '2025-12-31', 12000, 0, 0, 'U-' || i / 90,
              'inForce'
            FROM generate_series(1, {rows}) i
            """);
        await host.Database.Execute("VACUUM ANALYZE read.enrolments");
        using var client = await host.Client("bench", "auditor", "");
        var figures = new List<Figure>();
        foreach (var form in (string[])["csv", "xlsx", "parquet"])
        {
            await Take(client, form, "&from=2099-01-01");   // no row: the code is ready
            var (managed, working, bytes) = (0.0, 0.0, 0L);
            figures.Add(await Measurement.Compare(bench, $"export.rows.{form}", "s", async _ =>
            {
                var (alive, resident, watch) = (GC.GetTotalMemory(forceFullCollection: true), WorkingSet(), Stopwatch.StartNew());
                bytes = await Take(client, form, "", () =>
                {
                    managed = Math.Max(managed, (GC.GetTotalMemory(forceFullCollection: false) - alive) / 1048576.0);
                    working = Math.Max(working, (WorkingSet() - resident) / 1048576.0);
                });
                return watch.Elapsed.TotalSeconds;
            }));
            figures.Add(new Figure($"export.rows.{form}.managed", managed, "MiB more at most, garbage included"));
            figures.Add(new Figure($"export.rows.{form}.memory", working, "MiB more of the working set at most"));
            figures.Add(new Figure($"export.rows.{form}.size", bytes / (double)rows, "bytes a row"));
        }
        return figures;
    }

    /// <summary>Reads a file to its end; its bytes.</summary>
    /// <param name="look">called after every megabyte</param>
    private static async Task<long> Take(HttpClient client, string form, string narrowed, Action? look = null)
    {
        using var answer = await client.GetAsync(
            $"/api/enrolments?format={form}&names=false{narrowed}", HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, all, seen) = (new byte[64 << 10], 0L, 0L);
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            all += read;
            if (all >> 20 == seen) continue;
            seen = all >> 20;
            look?.Invoke();
        }
        return all;
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
