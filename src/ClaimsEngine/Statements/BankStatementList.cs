namespace ClaimsEngine.Statements;

public sealed record BankStatementRow(
    [property: Column("the organiser's account; no personal data")] string Account,
    [property: Column("the bank's number of the statement")] string Number,
    [property: Column("GB/T 2260 code or prefix of who recorded it")] RegionCode Region,
    [property: Column("first day of booking")] LocalDate BookedFrom,
    [property: Column("last day of booking, inclusive")] LocalDate BookedTo,
    [property: Column("balance before the first line, in fen")] Money Opening,
    [property: Column("balance after the last line, in fen")] Money Closing,
    [property: Column("number of lines")] int Lines,
    [property: Column("lines that a payout or a repayment fits")] int Matched,
    [property: Column("other lines that a person has explained")] int Explained,
    [property: Column("lines that nothing fits and nobody has explained")] int Unexplained,
    [property: Column("whether there are such lines")] bool HasOpen);

public static class BankStatementList
{
    public static readonly ReadModel<BankStatementRow> Model = new(
        "bank_statements", "Statements of the organiser's accounts", BankStatement.StreamType, Evolve, "has_open, region, id");

    public static BankStatementRow? Evolve(BankStatementRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        BankStatementRecorded e => Counted(new BankStatementRow(
            e.Account, e.Number, e.Region, e.From, e.To, e.Opening, e.Closing, e.Lines.Count,
            e.Lines.Count(line => line.Match is not null), 0, 0, false)),
        _ when row is null => null,
        StatementLineExplained => Counted(row with { Explained = row.Explained + 1 }),
        _ => row,
    };

    private static BankStatementRow Counted(BankStatementRow row)
    {
        var open = row.Lines - row.Matched - row.Explained;
        return row with { Unexplained = open, HasOpen = open > 0 };
    }
}
