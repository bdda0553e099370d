using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <summary>The illness classes that a plan's text lists, as a versioned data file under <c>seeds/plans/illnesses</c>: certificates are
/// bound to the list of their plan version.</summary>
/// <param name="Count">how many classes the text names</param>
/// <param name="Classes">those whose names are published; empty where only their number is</param>
public sealed record IllnessCatalogue(string Code, int Version, string Source, int Count, IReadOnlyList<IllnessClass> Classes)
{
    /// <summary>Every class is known by name, so that another one is surely not covered.</summary>
    public bool IsComplete => Classes.Count == Count;

    public IllnessClass? Class(string code) => Classes.FirstOrDefault(known => known.Code == code);

    private static readonly IReadOnlyDictionary<string, IllnessCatalogue> Known = EmbeddedData.Names("illnesses/")
        .Select(name => JsonSerializer.Deserialize<IllnessCatalogue>(EmbeddedData.Text(name), ClaimsJson.Options)!)
        .ToDictionary(catalogue => catalogue.Code);

    public static IEnumerable<IllnessCatalogue> All => Known.Values.OrderBy(catalogue => catalogue.Code, StringComparer.Ordinal);

    public static IllnessCatalogue? Find(string code) => Known.GetValueOrDefault(code);
}

public sealed record IllnessClass(string Code, LocalName Name);
