using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>The row of headings of a sheet.</summary>
internal sealed record RosterHeader(SheetRow Row, IReadOnlyList<SheetRow> Above, IReadOnlyList<SheetHeading> Headings)
{
    private const int NamedInFault = 5;

    private IEnumerable<SheetHeading> Meant => Headings.Where(heading => heading.Column is { } column && !column.IsIgnored());

    private int Known => Meant.DistinctBy(heading => heading.Column).Count();

    /// <summary>
    /// The header among the first rows: the first that holds at least two headings of a roster, else the first that holds one (the others
    /// may be mistyped, which then is said). Null if there is none.
    /// </summary>
    public static RosterHeader? Find(ISheetSource sheet, RosterLimits limits)
    {
        var above = new List<SheetRow>();
        RosterHeader? weak = null;
        foreach (var row in sheet.Rows().Where(row => !row.IsBlank).Take(limits.HeaderWithin))
        {
            var header = new RosterHeader(row, [.. above], HeadingsOf(row));
            if (header.Known >= 2) return header;
            if (header.Known == 1) weak ??= header;
            above.Add(row);
        }
        return weak;
    }

    /// <summary>The one sheet, or the one separator of a CSV file, that makes a header.</summary>
    /// <exception cref="UnreadableException">There is none, or several sheets have one.</exception>
    public static (ISheetSource Sheet, RosterHeader Header) Choose(RosterFile file, RosterLimits limits)
    {
        var found = new List<(ISheetSource Sheet, RosterHeader Header)>();
        UnreadableException? broken = null;
        foreach (var sheet in file.Readings)
        {
            try
            {
                if (Find(sheet, limits) is { } header) found.Add((sheet, header));
            }
            catch (UnreadableException exception) when (file.Format == SheetFormat.Csv)
            {
                broken = exception;   // by a wrong separator, quotes stand at odd places
            }
        }
        if (found.Count == 0) throw broken ?? NotFound(file);
        if (file.Format == SheetFormat.Csv) return found.MaxBy(candidate => candidate.Header.Known);   // the first of equals: the comma
        var strong = found.Where(candidate => candidate.Header.Known >= 2).ToList();
        var candidates = strong.Count > 0 ? strong : found;
        if (candidates.Count == 1) return candidates[0];
        var names = string.Join(", ", candidates.Select(candidate => $"'{candidate.Sheet.Name}'"));
        throw RosterFaults.SeveralSheets.Unreadable(names);
    }

    /// <exception cref="UnreadableException">A heading is unknown, stands twice or is missing.</exception>
    public void Check(RosterDefaults defaults, RosterLimits limits)
    {
        if (Row.Is(RowTraits.Wider))
            throw RosterFaults.TooManyColumns.Unreadable($"more than {limits.Columns}", $"超过 {limits.Columns} 列");
        var unknown = Headings.Where(heading => heading.Text.Length > 0 && (heading.Column is not { } column || !IsFor(column))).ToList();
        if (unknown.Count > 0)
        {
            var named = string.Join(", ", unknown.Take(NamedInFault).Select(Placed));
            var more = unknown.Count > NamedInFault ? $" (+{unknown.Count - NamedInFault})" : "";
            var known = string.Join(", ", RosterColumns.Headings.Keys.Where(IsFor).Select(column => column.Heading()));
            throw RosterFaults.UnknownHeading.Unreadable($"{named}{more}; known are {known}", $"{named}{more}；可用的列有：{known}");
        }
        var repeated = Meant.GroupBy(heading => heading.Column).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null) throw RosterFaults.RepeatedHeading.Unreadable(string.Join(", ", repeated.Select(Placed)));
        var missing = defaults.Required().Where(column => Headings.All(heading => heading.Column != column)).ToList();
        if (missing is [RosterColumn.Programme] && Headings.Any(heading => heading.Column == RosterColumn.Plan)) return;
        if (missing.Count > 0)
            throw RosterFaults.MissingHeading.Unreadable(string.Join(", ", missing.Select(column => column.Heading())));

        bool IsFor(RosterColumn column) => defaults.Past is not null || !column.IsOfPastCovers();
    }

    /// <summary>Whether a row holds anything in a column that is read, or below no heading.</summary>
    public bool IsHeldBy(SheetRow row)
    {
        if (row.Is(RowTraits.Wider)) return true;
        for (var i = 0; i < row.Cells.Count; i++)
            if (!row.Cells[i].IsBlank && !(i < Headings.Count && Headings[i].Column is { } column && column.IsIgnored())) return true;
        return false;
    }

    private static IReadOnlyList<SheetHeading> HeadingsOf(SheetRow row)
    {
        var headings = new SheetHeading[row.Extent];
        for (var i = 0; i < headings.Length; i++)
        {
            var text = CellText.Words(row[i].Text);
            headings[i] = new SheetHeading(i, text, text.Length == 0 ? null : RosterColumns.Of(text));
        }
        return headings;
    }

    private static string Placed(SheetHeading heading) =>
        $"'{(heading.Text.Length <= 40 ? heading.Text : heading.Text[..40] + "…")}' ({ColumnLetter.Of(heading.Position)})";

    private static UnreadableException NotFound(RosterFile file)
    {
        var needed = string.Join(", ", RosterDefaults.None.Required().Select(column => column.Heading()));
        var sheets = string.Join(", ", file.Readings.Take(NamedInFault).Select(sheet => $"'{sheet.Name}'"));
        return RosterFaults.HeaderNotFound.Unreadable(file.Format == SheetFormat.Csv ? needed : $"{needed} ({sheets})");
    }
}
