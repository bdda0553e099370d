namespace ClaimsEngine.Relief;

/// <summary>The money of a year or a campaign for people in hardship (困难帮扶, 送温暖): a budget that is passed down the union levels,
/// from province to city, county and unit, and granted by the level that has it.</summary>
/// <param name="Levels">who has had money of it, the fund's own level first</param>
public sealed record ReliefFund(
    string Code, string Name, RegionCode Region, Money Budget, LocalDate From, LocalDate To, IReadOnlyList<ReliefKind> Kinds,
    IReadOnlyList<ReliefLevel> Levels, string OpenedBy, bool Closed = false) : AggregateState, IAggregate<ReliefFund>
{
    public static string StreamType => "relief_fund";

    public override Guid StreamId => ReliefFundId.Of(Code).Value;

    /// <summary>Everybody's, as a programme is: an officer of a district reads the province's fund. It holds nothing about persons, and
    /// its view shows each reader the levels of the own region.</summary>
    public override RegionCode? Scope => null;

    /// <summary>The pool of money of a level, in fen. What is taken of it was passed down, given back or granted.</summary>
    public static string PoolOf(string fund, RegionCode region, string? unit, RegionCode top) =>
        unit is not null ? $"relief/{fund}/unit/{unit}" : region == top ? $"relief/{fund}" : $"relief/{fund}/{region}";

    public ReliefKind? Kind(string code) => Kinds.FirstOrDefault(kind => kind.Code == code);

    /// <summary>The level of exactly this region, or of this unit; null if it has had no money.</summary>
    public ReliefLevel? Level(RegionCode region, string? unit) =>
        Levels.FirstOrDefault(level => unit is null ? level.Unit is null && level.Region == region : level.Unit == unit);

    /// <summary>Whose money a household of this place is given: the unit's, if it has had any, else the smallest region's that holds the
    /// place.</summary>
    public ReliefLevel LevelFor(RegionCode region, string? unit) =>
        (unit is null ? null : Level(region, unit)) ?? Levels
            .Where(level => level.Unit is null && level.Region.Contains(region)).MaxBy(level => level.Region.Level)!;

    /// <summary>The level that money of this level comes from and goes back to: that of its first allocation; for a level that has had
    /// none, the smallest region's above it. Null above the fund's own level.</summary>
    public ReliefLevel? Above(RegionCode region, string? unit) => Level(region, unit) is { } known
        ? Levels.FirstOrDefault(level => level.Pool == known.From)
        : Levels.Where(level => level.Unit is null && level.Region.Contains(region) && (unit is not null || level.Region != region))
            .MaxBy(level => level.Region.Level);

    public static ReliefFund? Evolve(ReliefFund? state, object @event) => @event switch
    {
        ReliefFundOpened e => new ReliefFund(e.Fund, e.Name, e.Region, e.Budget, e.From, e.To, e.Kinds,
            [new ReliefLevel(e.Region, null, PoolOf(e.Fund, e.Region, null, e.Region), null, e.Budget, Money.Zero, Money.Zero, Money.Zero)],
            e.By),
        _ when state is null => null,
        ReliefMoneyAllocated e => state.Received(e).With(e.From, level => level with { PassedDown = level.PassedDown + e.Amount }),
        ReliefMoneyReturned e => state.With(e.Pool, level => level with { GivenBack = level.GivenBack + e.Amount })
            .With(e.To, level => level with { CameBack = level.CameBack + e.Amount }),
        ReliefFundClosed => state with { Closed = true },
        _ => state,
    };

    private ReliefFund Received(ReliefMoneyAllocated e) => Level(e.Region, e.Unit) is null
        ? this with
        {
            Levels = [.. Levels, new ReliefLevel(e.Region, e.Unit, e.Pool, e.From, e.Amount, Money.Zero, Money.Zero, Money.Zero)],
        }
        : With(e.Pool, level => level with { Received = level.Received + e.Amount });

    private ReliefFund With(string pool, Func<ReliefLevel, ReliefLevel> change) =>
        this with { Levels = [.. Levels.Select(level => level.Pool == pool ? change(level) : level)] };
}

/// <summary>A level that has had money of a fund. All its amounts only grow, so that a limit read a moment ago is never too high.</summary>
/// <param name="Unit">code of the employer, where the level is a unit's</param>
/// <param name="From">the pool of the level above; null for the fund's own</param>
/// <param name="Received">from above; of the fund's own level the budget</param>
/// <param name="PassedDown">to levels below</param>
/// <param name="GivenBack">to the level above</param>
/// <param name="CameBack">from levels below</param>
public sealed record ReliefLevel(
    RegionCode Region, string? Unit, string Pool, string? From, Money Received, Money PassedDown, Money GivenBack, Money CameBack)
{
    /// <summary>What this level calls itself in a sentence.</summary>
    public string Name => Unit is null ? Region.Name : $"{Region.Name} {Unit}";

    /// <summary>What was granted of it, where so much is taken of its pool.</summary>
    /// <param name="taken">in fen</param>
    public Money Granted(long taken) => new Money(taken) + CameBack - PassedDown - GivenBack;

    /// <summary>What is left of it, where so much is taken of its pool.</summary>
    /// <param name="taken">in fen</param>
    public Money Left(long taken) => Received - new Money(taken);

    /// <summary>Takes money of this level; refused if it does not suffice, exactly, whoever takes at once.</summary>
    /// <param name="field">of the request that names the amount</param>
    public Decision Taking(Money amount, string field, Decision decision)
    {
        var refused = new Refusal(Refuse.ReliefMoneyShort, $"{amount} yuan are more than what is left with {Name}", field);
        return amount > Received ? refused : decision.With(new PlaceChange(Pool, amount.Fen, Received.Fen), refused);
    }
}
