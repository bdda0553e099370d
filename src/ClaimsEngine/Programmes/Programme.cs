namespace ClaimsEngine.Programmes;

/// <summary>A programme under which members are enrolled: a plan, its sponsor, a quota of places allocated down the union levels, and who pays.</summary>
/// <param name="Budget">what the sponsor gives at most in all; null sets no limit but the quota's</param>
public sealed record Programme(
    string Code, string Name, string Plan, int PlanVersion, string Sponsor, int Quota, LocalDate From, LocalDate To,
    IReadOnlyList<RegionCode> Regions, IReadOnlyList<Occupation> Occupations, IReadOnlyList<FundingShare> Funding,
    IReadOnlyList<Allocation> Allocations, string OpenedBy, Money? Budget = null) : IAggregate<Programme>
{
    public static string StreamType => "programme";

    public Guid StreamId => ProgrammeId.Of(Code).Value;

    /// <summary>Everybody's: an officer of a district must be able to read the province's programme. It holds nothing about persons.</summary>
    public RegionCode? Scope => null;

    /// <summary>The smallest place that holds all regions of the programme.</summary>
    public RegionCode Reach => Regions.Aggregate(RegionCode.Shared);

    /// <summary>The pool that a resident of this region draws a place from: the deepest allocation that holds the region, else the programme's own.</summary>
    public Pool PoolFor(RegionCode region) =>
        Allocations.Where(allocation => allocation.Region.Contains(region)).OrderByDescending(allocation => allocation.Region.Level).FirstOrDefault() is { } deepest
            ? new Pool(deepest.Pool, FreePlaces(deepest), [deepest.Region])
            : new Pool(RootPool(Code), Quota - Allocations.Where(IsTop).Sum(allocation => allocation.Places), Regions);

    /// <summary>The programme's own pool and that of each allocation, in the order they were opened; their limits add up to the quota.</summary>
    public IReadOnlyList<Pool> Pools =>
        [new Pool(RootPool(Code), Quota - Allocations.Where(IsTop).Sum(allocation => allocation.Places), Regions), .. Allocations.Select(allocation => PoolFor(allocation.Region))];

    public static string RootPool(string programme) => $"programme/{programme}";

    /// <summary>The pool that the sponsor's budget is, in fen. No pool of places has this name: those end in digits or in the programme's code.</summary>
    public static string BudgetPool(string programme) => $"{RootPool(programme)}/budget";

    /// <summary>Whether a pool is of a budget, which is counted in fen; the others are counted in places.</summary>
    public static bool IsBudget(string pool) => pool.EndsWith("/budget", StringComparison.Ordinal);

    /// <summary>What the sponsor pays of these shares.</summary>
    public Money SponsorsPart(IEnumerable<FundingShare> funding) => Money.Sum(funding.Where(share => share.Payer == Sponsor).Select(share => share.Amount));

    /// <summary>The region within <paramref name="region"/>'s reach: covered if the programme has it or a place above it.</summary>
    public bool Covers(RegionCode region) => Regions.Any(own => own.Contains(region));

    public static Programme? Evolve(Programme? state, object @event) => @event switch
    {
        ProgrammeOpened e => new Programme(e.Programme, e.Name, e.Plan, e.PlanVersion, e.Sponsor, e.Quota, e.From, e.To,
            e.Regions, e.Occupations, e.Funding, [], e.By, e.Budget),
        PlacesAllocated e when state is not null => state with { Allocations = [.. state.Allocations, new Allocation(e.Region, e.Places, e.Pool)] },
        _ => state,
    };

    /// <summary>What is left of an allocation for its own residents after what was allocated further down.</summary>
    private int FreePlaces(Allocation allocation) =>
        allocation.Places - Allocations.Where(below => below != allocation && Parent(below) == allocation).Sum(below => below.Places);

    private Allocation? Parent(Allocation of) => Allocations
        .Where(above => above != of && above.Region.Contains(of.Region)).OrderByDescending(above => above.Region.Level).FirstOrDefault();

    private bool IsTop(Allocation allocation) => Parent(allocation) is null;
}

/// <param name="Pool">name of the pool of places that this allocation is</param>
public sealed record Allocation(RegionCode Region, int Places, string Pool);

/// <summary>A pool of places: its name, how many may be taken from it, and whose it is.</summary>
public sealed record Pool(string Name, int Limit, IReadOnlyList<RegionCode> Regions);
