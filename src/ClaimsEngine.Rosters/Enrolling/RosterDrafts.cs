using System.Globalization;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>The people of a sheet.</summary>
internal static class RosterDrafts
{
    /// <summary>The rows that tell of a person, and of nobody a second time. To know them it takes some 30 bytes a row.</summary>
    /// <param name="counting">where the others are counted</param>
    public static IEnumerable<RosterDraft> Drafts(this RosterSheet sheet, RosterTally counting)
    {
        var firstRows = new Dictionary<long, int>(sheet.RowCount);
        foreach (var row in sheet.Read())
        {
            counting.Note(row);
            if (row.Draft is not { } draft) counting.Unreadable(row);
            else if (firstRows.TryAdd(NumberOf(draft), row.Number)) yield return draft;
            else counting.Duplicate(row.Number, firstRows[NumberOf(draft)]);
        }
    }

    /// <summary>The identity number in eight bytes: its last character follows from the other seventeen.</summary>
    private static long NumberOf(RosterDraft draft) => long.Parse(draft.Person.IdNumber.Value.AsSpan(0, 17), CultureInfo.InvariantCulture);
}
