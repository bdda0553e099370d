using System.Globalization;
using System.Text;
using System.Text.Json;
using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>
/// How far a roster is stored, noted together with what is stored. A run that begins with it goes on behind it, and reports in the end what
/// a run without a break would have reported.
/// </summary>
/// <param name="LastRow">every row of the sheet up to this one was dealt with, none behind it; 0 before the first</param>
/// <param name="Accepted">rows up to there that were enrolled</param>
/// <param name="Unchanged">rows up to there whose people held this certificate before</param>
/// <param name="Refused">
/// rows up to there that a rule refused. What is wrong in the sheet itself is found again when the sheet is read again.
/// </param>
/// <param name="Participation">as it was measured before the first row was stored; null where the plan measures none</param>
internal sealed record RosterCheckpoint(
    int LastRow, long Accepted, long Unchanged, IReadOnlyList<RefusedRows> Refused, ParticipationReached? Participation)
{
    public static RosterCheckpoint Beginning(ParticipationReached? participation) => new(0, 0, 0, [], participation);

    /// <param name="json">null at the beginning</param>
    public static RosterCheckpoint? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<RosterCheckpoint>(json, ClaimsJson.Options);

    public string ToJson() => JsonSerializer.Serialize(this, ClaimsJson.Options);

    /// <summary>After the next rows.</summary>
    /// <param name="lastRow">of them</param>
    /// <param name="refused">of them, in any order</param>
    public RosterCheckpoint After(int lastRow, int accepted, int unchanged, IReadOnlyList<RefusedRow> refused)
    {
        var reasons = Refused.ToList();
        foreach (var rows in refused.GroupBy(row => (row.Refusal.Code, row.Refusal.Field)))
        {
            var more = RefusedRows.Of(rows.Key.Code, rows.Key.Field, [.. rows.Select(row => row.Row).Order()]);
            var known = reasons.FindIndex(reason => (reason.Code, reason.Field) == rows.Key);
            if (known < 0) reasons.Add(more);
            else reasons[known] = more with { Rows = $"{reasons[known].Rows},{more.Rows}" };
        }
        return this with { LastRow = lastRow, Accepted = Accepted + accepted, Unchanged = Unchanged + unchanged, Refused = reasons };
    }

    /// <summary>The refusals by row. Their texts are the rules' own, as a tally shows them.</summary>
    public IReadOnlyDictionary<int, Refusal> Refusals()
    {
        var refusals = new Dictionary<int, Refusal>();
        foreach (var reason in Refused)
        {
            var rule = Refuse.All.First(known => known.Code == reason.Code);
            var refusal = new Refusal(rule, rule.Title, reason.Field);
            foreach (var row in reason.Each()) refusals[row] = refusal;
        }
        return refusals;
    }
}

/// <summary>A row that a rule refuses.</summary>
/// <param name="Row">as the person sees it in the sheet</param>
internal readonly record struct RefusedRow(int Row, Refusal Refusal);

/// <summary>Rows that were refused for the same reason.</summary>
/// <param name="Code">of the rule</param>
/// <param name="Field">of the enrolment that the rule is about; null for the enrolment as a whole</param>
/// <param name="Rows">numbers and ranges, rising: <c>2-40,44</c></param>
internal sealed record RefusedRows(string Code, string? Field, string Rows)
{
    /// <param name="rows">one or more, rising</param>
    public static RefusedRows Of(string code, string? field, IReadOnlyList<int> rows)
    {
        var text = new StringBuilder();
        for (int first = 0, next; first < rows.Count; first = next)
        {
            for (next = first + 1; next < rows.Count && rows[next] == rows[next - 1] + 1; next++) { }
            text.Append(CultureInfo.InvariantCulture, $"{(first > 0 ? "," : "")}{rows[first]}");
            if (next - first > 1) text.Append(CultureInfo.InvariantCulture, $"-{rows[next - 1]}");
        }
        return new RefusedRows(code, field, text.ToString());
    }

    public IEnumerable<int> Each()
    {
        foreach (var range in Rows.Split(','))
        {
            var ends = Array.ConvertAll(range.Split('-'), number => int.Parse(number, CultureInfo.InvariantCulture));
            for (var row = ends[0]; row <= ends[^1]; row++) yield return row;
        }
    }
}
