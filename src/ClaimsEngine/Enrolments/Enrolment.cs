using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

/// <summary>One certificate of one member: its cover, who paid, and the benefit used under it.</summary>
/// <param name="Drawn">what it took of the programme's budget; null where the programme has none</param>
public sealed record Enrolment(
    EnrolmentId Id, string CertificateNumber, PersonId Member, string Plan, int PlanVersion, string? Programme, Occupation Occupation,
    RegionCode Region, Sex Sex, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo, Money Contribution, IReadOnlyList<FundingShare> Funding,
    Money Used, int Benefits, Counters Counters, LocalDate? FirstCoverFrom = null, string? CoverTier = null,
    string? Unit = null, EnrolmentStatus Status = EnrolmentStatus.InForce, string? Pool = null, EnrolmentId? Previous = null, EnrolmentEnd? End = null,
    Money? Drawn = null, bool SeniorRank = false)
    : IAggregate<Enrolment>
{
    public static string StreamType => "enrolment";

    public Guid StreamId => Id.Value;
    public RegionCode? Scope => Region;

    public CoverFacts Cover => new(CoverFrom, CoverTo, FirstCoverFrom);

    /// <summary>Contributions received, in the order they were recorded.</summary>
    public IReadOnlyList<ContributionPaid> Paid { get; init; } = [];

    /// <summary>Whether it covers the days between its dates: in force, or ended within its term.</summary>
    public bool GivesCover => Status == EnrolmentStatus.InForce || End?.LastDay is not null;

    public bool Covers(LocalDate day) => GivesCover && CoverFrom <= day && day <= CoverTo;

    public Money PaidBy(string payer) => Money.Sum(Paid.Where(paid => paid.Payer == payer).Select(paid => paid.Amount));

    /// <summary>Whether a share that is due before cover is still to be paid.</summary>
    public bool AwaitsPayment => Funding.Any(share => share.Due == true && PaidBy(share.Payer) < share.Amount);

    /// <summary>Why nothing is granted under a certificate that does not cover the day.</summary>
    public static Refusal NotInForce(Enrolment enrolment, string? field = null) => new(Refuse.NotInForce, enrolment.Status switch
    {
        EnrolmentStatus.Pending => "the certificate is pending: a share that is due before cover has not been paid",
        EnrolmentStatus.InForce => "the certificate does not cover the day of the incident",
        var ended => $"the certificate is {ended.ToString().ToLowerInvariant()}: {enrolment.End?.Reason}",
    }, field);

    /// <summary>
    /// The certificate ends by this fact: its place and its key are free for another. So is what it drew of the sponsor's budget, unless cover had begun and ends
    /// within the term: then the contribution is earned.
    /// </summary>
    public Decision EndedBy(object fact)
    {
        var ended = Decision.On<Enrolment>(StreamId, fact).Releasing(Key(Plan, Programme, Member), StreamId);
        if (Pool is { } pool) ended = ended.GivingBack(pool);
        return Drawn is { } drawn && fact is not EnrolmentCancelled { LastDay: not null }
            ? ended.GivingBack(Programmes.Programme.BudgetPool(Programme!), drawn.Fen) : ended;
    }

    /// <summary>Scope of the unique keys of certificate numbers.</summary>
    public const string NumberScope = "certificate-number";

    /// <summary>One person holds one certificate of a programme, and of a plan without a programme one at a time: the newest holds the key.</summary>
    public static UniqueKey Key(string plan, string? programme, PersonId member) =>
        new("cover", programme is null ? $"plan/{plan}/{member}" : $"programme/{programme}/{member}");

    public static Enrolment? Evolve(Enrolment? state, object @event) => @event switch
    {
        EnrolmentStarted e => new Enrolment(e.Enrolment, e.CertificateNumber, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Occupation,
            e.Region, e.Sex, e.Age, e.Units, e.CoverFrom, e.CoverTo, e.Contribution, e.Funding, Money.Zero, 0, new Counters(), e.FirstCoverFrom, e.CoverTier, e.Unit,
            e.Pending == true ? EnrolmentStatus.Pending : EnrolmentStatus.InForce, e.Pool, e.Previous,
            Drawn: e.Drawn, SeniorRank: e.SeniorRank == true),
        BenefitUsed e when state is not null => state with
        {
            Used = state.Used + e.Amount, Benefits = state.Benefits + 1,
            Counters = e.Kind is { } kind ? state.Counters.After(kind, e.Amount, e.Consumed) : state.Counters,
        },
        _ when state is null => null,
        ContributionPaid e => state with { Paid = [.. state.Paid, e] },
        CoverTookEffect e => state with
        {
            Status = EnrolmentStatus.InForce, CoverFrom = e.From, CoverTo = e.To, FirstCoverFrom = e.FirstCoverFrom, Age = e.Age ?? state.Age,
        },
        UnitChanged e => state with { Unit = e.Unit },
        EnrolmentCancelled e => state with
        {
            Status = EnrolmentStatus.Cancelled, CoverTo = e.LastDay ?? state.CoverTo, End = new EnrolmentEnd(e.Reason, e.By, e.LastDay, Refunds: e.Refunds),
        },
        EnrolmentVoided e => state with { Status = EnrolmentStatus.Void, End = new EnrolmentEnd(e.Reason, e.By, DuplicateOf: e.DuplicateOf) },
        EnrolmentLapsed e => state with { Status = EnrolmentStatus.Lapsed, End = new EnrolmentEnd(e.Reason, e.By) },
        _ => state,
    };
}

/// <summary>Why a certificate ended before its term.</summary>
/// <param name="LastDay">of cover, where cover had begun; null where there was none</param>
/// <param name="DuplicateOf">the certificate that stands</param>
/// <param name="Refunds">what each payer is to get back after a cancellation; null for nothing</param>
public sealed record EnrolmentEnd(string Reason, string By, LocalDate? LastDay = null, EnrolmentId? DuplicateOf = null, IReadOnlyList<Refund>? Refunds = null);

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
