using ClaimsEngine.Host.AuditPacks;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>An audit pack as it is asked for.</summary>
/// <param name="Plan">code of the plan</param>
/// <param name="Year">plan year: the calendar year in which the cover begins, 2000 to 2100</param>
/// <param name="Seed">of the draw of the sample, 1 to 60 letters, digits, dots, hyphens, slashes and underscores; plan and year if not
/// told</param>
/// <param name="Position">place in the log up to which it is packed; everything if not told. The same position gives the same
/// pack</param>
public sealed record AskAuditPack(string Plan, int Year, string? Seed = null, long? Position = null);

/// <summary>
/// The annual audit pack of a plan: one ZIP that is read and verified without the server. Finance may order one and sees its totals and
/// hash; the file tells of accidents and illnesses, so auditors alone fetch it.
/// </summary>
public static class AuditPackEndpoints
{
    public static void MapAuditPacks(this IEndpointRouteBuilder routes)
    {
        routes.MapLongWorkStart("/api/finance/audit-packs", Read, Role.Finance, Role.Auditor).Accepts<AskAuditPack>("application/json")
            .WithTags("finance").WithName("StartAuditPack")
            .WithSummary("Pack a plan year for auditors: events, sheets, sampled decisions computed again, bank results and hashes");
        routes.MapLongWork<AuditPackResult>(
                "/api/finance/audit-packs/{auditPack}", AuditPackWork.Name, hasOutput: false, Role.Finance, Role.Auditor)
            .WithTags("finance").WithName("GetAuditPack")
            .WithSummary("An audit pack: its progress, its totals, and the hash of its list of files");
        routes.MapLongWorkOutput(
                "/api/finance/audit-packs/{auditPack}/file", AuditPackWork.Name, "audit pack",
                _ => ("application/zip", "zip"), Role.Auditor)
            .WithTags("finance").WithName("GetAuditPackFile")
            .WithSummary("The pack as a ZIP; the program's verb verify-pack verifies it anywhere")
            .Produces<Stream>(contentType: "application/zip").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, ReadOnlyMemory<byte> body, QueryText query)
    {
        var (asked, fault) = RequestBody.Read<AskAuditPack>(body);
        if (asked is null) return (null, fault);
        if (asked.Year is < 2000 or > 2100) return (null, Answers.Invalid("year", "is 2000 to 2100"));
        if (asked.Seed is { } seed && !AuditPackRun.IsSeed(seed)) return (null, Answers.Invalid("seed", AuditPackRun.SeedRule));
        var (actor, given) = (http.Actor()!, http.RequestServices);
        if (asked.Position is { } position
            && (position < 1 || position > await given.GetRequiredService<EventReader>().HighWaterMark(http.RequestAborted)))
            return (null, Answers.Invalid("position", "is 1 or more, and not beyond the end of the log"));
        var records = given.GetRequiredService<RecordRoom>().For(actor, cancellation: http.RequestAborted);
        if (await records.Find<Plan>(PlanId.Of(asked.Plan).Value) is not { } plan)
            return (null, Answers.Problem(new Refusal(Refuse.UnknownPlan, $"there is no plan {asked.Plan}", "plan")));
        if (!await given.GetRequiredService<AuditPackRun>().LiesIn(actor.Region, plan.Code, http.RequestAborted))
            return (null, Answers.Problem(new Refusal(Refuse.OutsideRegion,
                $"{actor.Id} acts for {actor.Region.Name} only, and the plan has cases elsewhere: a pack is of the whole plan", "plan")));
        var order = new AuditPackInstruction(plan.Code, asked.Year, asked.Position, asked.Seed);
        return (new NewWork(AuditPackWork.Name, actor.Region, order), null);
    }
}
