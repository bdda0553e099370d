using ClaimsEngine.Enrolments;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>What became of a roster. Names rows and columns, never what stands in them.</summary>
/// <param name="Accept">all-or-nothing or good-rows</param>
/// <param name="Format">csv or xlsx: the corrected sheet is the same</param>
/// <param name="Rows">rows that hold anything below the header</param>
/// <param name="Accepted">enrolled now; of a roster that was refused as a whole none</param>
/// <param name="Rejected">rows with at least one error</param>
/// <param name="Unchanged">held this very certificate before</param>
/// <param name="Participation">where the plan measures it</param>
/// <param name="Errors">the first 200 that were found, by row; the corrected sheet holds all</param>
/// <param name="Notes">the first 200 cells that were taken in another form than they were written</param>
/// <param name="Fault">why the file cannot be read</param>
public sealed record RosterResult(
    string? Programme, string? Plan, string? Employer, string Accept, string? Format,
    long Rows, long Accepted, long Rejected, long Unchanged, ParticipationReached? Participation,
    IReadOnlyList<RosterError> Errors, IReadOnlyList<RosterError>? Notes, RosterFileProblem? Fault);

/// <param name="Row">as the person sees it in the sheet: the header and blank rows count</param>
/// <param name="Column">as it is headed in the sheet; absent for the row as a whole</param>
/// <param name="Code">of the sheet's own faults, or of the rule that the enrolment breaks</param>
public sealed record RosterError(int Row, string? Column, string Code, string Text, string TextZh)
{
    public static RosterError Of(RosterFault fault) => new(fault.Row, fault.Column, fault.Code, fault.Text, fault.TextZh);
}

public sealed record RosterFileProblem(string Code, string Text, string TextZh);
