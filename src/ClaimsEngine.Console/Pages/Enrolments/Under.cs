using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Enrolments;

/// <summary>Under what people are enrolled, as the address of a page says it: a programme, or directly a plan.</summary>
/// <param name="Programme">code; null for a plan, or for nothing chosen yet</param>
public sealed record Under(string? Programme, string? Plan)
{
    private const string OfProgramme = "programme/", OfPlan = "plan/";

    public static string ProgrammeValue(string code) => OfProgramme + code;

    public static string PlanValue(string code) => OfPlan + code;

    public bool IsChosen => Programme is not null || Plan is not null;

    /// <summary>As one value of the address.</summary>
    public string? Value => Programme is not null ? ProgrammeValue(Programme) : Plan is not null ? PlanValue(Plan) : null;

    /// <summary>Read from <c>?under=programme/code</c>, or from <c>?programme=</c> and <c>?plan=</c>, which other pages link to.</summary>
    public static Under Of(string address) => Query.Of(address, "under") switch
    {
        { } chosen when chosen.StartsWith(OfProgramme, StringComparison.Ordinal) => new Under(chosen[OfProgramme.Length..], null),
        { } chosen when chosen.StartsWith(OfPlan, StringComparison.Ordinal) => new Under(null, chosen[OfPlan.Length..]),
        _ => Query.Of(address, "programme") is { } programme ? new Under(programme, null) : new Under(null, Query.Of(address, "plan")),
    };
}
