using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

/// <summary>One certificate of one member: its cover, who paid, and the benefit used under it.</summary>
public sealed record Enrolment(
    EnrolmentId Id, string CertificateNumber, PersonId Member, string Plan, int PlanVersion, string? Programme, Occupation Occupation,
    RegionCode Region, Sex Sex, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo, Money Contribution, IReadOnlyList<FundingShare> Funding,
    Money Used, int Benefits, Counters Counters, LocalDate? FirstCoverFrom = null, string? CoverTier = null,
    string? Unit = null, EnrolmentStatus Status = EnrolmentStatus.InForce, string? Pool = null) : IAggregate<Enrolment>
{
    public static string StreamType => "enrolment";

    public Guid StreamId => Id.Value;
    public RegionCode? Scope => Region;

    public CoverFacts Cover => new(CoverFrom, CoverTo, FirstCoverFrom);

    public bool Covers(LocalDate day) => Status == EnrolmentStatus.InForce && CoverFrom <= day && day <= CoverTo;

    /// <summary>One person holds one certificate of a programme, and of a plan without a programme one at a time: the newest holds the key.</summary>
    public static UniqueKey Key(string plan, string? programme, PersonId member) =>
        new("cover", programme is null ? $"plan/{plan}/{member}" : $"programme/{programme}/{member}");

    public static Enrolment? Evolve(Enrolment? state, object @event) => @event switch
    {
        EnrolmentStarted e => new Enrolment(e.Enrolment, e.CertificateNumber, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Occupation,
            e.Region, e.Sex, e.Age, e.Units, e.CoverFrom, e.CoverTo, e.Contribution, e.Funding, Money.Zero, 0, new Counters(), e.FirstCoverFrom, e.CoverTier, e.Unit,
            e.Pending == true ? EnrolmentStatus.Pending : EnrolmentStatus.InForce, e.Pool),
        BenefitUsed e when state is not null => state with
        {
            Used = state.Used + e.Amount, Benefits = state.Benefits + 1,
            Counters = e.Kind is { } kind ? state.Counters.After(kind, e.Amount, e.Consumed) : state.Counters,
        },
        _ => state,
    };
}

/// <summary>What has become of a certificate. That its period has ended is told by its dates.</summary>
public enum EnrolmentStatus
{
    /// <summary>A share that is due before cover has not been paid.</summary>
    Pending,

    InForce,

    /// <summary>Ended before its time where the plan allows it.</summary>
    Cancelled,

    /// <summary>A certificate beyond those that the person may hold: as if it had never been.</summary>
    Void,

    /// <summary>What was due was never paid.</summary>
    Lapsed,
}
