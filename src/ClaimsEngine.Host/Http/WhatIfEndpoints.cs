using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Plans;
using CsvHelper;

namespace ClaimsEngine.Host.Http;

/// <summary>A what-if as it is asked for.</summary>
/// <param name="Card">the draft; or, instead, <paramref name="Version"/></param>
/// <param name="Version">a version of the plan, published or proposed</param>
/// <param name="From">first day of decision</param>
/// <param name="To">last day of decision, inclusive</param>
/// <param name="Region">only claims in it; the caller's own if not told</param>
public sealed record AskWhatIf(string Plan, LocalDate From, LocalDate To, JsonElement? Card = null, int? Version = null, RegionCode? Region = null);

/// <param name="Changed">claims that would be paid another amount</param>
/// <param name="Kept">claims that a person refused against the engine's sum, or without asking it: they stay refused</param>
/// <param name="Unanswered">claims for which the draft has no answer; they count with 0.00</param>
/// <param name="Difference">after less before; below 0.00 where the draft pays less</param>
public sealed record WhatIfTotals(long Claims, long Changed, long Kept, long Unanswered, Money Before, Money After, Money Difference);

public sealed record WhatIfRegion(RegionCode Region, string Name, WhatIfTotals Totals);

/// <param name="RuleHash">of the draft</param>
public sealed record WhatIfResult(
    string Plan, LocalDate From, LocalDate To, RegionCode Region, string RuleHash, string Interpreter, IReadOnlyList<CardDifference> Differences, WhatIfTotals Totals,
    IReadOnlyList<WhatIfRegion> Regions);

/// <summary>Every decided claim of a plan and period under a draft card: totals, regions, and claim by claim as CSV. Stores nothing but its own answer.</summary>
public static class WhatIfEndpoints
{
    private const string Kind = "what-if";

    public static void MapWhatIfs(this IEndpointRouteBuilder routes)
    {
        routes.MapLongWorkStart("/api/audit/what-ifs", Read, Role.Auditor, Role.PlanAdmin).Accepts<AskWhatIf>("application/json")
            .WithTags("audit").WithSummary("Run every decided claim of a plan and period under a draft card, without side effects");
        routes.MapLongWork<WhatIfResult>("/api/audit/what-ifs/{whatIf}", Kind, hasOutput: true, Role.Auditor, Role.PlanAdmin)
            .WithTags("audit").WithSummary("A what-if: its progress, its totals, and claim by claim as CSV");
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, ReadOnlyMemory<byte> body, QueryText query)
    {
        var (json, faults) = JsonBody.Read(body);
        AskWhatIf? asked = null;
        if (json is not null) (asked, faults) = StrictJson.Read<AskWhatIf>(JsonSerializer.SerializeToElement(json));
        if (asked is null) return (null, Answers.Problem(Refusal.Of(Refuse.InvalidRequest, faults)));
        if (asked.To < asked.From) return (null, Answers.Invalid("to", "lies before from"));
        if (asked.Card is null == asked.Version is null) return (null, Answers.Invalid("card", "or version is given, and not both"));

        var actor = http.Actor()!;
        var region = asked.Region ?? actor.Region;
        if (!actor.Sees(region)) return (null, Answers.Problem(new Refusal(Refuse.OutsideRegion, $"{actor.Id} acts for {actor.Region.Name} only", "region")));
        var records = new Records(http.RequestServices.GetRequiredService<IEventStore>(), http.RequestServices.GetRequiredService<IdentityKey>(), actor, http.RequestAborted);
        if (await records.Find<Plan>(PlanId.Of(asked.Plan).Value) is not { } plan)
            return (null, Answers.Problem(new Refusal(Refuse.UnknownPlan, $"there is no plan {asked.Plan}", "plan")));

        var (draft, fault) = DraftOf(plan, asked);
        if (draft is null) return (null, fault);
        var database = http.RequestServices.GetRequiredService<ClaimsDatabase>();
        var claims = new DecidedClaims(plan.Code, asked.From, asked.To, region);
        var differences = plan.Latest is { } latest ? CardDifference.Between(latest.Json, draft.Json) : [];
        return (new NewWork(Kind, region, async work => WorkEnd.Done(await Run(draft, claims, differences, database, work))), null);
    }

    private sealed record Draft(PlanCard Card, JsonElement Json, string RuleHash);

    private static (Draft? Draft, ProblemDocument? Fault) DraftOf(Plan plan, AskWhatIf asked)
    {
        if (asked.Version is { } number)
        {
            if (plan.Version(number) is { } published) return (new Draft(published.Card, published.Json, published.RuleHash), null);
            return plan.Proposal is { } proposal && proposal.Number == number
                ? (new Draft(proposal.Card, proposal.Json, proposal.RuleHash), null)
                : (null, Answers.Invalid("version", $"{plan.Code} has no version {number}"));
        }
        var json = asked.Card!.Value;
        var (card, faults) = CardReading.Read(json);
        return card is null
            ? (null, Answers.Problem(Refusal.Of(Refuse.InvalidCard, [.. faults.Select(broken => (broken.Path.Length == 0 ? "card" : "card." + broken.Path, broken.Reason))])))
            : (new Draft(card, json, CardReading.Hash(json)), null);
    }

    private static async Task<WhatIfResult> Run(Draft draft, DecidedClaims claims, IReadOnlyList<CardDifference> differences, ClaimsDatabase database, WorkContext work)
    {
        await using var connection = await database.Application.OpenConnectionAsync(work.Cancellation);
        var total = await claims.Count(connection, database.Options, work.Cancellation);
        work.Report(0, total);

        var whatIf = new WhatIf(draft.Card);
        var (all, regions) = (new Tally(), new SortedDictionary<string, Tally>(StringComparer.Ordinal));
        // no field begins with what a spreadsheet takes for a formula: numbers, codes and names of ours only
        await using (var csv = CsvWriter.Create(work.Output, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteRecord("申领编号 claim", "地区代码 region", "地区 region name", "事故类型 kind", "决定日期 decided on", "原给付 before", "试算给付 after", "差额 difference", "说明 reason");
            var done = 0L;
            await foreach (var claim in claims.Read(connection, database.Options, work.Cancellation))
            {
                var line = whatIf.Next(claim);
                all.Count(line);
                if (!regions.TryGetValue(claim.Region.Value, out var tally)) regions[claim.Region.Value] = tally = new Tally();
                tally.Count(line);
                Write(csv, line);
                work.Report(++done, total);
            }
        }
        return new WhatIfResult(claims.Plan, claims.From, claims.To, claims.Region, draft.RuleHash, Adjudication.InterpreterFor(draft.Card), differences, all.Totals,
            [.. regions.Select(pair => new WhatIfRegion(RegionCode.Of(pair.Key), RegionCode.Of(pair.Key).Name, pair.Value.Totals))]);
    }

    private static void Write(CsvWriter csv, WhatIfLine line)
    {
        var claim = line.Claim;
        csv.WriteRecord(claim.Number, claim.Region.Value, claim.Region.Name, JsonNamingPolicy.CamelCase.ConvertName(claim.Kind.ToString()),
            claim.DecidedOn.ToString("uuuu-MM-dd", null), line.Before.ToString(), line.After.ToString(), (line.After - line.Before).ToString(), line.Reason ?? "");
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
