using ClaimsEngine.Enrolments;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>What a row says: a person to be enrolled. Good in itself; whether the person can be enrolled is for the domain to
/// say.</summary>
/// <param name="Units">1 if the row names none</param>
/// <param name="HiredOn">when the employer hired the person, if the row says so</param>
/// <param name="EmployeeNumber">the employer's own number of the person, 1 to 60 characters</param>
/// <param name="Past">in an import; null in a roster, whose sender says it once</param>
public sealed record RosterDraft(int Row, PersonDetails Person, int Units, string? EmployeeNumber = null, LocalDate? HiredOn = null,
    PastCover? Past = null);

/// <summary>Under what a person was enrolled, and when. Exactly one of programme and plan is named.</summary>
/// <param name="Employer">code of the employer on whose list the person stood</param>
/// <param name="EnrolledOn">the day whose rules decide; null is the day before the programme's period begins</param>
/// <param name="CoverFrom">what the old books say; the rules must come to the same</param>
/// <param name="CoverTo">the same of the last day</param>
public sealed record PastCover(
    string? Programme = null, string? Plan = null, string? Employer = null, LocalDate? EnrolledOn = null,
    LocalDate? CoverFrom = null, LocalDate? CoverTo = null, string? CoverTier = null, int? Months = null);

/// <summary>A row that was read: a draft, or else at least one fault.</summary>
/// <param name="Faults">all that is wrong with the row; then there is no draft</param>
/// <param name="Notes">what was taken in another form than it was written</param>
public sealed record RosterRow(SheetRow Sheet, RosterDraft? Draft, IReadOnlyList<RosterFault> Faults, IReadOnlyList<RosterFault> Notes)
{
    public int Number => Sheet.Number;

    /// <summary>The faults in Chinese on one line, as the column of reasons holds them: <c>身份证号：校验位错误；份数：…</c>.</summary>
    public string Reasons =>
        string.Join("；", Faults.Select(fault => fault.Column is { } column ? $"{column}：{fault.TextZh}" : fault.TextZh));
}
