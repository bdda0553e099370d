using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>Counts what becomes of the rows, and keeps the reasons of those that are not accepted.</summary>
internal sealed class RosterTally(RosterSheet sheet)
{
    private const int Shown = 200;

    private readonly Lock gate = new();   // a batch is stored while the next one is read
    private readonly List<RosterError> errors = [], notes = [];
    private readonly SharedTexts texts = new();

    /// <summary>By row; only of rules, since the sheet's own faults are found again when it is read again.</summary>
    private readonly Dictionary<int, string> reasons = [];

    private long accepted, rejected, unchanged;

    public long Accepted => accepted;
    public long Rejected => rejected;
    public long Unchanged => unchanged;
    public IReadOnlyList<RosterError> Errors => [.. errors.OrderBy(error => error.Row)];
    public IReadOnlyList<RosterError> Notes => notes;

    /// <summary>The row says of nobody who can be enrolled.</summary>
    public void Unreadable(RosterRow row)
    {
        lock (gate)
        {
            rejected++;
            foreach (var fault in row.Faults) Show(errors, RosterError.Of(fault));
        }
    }

    public void Note(RosterRow row)
    {
        if (row.Notes.Count == 0) return;
        lock (gate)
            foreach (var note in row.Notes) Show(notes, RosterError.Of(note));
    }

    public void Duplicate(int row, int first)
    {
        var fault = RosterFaults.DuplicateInFile.At(row, NameOf(RosterColumn.IdNumber), $"row {first}", $"第{first}行");
        Reject(RosterError.Of(fault));
    }

    public void Refused(IEnumerable<RefusedRow> rows)
    {
        foreach (var (row, refusal) in rows) Refused(row, refusal);
    }

    /// <summary>The engine says no. The text is the rule's own: a detail may speak of the person.</summary>
    public void Refused(int row, Refusal refusal)
    {
        // The sender said once for all what columns of past covers say.
        RosterColumn? column = refusal.Field is { } field && RosterColumns.Of(field) is { } named && !named.IsOfPastCovers() ? named : null;
        Reject(new RosterError(row, column is { } known ? NameOf(known) : null, refusal.Code, refusal.Rule.Title, refusal.Rule.TitleZh));
    }

    public void Accept(long rows) => Interlocked.Add(ref accepted, rows);

    public void LeaveUnchanged(long rows) => Interlocked.Add(ref unchanged, rows);

    /// <summary>All that is wrong with the row, as its column of reasons says it; empty if nothing is.</summary>
    public string ReasonsOf(RosterRow row) => row.Faults.Count > 0 ? row.Reasons : reasons.GetValueOrDefault(row.Number, "");

    private void Reject(RosterError error)
    {
        lock (gate)
        {
            rejected++;
            Show(errors, error);
            reasons[error.Row] = texts.Of(error.Column is { } column ? $"{column}：{error.TextZh}" : error.TextZh);
        }
    }

    private static void Show(List<RosterError> list, RosterError error)
    {
        if (list.Count < Shown) list.Add(error);
    }

    private string NameOf(RosterColumn column) =>
        sheet.Headings.FirstOrDefault(heading => heading.Column == column)?.Name ?? column.Heading();
}
