using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.Importing;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Host.Rosters.Csv;
using ClaimsEngine.Host.Rosters.Enrolling;
using ClaimsEngine.Units;

namespace ClaimsEngine.Host.Importing;

/// <summary>
/// Units from a CSV file in UTF-8 or GB18030, each registered by the rule of a single registration, stored in bulk. Headings in Chinese or English, in any order:
/// 单位代码 code, 单位名称 name, 地区 region, 职工人数 staff, 女职工人数 women. A file imported twice changes nothing.
/// </summary>
public sealed class UnitImport(ClaimsDatabase database, Actor by)
{
    private const int ChunkRows = 2_000;

    private static readonly string[][] Headings =
        [["单位代码", "单位编码", "code", "unit"], ["单位名称", "名称", "name"], ["地区", "行政区划", "region"], ["职工人数", "staff"], ["女职工人数", "women"]];

    /// <param name="file">seekable; left open</param>
    /// <returns>how it ended, and why rows were rejected, the first 200</returns>
    /// <exception cref="InvalidOperationException">A heading is missing, the file is no CSV, or another process imports it.</exception>
    public async Task<(ImportEnd End, IReadOnlyList<RejectedRow> Rejected)> Over(Stream file, Action<long> report, CancellationToken cancellation)
    {
        file.Position = 0;
        var source = $"units/{Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation))}/{by.Region}";
        ImportState state;
        try
        {
            file.Position = 0;
            var encoding = CsvText.Detect(file, cancellation);
            state = await database.Import(source, Rows(file, encoding, source, cancellation), progress: new Listener(now => report(now.Rows)), cancellation: cancellation);
        }
        catch (UnreadableException exception)
        {
            throw new InvalidOperationException($"the file of units: {exception.Fault}");
        }
        var rejected = new List<RejectedRow>();
        await foreach (var row in database.RejectedRows(source, cancellation))
            if (rejected.Count < 200) rejected.Add(row);
        return (new ImportEnd(state.Rows, state.Rejected, state.Rows - state.Rejected - state.Streams, state.Events, state.Position), rejected);
    }

    private async IAsyncEnumerable<ImportRow> Rows(Stream file, Encoding encoding, string source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var known = new Dictionary<Guid, Unit>();
        var request = NamedGuid.Of("import", source).ToString();
        var stamps = new EventStamps(new RosterSender(by, request, request), nameof(RegisterUnit));
        foreach (var rows in Read(file, encoding).Chunk(ChunkRows))
        {
            var ids = rows.Select(row => row.Unit).OfType<RegisterUnit>().Select(unit => UnitId.Of(unit.Code).Value).Where(id => !known.ContainsKey(id)).Distinct().ToArray();
            foreach (var (stream, events) in await database.Events.ReadStreams(ids, cancellation))
                if (events.Select(recorded => recorded.Data).Aggregate((Unit?)null, Unit.Evolve) is { } unit) known[stream] = unit;
            foreach (var (number, asked, fault) in rows)
            {
                if (asked is null)
                {
                    yield return ImportRow.Refused(number, Refuse.InvalidRequest.Code, fault!);
                    continue;
                }
                var id = UnitId.Of(asked.Code).Value;
                var decision = RegisterUnitHandler.Handle(asked, known.GetValueOrDefault(id), by);
                if (decision.Refusal is { } refusal)
                {
                    yield return ImportRow.Refused(number, refusal.Code, refusal.Rule.TitleZh);
                    continue;
                }
                foreach (var change in decision.Changes) known[id] = (Unit)change.Fold(null);
                yield return new ImportRow(number,
                [
                    .. decision.Changes.Select(change => new StreamAppend(change.Stream, change.StreamType, 0,
                        [.. change.Events.Select(data => new NewEvent(Guid.CreateVersion7(), data))], stamps.Of(asked.Region))),
                ], [], []);
            }
        }
    }

    private static IEnumerable<(long Number, RegisterUnit? Unit, string? Fault)> Read(Stream file, Encoding encoding)
    {
        int[]? positions = null;
        var validator = new RegisterUnit.Validator();
        foreach (var row in new CsvSource(file, encoding, ',', RosterLimits.Default).Rows().Where(row => !row.IsBlank))
        {
            if (positions is null)
            {
                positions = PositionsIn(row);
                continue;
            }
            string Cell(int column) => CellText.Words(row[positions[column]].Text);
            var found = Regions.Find(Cell(2), default);
            if (found.Count != 1)
                yield return (row.Number, null, $"{Headings[2][0]}：{RosterFaults.UnknownRegion.TextZh}");
            else if (!int.TryParse(Cell(3), NumberStyles.None, CultureInfo.InvariantCulture, out var staff) || !int.TryParse(Cell(4), NumberStyles.None, CultureInfo.InvariantCulture, out var women))
                yield return (row.Number, null, $"{Headings[3][0]}、{Headings[4][0]}：应为整数");
            else
            {
                var unit = new RegisterUnit(Cell(0), Cell(1), found[0], staff, women);
                var outcome = validator.Validate(unit);
                yield return outcome.IsValid ? (row.Number, unit, null) : (row.Number, null, string.Join("; ", outcome.Errors.Select(error => $"{error.PropertyName} {error.ErrorMessage}")));
            }
        }
    }

    private static int[] PositionsIn(SheetRow header)
    {
        var texts = header.Cells.Select(cell => CellText.Words(cell.Text)).ToList();
        var positions = Array.ConvertAll(Headings, names => texts.FindIndex(text => names.Contains(text, StringComparer.OrdinalIgnoreCase)));
        return Array.IndexOf(positions, -1) is var missing and >= 0 ? throw new UnreadableException(RosterFaults.MissingHeading.Fault(Headings[missing][0])) : positions;
    }
}
