using ClaimsEngine.Console.Doors;
using ClaimsEngine.Employers;

namespace ClaimsEngine.Console.Pages.Enrolments;

/// <summary>What is offered while somebody types; anything else may be typed as well.</summary>
public static class Suggested
{
    private const int Most = 200;

    /// <summary>The first employers of the own region, code and name.</summary>
    public static async Task<List<(string, string)>> Employers(Api api) =>
        (await api.Get<Page<EmployerRow>>($"/api/employers?limit={Most}")).Value is { } page
            ? [.. page.Items.Select(one => (one.Code, one.Name))] : [];
}
