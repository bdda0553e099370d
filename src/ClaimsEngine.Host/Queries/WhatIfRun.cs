using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage;
using CsvHelper;

namespace ClaimsEngine.Host.Queries;

/// <param name="Changed">claims that would be paid another amount</param>
/// <param name="Kept">claims that a person refused against the engine's sum, or without asking it: they stay refused</param>
/// <param name="Unanswered">claims for which the draft has no answer; they count with 0.00</param>
/// <param name="Difference">after less before; below 0.00 where the draft pays less</param>
public sealed record WhatIfTotals(long Claims, long Changed, long Kept, long Unanswered, Money Before, Money After, Money Difference);

public sealed record WhatIfRegion(RegionCode Region, string Name, WhatIfTotals Totals);

/// <param name="RuleHash">of the draft</param>
public sealed record WhatIfResult(
    string Plan, LocalDate From, LocalDate To, RegionCode Region, string RuleHash, string Interpreter,
    IReadOnlyList<FieldDifference> Differences, WhatIfTotals Totals, IReadOnlyList<WhatIfRegion> Regions);

/// <summary>Decided claims under a draft card, one after another: memory holds one member's claims and a tally for each region.</summary>
public static class WhatIfRun
{
    /// <param name="draft">the card that is tried</param>
    /// <param name="ruleHash">of the draft</param>
    /// <param name="output">gets a line for each claim, as CSV in UTF-8 with BOM; left open</param>
    /// <param name="report">claims done, and claims in all</param>
    public static async Task<WhatIfResult> Over(
        DecidedClaims claims, PlanCard draft, string ruleHash, IReadOnlyList<FieldDifference> differences, ClaimsStorage storage,
        Stream output, Action<long, long?> report, CancellationToken cancellation)
    {
        await using var connection = await storage.Sessions.Application.OpenConnectionAsync(cancellation);
        var total = await claims.Count(connection, storage.Options, cancellation);
        report(0, total);

        var whatIf = new WhatIf(draft);
        var (all, regions) = (new Tally(), new SortedDictionary<string, Tally>(StringComparer.Ordinal));
        // no field begins with what a spreadsheet takes for a formula: numbers, codes and names of ours only
        var form = new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true };
        await using (var csv = CsvWriter.Create(output, form, leaveOpen: true))
        {
            csv.WriteRecord("申领编号 claim", "地区代码 region", "地区 region name", "事故类型 kind", "决定日期 decided on",
                "原给付 before", "试算给付 after", "差额 difference", "说明 reason");
            var done = 0L;
            await foreach (var claim in claims.Read(connection, storage.Options, cancellation))
            {
                var line = whatIf.Next(claim);
                all.Count(line);
                if (!regions.TryGetValue(claim.Region.Value, out var tally)) regions[claim.Region.Value] = tally = new Tally();
                tally.Count(line);
                Write(csv, line);
                report(++done, total);
            }
        }
        return new WhatIfResult(
            claims.Plan, claims.From, claims.To, claims.Region, ruleHash, Adjudication.InterpreterFor(draft), differences, all.Totals,
            [.. regions.Select(pair => new WhatIfRegion(RegionCode.Of(pair.Key), RegionCode.Of(pair.Key).Name, pair.Value.Totals))]);
    }

    private static void Write(CsvWriter csv, WhatIfLine line)
    {
        var claim = line.Claim;
        csv.WriteRecord(
            claim.Number, claim.Region.Value, claim.Region.Name, JsonNamingPolicy.CamelCase.ConvertName(claim.Kind.ToString()),
            claim.DecidedOn.ToString("uuuu-MM-dd", null), line.Before.ToString(), line.After.ToString(),
            (line.After - line.Before).ToString(), line.Reason ?? "");
    }

    private sealed class Tally
    {
        private long claims, changed, kept, unanswered;
        private Money before, after;

        public void Count(WhatIfLine line)
        {
            claims++;
            if (line.Before != line.After) changed++;
            if (line.Reason == WhatIfLine.Kept) kept++;
            if (!line.IsAnswered) unanswered++;
            before += line.Before;
            after += line.After;
        }

        public WhatIfTotals Totals => new(claims, changed, kept, unanswered, before, after, after - before);
    }
}
