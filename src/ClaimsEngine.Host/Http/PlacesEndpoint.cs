using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Programmes;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// What a programme's sponsor asks: how many places are taken, exact, from the counters that enrolments are stored with; and from the
/// register, what has become of the certificates and who has paid what.
/// </summary>
public static class PlacesEndpoint
{
    public static void MapPlaces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/programmes/{programme}/places", Places)
            .For().WithTags("programmes").WithName("GetProgrammePlaces")
            .WithSummary("Places of a programme, and its sponsor's budget if it has one: taken and left, "
                + "in all and of each region's own pool")
            .Produces<ProgrammePlaces>();
        routes.MapGet("/api/programmes/{programme}/counts", Counts)
            .For(Role.Officer, Role.Approver, Role.Finance, Role.Auditor, Role.PlanAdmin)
            .WithTags("programmes").WithName("GetProgrammeCounts")
            .WithSummary("Certificates of a programme in one's region by status, and what each payer owes and has paid, as known at asOf")
            .WithMetadata(QueryValue.AsOf, new WaitsForPosition())
            .Produces<ProgrammeStanding>();
    }

    /// <param name="Pools">the programme's own, then each allocation's; their places add up to the quota</param>
    /// <param name="Budget">null where only the quota limits what the sponsor gives</param>
    internal sealed record ProgrammePlaces(
        string Programme, int Quota, long Taken, long Left, IReadOnlyList<PoolPlaces> Pools, BudgetSpent? Budget);

    /// <param name="Amount">what the sponsor gives at most in all</param>
    /// <param name="Spent">the sponsor's shares, paid or not, of all certificates but those given up before they covered anything</param>
    internal sealed record BudgetSpent(Money Amount, Money Spent, Money Left);

    /// <param name="Places">what the region keeps for itself after what it passed on below</param>
    internal sealed record PoolPlaces(RegionCode Region, string Name, int Places, long Taken, long Left);

    private static async Task<IResult> Places(HttpContext http, RecordRoom room, string programme)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        if (await records.Find<Programme>(ProgrammeId.Of(programme).Value) is not { } found)
            return Answers.Problem(Refuse.NotFound("programme"));
        // an allocation made meanwhile lowers limits only as far as places are left, so nothing is left below zero
        var budgetPool = Programme.BudgetPool(found.Code);
        var taken = await room.Keys.PlacesTaken([.. found.Pools.Select(pool => pool.Name), budgetPool], http.RequestAborted);
        var pools = found.Pools.Select((pool, nth) =>
        {
            var region = nth == 0 ? found.Reach : found.Allocations[nth - 1].Region;
            var of = taken.GetValueOrDefault(pool.Name);
            return new PoolPlaces(region, region.Name, pool.Limit, of, pool.Limit - of);
        }).ToArray();
        var all = pools.Sum(pool => pool.Taken);
        var spent = new Money(taken.GetValueOrDefault(budgetPool));
        var budget = found.Budget is { } amount ? new BudgetSpent(amount, spent, amount - spent) : null;
        return Answers.Json(new ProgrammePlaces(found.Code, found.Quota, all, found.Quota - all, pools, budget));
    }

    private static async Task<IResult> Counts(
        HttpContext http, RecordRoom room, ClaimsStorage storage, IClock clock, string programme)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        var by = http.Actor()!;
        return await room.For(by, asOf, http.RequestAborted).Find<Programme>(ProgrammeId.Of(programme).Value) is { } found
            ? Answers.Json(await ProgrammeCounts.Of(found, by.Region, asOf, storage, clock.GetCurrentInstant(), http.RequestAborted))
            : Answers.Problem(Refuse.NotFound("programme"));
    }
}
