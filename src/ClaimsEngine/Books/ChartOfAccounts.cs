using System.Text.Json;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Books;

/// <summary>
/// An organiser's chart of accounts (<c>seeds/books/chart</c>): which code and which names each of the engine's accounts has. Several
/// accounts may share a code. A new version changes names, never postings: the journal keeps the engine's own names.
/// </summary>
/// <param name="Region">GB/T 2260 code or prefix of the organiser; empty is the default of all</param>
/// <param name="System">the accounting system that the codes follow</param>
/// <param name="Accounts">every account that the engine posts to, once</param>
public sealed record ChartOfAccounts(
    RegionCode Region, int Version, LocalName System, IReadOnlyList<string> Sources, IReadOnlyList<string> Assumed,
    IReadOnlyList<ChartLine> Accounts)
{
    /// <summary>All charts.</summary>
    public static IReadOnlyList<ChartOfAccounts> All { get; } = [.. EmbeddedData.Names("books/chart/")
        .Select(name => JsonSerializer.Deserialize<ChartOfAccounts>(EmbeddedData.Text(name), ClaimsJson.Options)!)];

    /// <summary>The newest chart of the nearest organiser above a region.</summary>
    public static ChartOfAccounts For(RegionCode region) =>
        All.Where(chart => region.Value.StartsWith(chart.Region.Value, StringComparison.Ordinal))
            .MaxBy(chart => (chart.Region.Value.Length, chart.Version))!;

    /// <exception cref="InvalidOperationException">The chart leaves the account out: a spec holds that none does.</exception>
    public ChartLine this[BookAccount account] => Accounts.FirstOrDefault(line => line.Key == account)
        ?? throw new InvalidOperationException($"the chart of '{Region.Value}' has no {account}");
}

/// <param name="Key">the engine's name</param>
/// <param name="Code">of the organiser's chart, four or six digits</param>
/// <param name="Side">on which the balance normally stands</param>
public sealed record ChartLine(BookAccount Key, string Code, LocalName Name, AccountClass Class, Side Side);
