using System.Globalization;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Rosters.Writing;
using Microsoft.Net.Http.Headers;
using NodaTime.Text;

namespace ClaimsEngine.Host.Exports;

/// <summary>
/// A table as a file to be saved: CSV, XLSX or Parquet. Rows are written as they come and are not held. <c>Event-Position</c> and
/// <c>As-Of</c> say what it rests on. If it fails halfway, the connection is cut: a file that ends has all its rows.
/// </summary>
/// <param name="table">name of the read model or question, snake_case: it names the file and finds the title in Chinese</param>
/// <param name="rows">a value for each column, of its type, an enum's or an id's too, or null</param>
internal sealed partial class TableFile(
    TableFormat format, string table, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<IReadOnlyList<object?>> rows) : IResult
{
    /// <summary>The header that says as of which moment the table is.</summary>
    public const string AsOfHeader = "As-Of";

    /// <summary>The moment as of which the rows are true.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>Of the last event that the rows know.</summary>
    public required long Position { get; init; }

    /// <summary>Sums, a value for each column or null: the last row in CSV and XLSX, absent from Parquet.</summary>
    public IReadOnlyList<object?>? Total { get; init; }

    /// <summary>Whether names of people are in it: the log says so.</summary>
    public bool HasNames { get; init; }

    /// <summary>Sends the file. The response must not have started.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellation, count) = (httpContext.Response, httpContext.RequestAborted, 0L);
        var log = httpContext.RequestServices.GetRequiredService<ILogger<TableFile>>();
        var moment = InstantPattern.ExtendedIso.Format(AsOf);
        response.ContentType = MediaTypes.TypeOf(format);
        response.Headers[Answers.PositionHeader] = Position.ToString(CultureInfo.InvariantCulture);
        response.Headers[AsOfHeader] = moment;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = FileName }.ToString();
        try
        {
            await using var writer = TableWriter.To(
                response.Body, format, Headings.Title(table), columns,
                new TableNote("table", "表", Headings.Title(table)), new TableNote("asOf", "统计时点（UTC）", moment),
                new TableNote("position", "事件位置", response.Headers[Answers.PositionHeader]!));
            var cells = new object?[columns.Count];
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                for (var i = 0; i < cells.Length; i++) cells[i] = TableColumns.Cell(row[i]);
                await writer.Write(cells, cancellation);
                count++;
            }
            await writer.Finish(Total?.Select(TableColumns.Cell).ToArray(), cancellation);
        }
        catch (Exception exception) when (response.HasStarted)
        {
            // what was sent is no whole file, and must not look like one
            if (!cancellation.IsCancellationRequested) Broken(log, table, httpContext.TraceId(), ProblemAnswers.TraceOf(exception));
            httpContext.Abort();
        }
        finally
        {
            // who was sent a part of it has seen that part
            if (response.HasStarted)
                Exported(log, table, format, count, HasNames, httpContext.Actor()?.Id, httpContext.TraceId());
        }
    }

    /// <summary>The table and the day, in letters that every system takes.</summary>
    private string FileName =>
        $"{table.Replace('_', '-')}-{LocalDatePattern.Iso.Format(AsOf.Date())}.{MediaTypes.ExtensionOf(format)}";

    [LoggerMessage(LogLevel.Information,
        "{User} took {Rows} rows of {Table} as {Format}, names of people among them: {HasNames} (request {TraceId})")]
    private static partial void Exported(
        ILogger log, string table, TableFormat format, long rows, bool hasNames, string? user, string traceId);

    [LoggerMessage(LogLevel.Error, "The export of {Table} broke off (request {TraceId}): {Trace}")]
    private static partial void Broken(ILogger log, string table, string traceId, string trace);
}
