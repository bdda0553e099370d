namespace ClaimsEngine.Relief;

public sealed record ReliefFundRow(
    [property: Column("stable code of the fund")] string Code,
    string Name,
    [property: Column("GB/T 2260 code or prefix of the level whose money it is")] RegionCode Region,
    [property: Column("in all, in fen")] Money Budget,
    [property: Column("passed down by the fund's own level and not come back, in fen")] Money PassedDown,
    [property: Column("first day on which applications are taken")] LocalDate From,
    [property: Column("last day on which applications are taken, inclusive")] LocalDate To,
    [property: Column("nothing is asked for or granted any more")] bool Closed);

public static class ReliefFundList
{
    public static readonly ReadModel<ReliefFundRow> Model =
        new("relief_funds", "Funds for hardship relief", ReliefFund.StreamType, Evolve);

    public static ReliefFundRow? Evolve(ReliefFundRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        ReliefFundOpened e => new ReliefFundRow(e.Fund, e.Name, e.Region, e.Budget, Money.Zero, e.From, e.To, false),
        _ when row is null => null,
        ReliefMoneyAllocated e when e.From == TopOf(row) => row with { PassedDown = row.PassedDown + e.Amount },
        ReliefMoneyReturned e when e.To == TopOf(row) => row with { PassedDown = row.PassedDown - e.Amount },
        ReliefFundClosed => row with { Closed = true },
        _ => row,
    };

    private static string TopOf(ReliefFundRow row) => ReliefFund.PoolOf(row.Code, row.Region, null, row.Region);
}
