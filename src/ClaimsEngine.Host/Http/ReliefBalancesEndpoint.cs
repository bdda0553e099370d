using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Relief;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>What each level has left of a fund, exact, from the counters that allocations, returns and grants are stored with.</summary>
public static class ReliefBalancesEndpoint
{
    public static void MapReliefBalances(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/relief-funds/{fund}/balances", Show)
        .For(Role.Officer, Role.Approver, Role.Finance, Role.Auditor, Role.PlanAdmin)
        .WithTags("relief").WithName("GetReliefBalances")
        .WithSummary("What each level of one's region has received of a fund, passed on, granted, and has left")
        .Produces<ReliefBalances>();

    /// <param name="Levels">of the reader's region that have had money of the fund; what they granted and have left adds up to what the
    /// topmost of them received less what it gave back</param>
    internal sealed record ReliefBalances(string Fund, Money Budget, Money Granted, Money Left, IReadOnlyList<ReliefBalance> Levels);

    /// <param name="Unit">code of the employer, where the level is a unit's</param>
    /// <param name="Received">from above; of the fund's own level the budget</param>
    /// <param name="PassedDown">to levels below</param>
    /// <param name="CameBack">from levels below</param>
    /// <param name="GivenBack">to the level above</param>
    /// <param name="Granted">to households, paid or to be paid</param>
    internal sealed record ReliefBalance(
        RegionCode Region, string Name, string? Unit, Money Received, Money PassedDown, Money CameBack, Money GivenBack, Money Granted,
        Money Left);

    private static async Task<IResult> Show(HttpContext http, RecordRoom room, string fund)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        var (by, id, cancellation) = (http.Actor()!, ReliefFundId.Of(fund).Value, http.RequestAborted);
        if (await room.For(by, cancellation: cancellation).Find<ReliefFund>(id) is not { } found)
            return Answers.Problem(Refuse.NotFound("relief fund"));
        for (;;)
        {
            // Money that moves between the two questions would seem granted: counters are shown beside the fund of the same moment.
            var taken = await room.Keys.PlacesTaken([.. found.Levels.Select(level => level.Pool)], cancellation);
            var again = (await room.For(by, cancellation: cancellation).Find<ReliefFund>(id))!;
            if (again.StreamVersion == found.StreamVersion) return Answers.Json(Of(found, by, taken));
            found = again;
        }
    }

    private static ReliefBalances Of(ReliefFund fund, Actor by, IReadOnlyDictionary<string, long> taken)
    {
        ReliefBalance[] levels = [.. fund.Levels.Where(level => by.Sees(level.Region)).Select(level =>
        {
            var of = taken.GetValueOrDefault(level.Pool);
            return new ReliefBalance(
                level.Region, level.Region.Name, level.Unit, level.Received, level.PassedDown, level.CameBack, level.GivenBack,
                level.Granted(of), level.Left(of));
        })];
        return new ReliefBalances(
            fund.Code, fund.Budget, Money.Sum(levels.Select(level => level.Granted)), Money.Sum(levels.Select(level => level.Left)),
            levels);
    }
}
