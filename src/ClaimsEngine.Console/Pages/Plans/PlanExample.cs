using System.Text.Json;
using ClaimsEngine.Plans;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>A case whose benefit is worked out and published with the engine (<c>seeds/decisions</c>): what a plan has to come
/// to.</summary>
/// <param name="Name">of its file, in English: <c>hubei-2025-hospital-published-example</c></param>
public sealed record PlanExample(string Name, string Plan, int Version, CaseFacts Facts, Assessment Expected)
{
    private const string Folder = "decisions/";

    private static readonly ILookup<(string, int), PlanExample> All = Read().ToLookup(example => (example.Plan, example.Version));

    public static IReadOnlyList<PlanExample> Of(string plan, int version) => [.. All[(plan, version)]];

    /// <summary>The form's fields, filled with this case.</summary>
    public IReadOnlyDictionary<string, StringValues> Values => TryOutFields.Of(Facts).Where(pair => !string.IsNullOrEmpty(pair.Value))
        .GroupBy(pair => pair.Name).ToDictionary(group => group.Key, group => new StringValues([.. group.Select(pair => pair.Value)]));

    /// <summary>The address at which the plan's page shows it.</summary>
    public string Address => QueryHelpers.AddQueryString($"plans/{Plan}/versions/{Version}",
        [KeyValuePair.Create("tab", new StringValues("try")), KeyValuePair.Create(TryOutFields.Example, new StringValues(Name)),
            .. Values]);

    /// <summary>What sets this case apart, in words.</summary>
    public LocalName Words
    {
        get
        {
            var kind = CardWords.Of(Facts.Kind);
            List<LocalName> all = [new(kind.Zh, CardWords.Upper(kind.En)), new($"{Facts.Date:uuuu-MM-dd}", $"{Facts.Date:uuuu-MM-dd}")];
            if (Facts.Grade is { } grade) all.Add(new($"伤残{grade}级", $"grade {grade}"));
            if (Facts.Injuries is { } injuries)
                all.Add(new($"{injuries.Count}处伤残", $"{injuries.Count} injuries"));
            if (Facts.Illness is { } illness)
                all.Add(IllnessCatalogue.All.Select(list => list.Class(illness)?.Name).FirstOrDefault(name => name is not null)
                    ?? new(illness, illness));
            if (Facts.Severity is { } severity) all.Add(CardWords.Of(severity));
            if (Facts.Admissions is { } stays)
            {
                all.Add(new($"{stays.Count}次住院", stays.Count == 1 ? "1 admission" : $"{stays.Count} admissions"));
                var own = Kernel.Money.Sum(stays.Select(stay => stay.OwnShare ?? Kernel.Money.Zero));
                if (own.IsPositive) all.Add(new($"自付{CardWords.Yuan(own)}元", $"own share {CardWords.Yuan(own)} yuan"));
            }
            if (Facts.Used.IsPositive) all.Add(new($"已用{CardWords.Yuan(Facts.Used)}元", $"{CardWords.Yuan(Facts.Used)} yuan used"));
            if (Facts.Units > 1) all.Add(new($"{Facts.Units}份", $"{Facts.Units} units"));
            if (Facts.Circumstances is { Count: > 0 } circumstances)
                all.Add(new(string.Join("、", circumstances), string.Join(", ", circumstances)));
            return new(string.Join("，", all.Select(one => one.Zh)), string.Join(", ", all.Select(one => one.En)));
        }
    }

    private static IEnumerable<PlanExample> Read()
    {
        var assembly = typeof(PlanExample).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name =>
            name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var json = JsonDocument.Parse(stream);
            // one with a card of its own is of no published plan
            if (json.RootElement.TryGetProperty("card", out _)) continue;
            yield return new PlanExample(resource[Folder.Length..^".json".Length], json.RootElement.GetProperty("plan").GetString()!,
                json.RootElement.GetProperty("version").GetInt32(),
                json.RootElement.GetProperty("facts").Deserialize<CaseFacts>(ClaimsJson.Options)!,
                json.RootElement.GetProperty("assessment").Deserialize<Assessment>(ClaimsJson.Options)!);
        }
    }
}
