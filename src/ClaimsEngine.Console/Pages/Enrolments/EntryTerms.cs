using System.Text.Json;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Employers;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Console.Pages.Enrolments;

/// <summary>
/// The plan, and the programme if there is one, under which somebody would be enrolled: the engine's own states, made from what the API
/// shows, so that the engine's own rules can be asked on a page without storing anything.
/// </summary>
public sealed record EntryTerms(Plan Plan, Programme? Programme)
{
    /// <summary>The card by which an entry would be decided; null where no version is effective.</summary>
    public PlanCard? Card(LocalDate today) =>
        (Programme is null ? Plan.EffectiveOn(today.PlusDays(1)) : Plan.Version(Programme.PlanVersion))?.Card;

    /// <summary>Who may enter; all occupations where neither the programme nor the plan names any.</summary>
    public IReadOnlyList<Occupation> Occupations(LocalDate today) => Programme?.Occupations is { Count: > 0 } own ? own
        : Card(today)?.Eligibility.Occupations ?? [.. Occupation.All];

    public static async Task<(EntryTerms? Terms, Problem? Problem)> Of(Api api, Under under)
    {
        Programme? programme = null;
        if (under.Programme is { } code)
        {
            var answer = await api.Get<ProgrammeView>($"/api/programmes/{Uri.EscapeDataString(code)}");
            if (answer.Value is not { } found) return (null, answer.Problem);
            programme = Fold.Of<Programme>([new ProgrammeOpened(
                found.Code, found.Name, found.Plan, found.PlanVersion, found.Sponsor, found.Quota, found.From, found.To, found.Regions,
                found.Occupations, found.Funding, "", found.Budget)]);
        }
        var asked = await api.Get<PlanFound>($"/api/plans/{Uri.EscapeDataString(programme?.Plan ?? under.Plan ?? "")}");
        if (asked.Value is not { } shown) return (null, asked.Problem);
        var plan = Fold.Of<Plan>(shown.Versions.Select(version => new PlanVersionPublished(
            shown.Code, version.Version, version.EffectiveFrom, version.Card, version.RuleHash, version.PublishedBy)));
        return plan is null ? (null, new Problem(422, Refuse.PlanNotEffective.Code, Refuse.PlanNotEffective.Title, Refuse.PlanNotEffective.TitleZh))
            : (new EntryTerms(plan, programme), null);
    }

    /// <summary>An employer as the engine knows it; null where there is none, or none in this region.</summary>
    public static async Task<Employer?> EmployerOf(Api api, string? code)
    {
        if (code is null || (await api.Get<EmployerView>($"/api/employers/{Uri.EscapeDataString(code)}")).Value is not { } found) return null;
        return Fold.Of<Employer>([
            new EmployerRegistered(found.Code, found.Name, found.Region, found.Staff, found.Women, ""),
            .. found.Covers.Select(cover => new EmployerCovered(cover.Plan, cover.Programme, cover.From, cover.To, cover.Units, ""))]);
    }

    /// <summary>What of a plan's answer is read here.</summary>
    private sealed record PlanFound(string Code, IReadOnlyList<VersionFound> Versions);

    private sealed record VersionFound(int Version, LocalDate EffectiveFrom, string RuleHash, JsonElement Card, string PublishedBy);
}
