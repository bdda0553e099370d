using ClaimsEngine.Books;
using ClaimsEngine.Host.Queries.Books;
using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Host.Exports;

/// <summary>The books as files: balances, the trial balance, and the journal with a row for each line of an entry.</summary>
internal static class BookTables
{
    public static TableFile File(TableFormat format, AccountBalances balances)
    {
        const string Table = "account_balances";
        TableColumn[] columns =
        [
            Text(Table, "plan"), TableColumns.Of<int>(Table, "planYear"), .. AccountColumns(Table), Yuan(Table, "debit"),
            Yuan(Table, "credit"), Yuan(Table, "balance"),
        ];
        return new TableFile(format, Table, columns, balances.Rows.Select(row => (IReadOnlyList<object?>)
            [row.Plan, row.PlanYear, .. Cells(row.Account), row.Debit, row.Credit, row.Balance]).ToAsyncEnumerable())
        {
            AsOf = balances.AsOf, Position = balances.Position,
            Total = [null, null, null, null, null, null, balances.Debit, balances.Credit, null],
        };
    }

    public static TableFile File(TableFormat format, TrialBalance trial)
    {
        const string Table = "trial_balance";
        TableColumn[] columns =
        [
            .. AccountColumns(Table), Yuan(Table, "opening"), Yuan(Table, "debit"), Yuan(Table, "credit"), Yuan(Table, "closing"),
        ];
        return new TableFile(format, Table, columns, trial.Rows.Select(row => (IReadOnlyList<object?>)
            [.. Cells(row.Account), row.Opening, row.Debit, row.Credit, row.Closing]).ToAsyncEnumerable())
        {
            AsOf = trial.AsOf, Position = trial.Position,
            Total = [null, null, null, null, trial.Total.Opening, trial.Total.Debit, trial.Total.Credit, trial.Total.Closing],
        };
    }

    public static TableFile File(
        TableFormat format, Instant asOf, long position, IAsyncEnumerable<(EntryView Entry, EntryCursor Place)> entries)
    {
        const string Table = "journal_entries";
        TableColumn[] columns =
        [
            TableColumns.Of<long>(Table, "position"), TableColumns.Of<Instant>(Table, "recordedAt"),
            TableColumns.Of<LocalDate>(Table, "date"), Text(Table, "period"), Text(Table, "event"), Text(Table, "reference"),
            Text(Table, "plan"), TableColumns.Of<int>(Table, "planYear"), Text(Table, "programme"),
            TableColumns.Of<RegionCode>(Table, "region"), Text(Table, "account"), Text(Table, "code"), Text(Table, "nameZh"),
            Yuan(Table, "debit"), Yuan(Table, "credit"), Text(Table, "payer"),
        ];
        return new TableFile(format, Table, columns, entries.SelectMany(one => Lines(one.Entry).ToAsyncEnumerable()))
        {
            AsOf = asOf, Position = position,
        };
    }

    private static IEnumerable<IReadOnlyList<object?>> Lines(EntryView entry) => entry.Lines.Select(line => (IReadOnlyList<object?>)
    [
        entry.Position, entry.RecordedAt, entry.Date, entry.Period.ToString(), entry.Event, entry.Reference, entry.Plan, line.PlanYear,
        entry.Programme, entry.Region, NameOf(line.Account), line.Code, line.NameZh, line.Debit, line.Credit, line.Payer,
    ]);

    private static TableColumn[] AccountColumns(string table) =>
        [Text(table, "account"), Text(table, "code"), Text(table, "nameZh"), TableColumns.Of<AccountClass>(table, "class")];

    private static object?[] Cells(AccountLine account) => [NameOf(account.Key), account.Code, account.NameZh, account.Class];

    private static string NameOf(BookAccount account) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(account.ToString());

    private static TableColumn Text(string table, string name) => TableColumns.Of<string>(table, name);

    private static TableColumn Yuan(string table, string name) => TableColumns.Of<Money>(table, name);
}
