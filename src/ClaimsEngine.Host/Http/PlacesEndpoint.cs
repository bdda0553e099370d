using ClaimsEngine.Enrolments;
using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.Projections;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// What a programme's sponsor asks: how many places are taken, exact, from the counters that enrolments are stored with; and from the register, what has become of the
/// certificates and who has paid what.
/// </summary>
public static class PlacesEndpoint
{
    public static void MapPlaces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/programmes/{programme}/places", Places).For().WithTags("programmes")
            .WithSummary("Places of a programme, and its sponsor's budget if it has one: taken and left, in all and of each region's own pool")
            .Produces<ProgrammePlaces>();
        routes.MapGet("/api/programmes/{programme}/counts", Counts).For(Role.Officer, Role.Approver, Role.Finance, Role.Auditor, Role.PlanAdmin).WithTags("programmes")
            .WithSummary("Certificates of a programme in one's region by status, and what each payer owes and has paid, as known at asOf")
            .WithMetadata(new QueryValue("asOf", "As known at this instant, like 2025-10-20T08:30:00Z"))
            .Produces<ProgrammeStanding>();
    }

    /// <param name="Pools">the programme's own, then each allocation's; their places add up to the quota</param>
    /// <param name="Budget">null where only the quota limits what the sponsor gives</param>
    internal sealed record ProgrammePlaces(string Programme, int Quota, long Taken, long Left, IReadOnlyList<PoolPlaces> Pools, BudgetSpent? Budget);

    /// <param name="Amount">what the sponsor gives at most in all</param>
    /// <param name="Spent">the sponsor's shares of all certificates that were not given up before they covered anything, paid or to be paid</param>
    internal sealed record BudgetSpent(Money Amount, Money Spent, Money Left);

    /// <param name="Places">what the region keeps for itself after what it passed on below</param>
    internal sealed record PoolPlaces(RegionCode Region, string Name, int Places, long Taken, long Left);

    private static async Task<IResult> Places(HttpContext http, IEventStore store, IdentityKey key, string programme)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        if (await new Records(store, key, http.Actor()!, http.RequestAborted).Find<Programme>(ProgrammeId.Of(programme).Value) is not { } found)
            return Answers.Problem(Refuse.NotFound("programme"));
        // an allocation made meanwhile lowers limits only as far as places are left, so nothing is left below zero
        var budgetPool = Programme.BudgetPool(found.Code);
        var taken = await store.PlacesTaken([.. found.Pools.Select(pool => pool.Name), budgetPool], http.RequestAborted);
        var pools = found.Pools.Select((pool, i) => (Pool: pool, Region: i == 0 ? found.Reach : found.Allocations[i - 1].Region, Taken: taken.GetValueOrDefault(pool.Name)))
            .Select(pool => new PoolPlaces(pool.Region, pool.Region.Name, pool.Pool.Limit, pool.Taken, pool.Pool.Limit - pool.Taken)).ToArray();
        var all = pools.Sum(pool => pool.Taken);
        var spent = new Money(taken.GetValueOrDefault(budgetPool));
        return Answers.Json(new ProgrammePlaces(
            found.Code, found.Quota, all, found.Quota - all, pools, found.Budget is { } budget ? new BudgetSpent(budget, spent, budget - spent) : null));
    }

    private static async Task<IResult> Counts(
        HttpContext http, IEventStore store, ClaimsDatabase database, Projector projector, IdentityKey key, IClock clock, string programme)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, projector, EnrolmentRegister.Model.Table) is { } invalid) return invalid;
        var by = http.Actor()!;
        return await new Records(store, key, by, http.RequestAborted, asOf).Find<Programme>(ProgrammeId.Of(programme).Value) is { } found
            ? Answers.Json(await ProgrammeCounts.Of(found, by.Region, asOf, database, clock.GetCurrentInstant(), http.RequestAborted))
            : Answers.Problem(Refuse.NotFound("programme"));
    }
}
