using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ClaimsEngine.Employers;
using ClaimsEngine.Rosters.Csv;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Rosters.Importing;

/// <summary>
/// Employers from a CSV file in UTF-8 or GB18030, each registered by the rule of a single registration, stored in bulk. Headings in Chinese
/// or English, in any order: 单位代码 code, 单位名称 name, 地区 region, 职工人数 staff, 女职工人数 women. A file imported twice changes nothing.
/// </summary>
public sealed class EmployerImport(Importer importer, EventReader events, Actor by)
{
    private const int ChunkRows = 2_000, MostShown = 200;

    private static readonly string[][] Headings =
    [
        ["单位代码", "单位编码", "code", "employer", "unit"], ["单位名称", "名称", "name"], ["地区", "行政区划", "region"],
        ["职工人数", "staff"], ["女职工人数", "women"],
    ];

    /// <param name="file">seekable; left open</param>
    /// <returns>how it ended, and why rows were rejected, the first 200</returns>
    /// <exception cref="UnreadableException">A heading is missing, or the file is no CSV.</exception>
    /// <exception cref="SourceTakenException">Another process imports it.</exception>
    public async Task<(ImportEnd End, IReadOnlyList<RejectedRow> Rejected)> Over(
        Stream file, Action<long> report, CancellationToken cancellation)
    {
        file.Position = 0;
        // "units" as before: an import that was begun goes on
        var source = $"units/{Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation))}/{by.Region}";
        file.Position = 0;
        var encoding = CsvText.Detect(file, cancellation);
        var before = await importer.StateOf(source, cancellation) ?? new ImportState(source, 0, 0, 0, 0, 0, 0);
        var progress = new Listener(now => report(now.Rows));
        var state = await importer.Run(source, Rows(file, encoding, source, cancellation), null, progress, cancellation);
        var rejected = await importer.RejectedRows(source, cancellation).Take(MostShown).ToListAsync(cancellation);
        var unchanged = UnchangedRows(state) - UnchangedRows(before);
        return (new ImportEnd(state.Rows, state.Rejected, before.Rows, unchanged, state.Events - before.Events, state.Position), rejected);

        // every row is one employer: it is rejected, or makes a stream, or changes nothing
        static long UnchangedRows(ImportState at) => at.Rows - at.Rejected - at.Streams;
    }

    private async IAsyncEnumerable<ImportRow> Rows(
        Stream file, Encoding encoding, string source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var known = new Dictionary<Guid, Employer>();
        var request = NamedGuid.Of("import", source).ToString();
        var stamp = new EventStamp(by, Role.Officer, nameof(RegisterEmployer), request, request);
        foreach (var rows in Read(file, encoding).Chunk(ChunkRows))
        {
            var named = rows.Select(row => row.Employer).OfType<RegisterEmployer>().Select(employer => EmployerId.Of(employer.Code).Value);
            foreach (var (stream, stored) in await events.ReadStreams([.. named.Where(id => !known.ContainsKey(id))], cancellation))
                if (Fold.Of<Employer>(stored.Select(recorded => recorded.Data)) is { } employer) known[stream] = employer;
            foreach (var (number, asked, fault) in rows)
            {
                if (asked is null)
                {
                    yield return ImportRow.Refused(number, Refuse.InvalidRequest.Code, fault!);
                    continue;
                }
                var id = EmployerId.Of(asked.Code).Value;
                var decision = RegisterEmployerHandler.Handle(asked, known.GetValueOrDefault(id), by);
                if (decision.Refusal is { } refusal)
                {
                    yield return ImportRow.Refused(number, refusal.Code, refusal.Rule.TitleZh);
                    continue;
                }
                var write = new PendingWrite();
                foreach (var state in write.Add(decision, stamp.Of)) known[id] = (Employer)state;
                yield return ImportRow.Of(number, write);
            }
        }
    }

    private static IEnumerable<(long Number, RegisterEmployer? Employer, string? Fault)> Read(Stream file, Encoding encoding)
    {
        int[]? positions = null;
        var validator = new RegisterEmployer.Validator();
        foreach (var row in new CsvSource(file, encoding, ',', RosterLimits.Default).Rows().Where(row => !row.IsBlank))
        {
            if (positions is null)
            {
                positions = PositionsIn(row);
                continue;
            }
            string Cell(int column) => CellText.Words(row[positions[column]].Text);
            bool Whole(int column, out int number) =>
                int.TryParse(Cell(column), NumberStyles.None, CultureInfo.InvariantCulture, out number);
            var found = Regions.Find(Cell(2), default);
            if (found.Count != 1)
                yield return (row.Number, null, $"{Headings[2][0]}：{RosterFaults.UnknownRegion.TextZh}");
            else if (!Whole(3, out var staff) || !Whole(4, out var women))
                yield return (row.Number, null, $"{Headings[3][0]}、{Headings[4][0]}：应为整数");
            else
            {
                var employer = new RegisterEmployer(Cell(0), Cell(1), found[0], staff, women);
                var outcome = validator.Validate(employer);
                yield return outcome.IsValid ? (row.Number, employer, null)
                    : (row.Number, null, string.Join("; ", outcome.Errors.Select(error => $"{error.PropertyName} {error.ErrorMessage}")));
            }
        }
    }

    private static int[] PositionsIn(SheetRow header)
    {
        var texts = header.Cells.Select(cell => CellText.Words(cell.Text)).ToList();
        var positions = Array.ConvertAll(
            Headings, names => texts.FindIndex(text => names.Contains(text, StringComparer.OrdinalIgnoreCase)));
        return Array.IndexOf(positions, -1) is var missing and >= 0
            ? throw RosterFaults.MissingHeading.Unreadable(Headings[missing][0]) : positions;
    }
}
