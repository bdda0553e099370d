using System.Globalization;
using ClaimsEngine.Figures;
using ClaimsEngine.Host.Queries.Finance;
using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Host.Exports;

/// <summary>An answer to finance as a file. A cell that holds several amounts becomes as many columns, numbered from 0.</summary>
internal static class FinanceFile
{
    public static TableFile Of(FinanceTable table, TableFormat format)
    {
        int?[] several = [.. table.Columns.Select((column, place) => column.Type != typeof(IReadOnlyList<Money>) ? (int?)null
            : table.Rows.Select(row => ((IReadOnlyList<Money>)row[place]!).Count).DefaultIfEmpty(0).Max())];
        return new TableFile(
            format, table.Name, [.. table.Columns.SelectMany((column, place) => Columns(table.Name, column, several[place]))],
            table.Rows.Select(row => (IReadOnlyList<object?>)Cells(row, several)).ToAsyncEnumerable())
        {
            AsOf = table.AsOf, Position = table.Position, Total = table.Total is null ? null : Cells(table.Total, several),
        };
    }

    private static IEnumerable<TableColumn> Columns(string table, FinanceColumn column, int? several)
    {
        if (several is null)
            return [TableColumns.Of(table, column.Name, column.Type == typeof(Fraction) ? typeof(decimal) : column.Type)];
        var heading = Headings.Of(table, column.Name);
        return Enumerable.Range(0, several.Value)
            .Select(nth => new TableColumn($"{column.Name}{nth}", $"{heading}{nth}", CellKind.Money));
    }

    private static object?[] Cells(object?[] row, int?[] several) =>
    [
        .. row.SelectMany((cell, place) => several[place] is { } count
            ? Enumerable.Range(0, count)
                .Select(nth => cell is IReadOnlyList<Money> amounts && nth < amounts.Count ? amounts[nth] : (object?)null)
            : [cell switch
            {
                Fraction ratio => decimal.Parse(ratio.ToString(), CultureInfo.InvariantCulture),
                IReadOnlyList<SolvencyAlert> alerts => string.Join("；", alerts.Select(alert => alert.WordsZh)),
                _ => cell,
            }]),
    ];
}
