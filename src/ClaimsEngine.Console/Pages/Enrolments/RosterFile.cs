using System.Text.Json;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.Words;
using Microsoft.AspNetCore.Http;

namespace ClaimsEngine.Console.Pages.Enrolments;

/// <summary>A roster's file on its way to the API.</summary>
internal static class RosterFile
{
    /// <summary>Bytes of a request: the largest sheet that the API takes, 512 MiB, and the form around it.</summary>
    public const long Most = (512L << 20) + (1L << 20);

    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>By the name: browsers call a CSV file many things.</summary>
    public static string TypeOf(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".XLSX" => Workbook,
        ".CSV" or ".TXT" => "text/csv",
        _ => "application/octet-stream",
    };

    /// <summary>The page that shows what becomes of a sheet. What the API's answer does not repeat stands in its address, for the
    /// corrected sheet.</summary>
    public static string PageOf(Answer<JsonDocument> answer, IFormCollection? sent) => Query.Address(
        $"rosters/{answer.Value!.RootElement.GetProperty("id")}",
        ("coverTier", sent?["coverTier"].ToString()), ("months", sent?["months"].ToString()));
}

/// <summary>A roster as the API answers <c>/api/rosters/{roster}</c>. While it runs there is no result yet.</summary>
/// <param name="Errors">the first 200</param>
/// <param name="Notes">the first 200 cells that were taken in another form than they were written</param>
public sealed record Roster(
    Guid Id, Parts.WorkProgress.WorkState Status, Instant StartedAt, Instant? FinishedAt = null, Problem? Problem = null,
    string? Programme = null, string? Plan = null, string? Employer = null, string? Accept = null, string? Format = null, long Rows = 0,
    long Accepted = 0, long Rejected = 0, long Unchanged = 0, RosterParticipation? Participation = null,
    IReadOnlyList<RosterRowFault>? Errors = null, IReadOnlyList<RosterRowFault>? Notes = null, RosterFileFault? Fault = null);

public sealed record RosterParticipation(int Of, long Enrolled, decimal Percent, int Required);

/// <param name="Column">as the sheet heads it; null for the row as a whole</param>
public sealed record RosterRowFault(int Row, string Code, string Text, string TextZh, string? Column = null);

/// <summary>Why the file cannot be read at all.</summary>
public sealed record RosterFileFault(string Code, string Text, string TextZh);
