using System.Text.Json;

namespace ClaimsEngine.AuditPacks;

/// <summary>Which decisions an audit pack samples (<c>seeds/audit/packs.v1.json</c>). No public text says how many an auditor looks at:
/// all of it is assumed.</summary>
/// <param name="Share">per mille of all assessed claims that are drawn, 0 to 1000</param>
/// <param name="Least">that are drawn at least, or all there are</param>
/// <param name="AllOver">decisions above this amount are all in the sample</param>
public sealed record PackRules(int Version, int Share, int Least, Money AllOver, IReadOnlyList<string> Assumed)
{
    public static readonly PackRules Known =
        JsonSerializer.Deserialize<PackRules>(EmbeddedData.Text("audit/packs.v1.json"), ClaimsJson.Options)!;
}
