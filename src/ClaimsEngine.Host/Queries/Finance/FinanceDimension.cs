using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>What finance counts by.</summary>
/// <param name="Name">in the question and the answer</param>
/// <param name="Of">the dimension of the kept sums; null for what is reckoned from the others</param>
/// <param name="Type">of its values</param>
internal sealed record FinanceDimension(string Name, string? Of, Type Type)
{
    /// <summary>Who bears the money: it is reckoned from the programme's funding.</summary>
    public const string Payer = "payer";

    /// <summary>The place itself, and the places of a level: the code's first two, four or six digits.</summary>
    public static readonly IReadOnlyList<FinanceDimension> Places =
    [
        new("region", "Region", typeof(RegionCode)), new("province", "Region:2", typeof(RegionCode)),
        new("city", "Region:4", typeof(RegionCode)), new("district", "Region:6", typeof(RegionCode)),
    ];

    /// <summary>Which fund: the plan, the year in which the cover begins, and the programme.</summary>
    public static readonly IReadOnlyList<FinanceDimension> Funds =
    [
        new("plan", "Plan", typeof(string)), new("planYear", "PlanYear", typeof(int)), new("programme", "Programme", typeof(string)),
    ];

    public static readonly FinanceDimension Programme = Funds[2];

    /// <summary>Relief and refunds are no benefits. No text is less than an empty one.</summary>
    public static readonly TotalsFilter IsBenefit = new("Benefit", TotalsMatch.From, "");

    public static readonly FinanceDimension PayerOf = new(Payer, null, typeof(string));
}
