using ClaimsEngine.Programmes;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>Who pays the contributions of programmes, and how much of each unit: from the programmes' own streams.</summary>
internal sealed class Funding
{
    private readonly Dictionary<string, IReadOnlyList<FundingShare>> shares = [];

    private Funding()
    {
    }

    /// <param name="programmes">codes, null for direct entry; each may stand several times</param>
    public static async Task<Funding> Of(IEnumerable<string?> programmes, IRecords records)
    {
        var funding = new Funding();
        string[] codes = [.. programmes.OfType<string>().Distinct()];
        await records.Look([.. codes.Select(code => ProgrammeId.Of(code).Value)]);
        foreach (var code in codes)
            if (await records.FindAnywhere<Programme>(ProgrammeId.Of(code).Value) is { } programme)
                funding.shares[code] = programme.Funding;
        return funding;
    }

    /// <summary>The shares of one unit, in the programme's order; empty for direct entry.</summary>
    public IReadOnlyList<FundingShare> Shares(string? programme) =>
        programme is not null && shares.TryGetValue(programme, out var known) ? known : [];
}
