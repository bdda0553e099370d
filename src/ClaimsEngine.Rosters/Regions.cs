using System.Collections.Frozen;

namespace ClaimsEngine.Rosters;

/// <summary>The places of GB/T 2260 as a list, and by the names that people write.</summary>
internal static class Regions
{
    private static readonly string[] Kinds =
        ["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "地区", "省", "市", "盟"];

    /// <summary>Every province, city and district, in the order of the codes.</summary>
    public static readonly IReadOnlyList<RegionCode> All = [.. Listed()];

    private static readonly FrozenDictionary<string, RegionCode[]> ByName = All
        .SelectMany(region => NamesOf(region).Select(name => (Name: name, Region: region)))
        .GroupBy(entry => entry.Name, entry => entry.Region)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray());

    /// <summary>The districts of a place; the place itself if it has none below it.</summary>
    public static IReadOnlyList<RegionCode> Districts(RegionCode within)
    {
        var districts = All.Where(region => region.Level == 3 && within.Contains(region) && !IsCollective(region)).ToArray();
        return districts.Length > 0 ? districts : [within];
    }

    /// <summary>
    /// The places that a text may mean: a code, or a name with or without those above it, written in full or without 省, 市 and the like
    /// (凉州区, 武威市凉州区, 甘肃省武威市凉州区, 甘肃武威凉州区). Of several, those within <paramref name="within"/> if there are any.
    /// </summary>
    /// <param name="text">without spaces</param>
    public static IReadOnlyList<RegionCode> Find(string text, RegionCode within)
    {
        if (text.Length > 0 && RegionCode.TryParse(text, out var coded, out _)) return [coded];
        var name = string.Concat(text.Split('/', '-', '·'));
        if (!ByName.TryGetValue(name, out var found)) return [];
        if (found.Length == 1) return found;
        var near = Array.FindAll(found, within.Contains);
        return near.Length > 0 ? near : found;
    }

    /// <summary>A place with those above it, as one writes it: 甘肃省武威市凉州区.</summary>
    public static string FullName(RegionCode region) => string.Concat(Above(region).Select(above => above.Name)) + region.Name;

    // the kernel reads codes and has no list of them
    private static IEnumerable<RegionCode> Listed()
    {
        for (var province = 10; province < 100; province++)
        {
            if (!RegionCode.TryParse($"{province}", out var first, out _)) continue;
            yield return first;
            for (var city = 1; city < 100; city++)
            {
                if (RegionCode.TryParse($"{province}{city:00}", out var second, out _)) yield return second;
                for (var district = 1; district < 100; district++)
                    if (RegionCode.TryParse($"{province}{city:00}{district:00}", out var third, out _)) yield return third;
            }
        }
    }

    private static IEnumerable<string> NamesOf(RegionCode region)
    {
        if (IsCollective(region)) return [];
        var above = Above(region).ToArray();
        // each place above in full, short or left out: 甘肃省武威市凉州区, 甘肃武威凉州区, 甘肃省凉州区, 凉州区
        return above
            .Aggregate(new[] { "" }, (names, place) =>
                [.. names.SelectMany(name => new[] { name, name + place.Name, name + Short(place.Name) })])
            .Select(prefix => prefix + region.Name)
            .Distinct();
    }

    private static IEnumerable<RegionCode> Above(RegionCode region)
    {
        if (region.Level >= 2) yield return RegionCode.Of(region.Value[..2]);
        if (region.Level == 3 && RegionCode.TryParse(region.Value[..4], out var city, out _) && !IsCollective(city)) yield return city;
    }

    // 市辖区 and 省直辖县级行政区划 are entries of the list, not places that somebody lives in
    private static bool IsCollective(RegionCode region) => region.Name == "市辖区" || region.Name.Contains('-');

    private static string Short(string name)
    {
        foreach (var kind in Kinds)
            if (name.Length > kind.Length + 1 && name.EndsWith(kind, StringComparison.Ordinal)) return name[..^kind.Length];
        return name;
    }
}
