namespace ClaimsEngine.Console.Pages.Programmes;

/// <summary>Places of a programme, as the API answers <c>/api/programmes/{programme}/places</c>.</summary>
/// <param name="Pools">the programme's own, then each allocation's</param>
/// <param name="Budget">null where only the quota limits what the sponsor gives</param>
public sealed record ProgrammePlaces(string Programme, int Quota, long Taken, long Left, IReadOnlyList<PoolPlaces> Pools,
    BudgetSpent? Budget = null);

/// <param name="Places">what the region keeps for itself after what it passed on below</param>
public sealed record PoolPlaces(RegionCode Region, string Name, int Places, long Taken, long Left);

public sealed record BudgetSpent(Kernel.Money Amount, Kernel.Money Spent, Kernel.Money Left);

/// <summary>A programme's certificates and money, as the API answers <c>/api/programmes/{programme}/counts</c>.</summary>
/// <param name="Region">whose certificates are counted</param>
public sealed record ProgrammeStanding(
    string Programme, RegionCode Region, Instant AsOf, CertificateCounts Certificates, IReadOnlyList<PayerStanding> Payers);

public sealed record CertificateCounts(long Pending, long InForce, long Cancelled, long Void, long Lapsed);

public sealed record PayerStanding(string Payer, Kernel.Money Due, Kernel.Money Paid, Kernel.Money Left, Kernel.Money ToReturn);
