namespace ClaimsEngine.Statements;

public static class StatementsModule
{
    private static readonly Role[] Readers = [Role.Finance, Role.Auditor];

    public static Module Create() => new Module("statements")
        .Stores<BankStatement>(typeof(BankStatementRecorded), typeof(StatementLineExplained))
        .Creates<RecordBankStatement, BankStatement>("/api/bank-statements", Role.Finance,
            "Record a statement of the organiser's account and match its lines")
        .On<ExplainStatementLine, BankStatement>("/api/bank-statements/{statement}/explanation", Role.Finance, c => c.Statement.Value,
            "Explain a line of a statement that nothing fits")
        .Shows<BankStatement, BankStatementView>("/api/bank-statements/{statement}", Module.ById,
            statement => $"/api/bank-statements/{statement.Id}", BankStatementView.Of, "A bank statement", Readers)
        .Projects(BankStatementList.Model)
        .Offers(new ListRoute("/api/bank-statements", BankStatementList.Model, nameof(BankStatementRow.Region), "All bank statements",
            Readers,
            new ListFilter("open", nameof(BankStatementRow.HasOpen)),
            new ListFilter("region", nameof(BankStatementRow.Region), ListMatch.RegionPrefix),
            new ListFilter("from", nameof(BankStatementRow.BookedTo), ListMatch.From),
            new ListFilter("to", nameof(BankStatementRow.BookedFrom), ListMatch.To)));
}

/// <param name="Open">lines that nothing fits and nobody has explained</param>
public sealed record BankStatementView(
    BankStatementId Id, string Account, string Number, RegionCode Region, LocalDate From, LocalDate To, Money Opening, Money Closing,
    int Open, IReadOnlyList<StatementLineView> Lines, string RecordedBy)
{
    public static Task<BankStatementView> Of(BankStatement statement, IRecords records) => Task.FromResult(new BankStatementView(
        statement.Id, statement.Account, statement.Number, statement.Region, statement.From, statement.To, statement.Opening,
        statement.Closing, statement.Open,
        [.. statement.Lines.Select((line, place) =>
            StatementLineView.Of(place + 1, line, statement.Explained.GetValueOrDefault(place + 1)))],
        statement.By));
}

/// <param name="Line">its place, from 1</param>
/// <param name="Amount">below zero for money that left</param>
/// <param name="PayoutId">whose money left or came back; absent where it is of no payout</param>
/// <param name="RecoveryId">under which somebody paid back; absent where it is no repayment</param>
/// <param name="Explanation">what a person said of a line that nothing fits; absent until then</param>
public sealed record StatementLineView(
    int Line, LocalDate BookedOn, Money Amount, string? BankReference, PayoutId? PayoutId, RecoveryId? RecoveryId, string? Explanation,
    string? ExplainedBy)
{
    public static StatementLineView Of(int place, StatementLine line, StatementLineExplained? told) => new(
        place, line.BookedOn, line.Amount, line.BankReference, line.Match?.Payout, line.Match?.Recovery, told?.Reason, told?.By);
}
