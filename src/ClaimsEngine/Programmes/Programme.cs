namespace ClaimsEngine.Programmes;

/// <summary>What members are enrolled under: a plan, its sponsor, who pays, and places allocated down the union levels.</summary>
/// <param name="Budget">what the sponsor gives at most in all; null sets no limit but the quota's</param>
public sealed record Programme(
    string Code, string Name, string Plan, int PlanVersion, string Sponsor, int Quota, LocalDate From, LocalDate To,
    IReadOnlyList<RegionCode> Regions, IReadOnlyList<Occupation> Occupations, IReadOnlyList<FundingShare> Funding,
    IReadOnlyList<Allocation> Allocations, string OpenedBy, Money? Budget = null) : AggregateState, IAggregate<Programme>
{
    public static string StreamType => "programme";

    public override Guid StreamId => ProgrammeId.Of(Code).Value;

    /// <summary>Everybody's: an officer of a district reads the province's programme. It holds nothing about persons.</summary>
    public override RegionCode? Scope => null;

    /// <summary>How the budget has risen since the programme was opened, in order.</summary>
    public IReadOnlyList<BudgetRaised> Raises { get; init; } = [];

    /// <summary>The smallest place that holds all regions of the programme.</summary>
    public RegionCode Reach => Regions.Aggregate(RegionCode.Shared);

    /// <summary>The pool that a resident takes a place from: of the deepest allocation that holds it, else the programme's own.</summary>
    public Pool PoolFor(RegionCode region) =>
        Allocations.Where(allocation => allocation.Region.Contains(region)).OrderByDescending(allocation => allocation.Region.Level)
            .FirstOrDefault() is { } deepest
            ? new Pool(deepest.Pool, FreePlaces(deepest), [deepest.Region])
            : OwnPool;

    /// <summary>The programme's own pool and that of each allocation, as they were opened; their limits add up to the quota.</summary>
    public IReadOnlyList<Pool> Pools =>
        [OwnPool, .. Allocations.Select(allocation => PoolFor(allocation.Region))];

    private Pool OwnPool => new(RootPool(Code), Quota - Allocations.Where(IsTop).Sum(allocation => allocation.Places), Regions);

    public static string RootPool(string programme) => $"programme/{programme}";

    /// <summary>The pool of the sponsor's budget, in fen. Pools of places end with a programme's code or with digits, never so.</summary>
    public static string BudgetPool(string programme) => $"{RootPool(programme)}/budget";

    /// <summary>Whether a pool is of a budget, which is counted in fen; the others are counted in places.</summary>
    public static bool IsBudget(string pool) => pool.EndsWith("/budget", StringComparison.Ordinal) && pool != RootPool("budget");

    /// <summary>Whether nobody but the sponsor pays. A gift covers its whole period for everybody on the sponsor's list, whenever a name is
    /// entered; what others pay for covers nothing that lies before the entry.</summary>
    public bool IsGifted => Funding.All(share => share.Payer == Sponsor);

    /// <summary>What the sponsor pays of these shares.</summary>
    public Money SponsorsPart(IEnumerable<FundingShare> funding) =>
        Money.Sum(funding.Where(share => share.Payer == Sponsor).Select(share => share.Amount));

    /// <summary>Whether the programme is for this place: it names the place itself or one that holds it.</summary>
    public bool Covers(RegionCode region) => Regions.Any(own => own.Contains(region));

    public static Programme? Evolve(Programme? state, object @event) => @event switch
    {
        ProgrammeOpened e => new Programme(e.Programme, e.Name, e.Plan, e.PlanVersion, e.Sponsor, e.Quota, e.From, e.To,
            e.Regions, e.Occupations, e.Funding, [], e.By, e.Budget),
        PlacesAllocated e when state is not null =>
            state with { Allocations = [.. state.Allocations, new Allocation(e.Region, e.Places, e.Pool)] },
        BudgetRaised e when state?.Budget is { } budget => state with { Budget = budget + e.Added, Raises = [.. state.Raises, e] },
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
