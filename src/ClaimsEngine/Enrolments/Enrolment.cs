using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

/// <summary>One certificate of one member: its cover, who paid, and the benefit used under it.</summary>
/// <param name="Drawn">what it took of the programme's budget; null where the programme has none</param>
public sealed record Enrolment(
    EnrolmentId Id, string CertificateNumber, PersonId Member, string Plan, int PlanVersion, string? Programme, Occupation Occupation,
    RegionCode Region, Sex Sex, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo, Money Contribution,
    IReadOnlyList<FundingShare> Funding, Money Used, int Benefits, Counters Counters, LocalDate? FirstCoverFrom = null,
    string? CoverTier = null, string? Employer = null, EnrolmentStatus Status = EnrolmentStatus.InForce, string? Pool = null,
    EnrolmentId? Previous = null, EnrolmentEnd? End = null, Money? Drawn = null, bool SeniorRank = false)
    : AggregateState, IAggregate<Enrolment>
{
    public static string StreamType => "enrolment";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    public CoverFacts Cover => new(CoverFrom, CoverTo, FirstCoverFrom);

    /// <summary>Contributions received and not gone back since, in the order they were recorded.</summary>
    public IReadOnlyList<ContributionPaid> Paid { get; init; } = [];

    /// <summary>
    /// Where the certificate was when each of these came in: a payer that is meant by its kind, such as the employer, is the one of that
    /// time.
    /// </summary>
    public IReadOnlyList<PaidPlace> PaidPlaces { get; init; } = [];

    /// <summary>Contributions that were received and went back, in order.</summary>
    public IReadOnlyList<ContributionReturned> Returned { get; init; } = [];

    /// <summary>Whether it was pending and its cover took effect since.</summary>
    public bool TookEffect { get; init; }

    /// <summary>The office that entered it: its books keep it, whoever looks after it later.</summary>
    public RegionCode EnteredIn { get; init; }

    /// <summary>Day on which it was recorded, which may lie after the days that it covers: gifts and imports enter the past.</summary>
    public LocalDate EnrolledOn { get; init; }

    /// <summary>The day by whose rules it was entered; of what was imported, before <see cref="EnrolledOn"/>. Its number tells
    /// it.</summary>
    public LocalDate EnteredFor => ReferenceNumber.DayOf(CertificateNumber) ?? EnrolledOn;

    /// <summary>Claims that were submitted under it and are not decided. Those of before this was recorded are not among them.</summary>
    public IReadOnlyList<ClaimOpened> OpenClaims { get; init; } = [];

    public bool HasOpen(ClaimId claim) => OpenClaims.Any(open => open.Claim == claim);

    /// <summary>Whether nobody may hold both: a plan gives a person one certificate for a day, under whatever programme. No published
    /// card excludes another plan: separate covers may be drawn together (Hubei 2025).</summary>
    public bool Excludes(Enrolment other) => Plan == other.Plan && CoverFrom <= other.CoverTo && other.CoverFrom <= CoverTo;

    /// <summary>Whether it covers the days between its dates: in force, or ended within its term.</summary>
    public bool GivesCover => Status == EnrolmentStatus.InForce || End?.LastDay is not null;

    public bool Covers(LocalDate day) => GivesCover && CoverFrom <= day && day <= CoverTo;

    public Money PaidBy(string payer) => Money.Sum(Paid.Where(paid => paid.Payer == payer).Select(paid => paid.Amount));

    /// <summary>The refunds that were ordered to be paid, one for each payer at most.</summary>
    public IReadOnlyList<RefundOrdered> RefundOrders { get; init; } = [];

    /// <summary>
    /// What each payer is to get back of a certificate that ended, ordered or not: of a cancelled one what was recorded with the
    /// cancellation; of one that is void, as if it had never been, or lapsed all that the payer has paid, at once. A payment that went back
    /// to the payer since is not refunded once more.
    /// </summary>
    /// <param name="today">first day on which the refund of a void or lapsed certificate is to be paid</param>
    public IReadOnlyList<Refund> Refunds(LocalDate today)
    {
        var owed = Status switch
        {
            EnrolmentStatus.Cancelled => End?.Refunds ?? [],
            EnrolmentStatus.Void or EnrolmentStatus.Lapsed => Paid.Select(paid => paid.Payer).Distinct()
                .Select(payer => new Refund(payer, PaidBy(payer), today)),
            _ => [],
        };
        return [.. owed.Select(refund => refund with { Amount = Money.Min(refund.Amount, PaidBy(refund.Payer)) })
            .Where(refund => refund.Amount.IsPositive)];
    }

    /// <summary>Whether too few of the employer took part when it was recorded, and the ratio has not stood since.</summary>
    public bool AwaitsRatio { get; init; }

    /// <summary>Day on which the ratio that it waited for stood; null if it never waited, or waits still.</summary>
    public LocalDate? RatioReachedOn { get; init; }

    /// <summary>What a pending certificate waits for; empty for any other.</summary>
    public IReadOnlyList<WaitsFor> WaitsFor => Status != EnrolmentStatus.Pending ? []
        : [.. AwaitsPayment ? [Enrolments.WaitsFor.Payment] : Array.Empty<WaitsFor>(),
            .. AwaitsRatio ? [Enrolments.WaitsFor.Participation] : Array.Empty<WaitsFor>()];

    /// <summary>Whether a share that is due before cover is still to be paid.</summary>
    public bool AwaitsPayment => Funding.Any(share => share.Due == true && PaidBy(share.Payer) < share.Amount);

    /// <summary>The benefits that were granted under it and not taken back, in order.</summary>
    public IReadOnlyList<BenefitUsed> Uses { get; init; } = [];

    /// <summary>Whether it is pending or in force, and so may still end.</summary>
    public bool IsLive => Status is EnrolmentStatus.Pending or EnrolmentStatus.InForce;

    public Refusal NotLive() => Refuse.WrongStateOf("enrolment", Status, "pending", "inForce");

    /// <summary>Why nothing is granted under a certificate that does not cover the day.</summary>
    public Refusal NotInForce(string? field = null) => new(Refuse.NotInForce, Status switch
    {
        EnrolmentStatus.Pending => AwaitsRatio && !AwaitsPayment
            ? "the certificate is pending: too few of the employer take part"
            : "the certificate is pending: a share that is due before cover has not been paid",
        EnrolmentStatus.InForce => "the certificate does not cover the day of the incident",
        var ended => $"the certificate is {ended.ToString().ToLowerInvariant()}: {End?.Reason}",
    }, field);

    /// <summary>
    /// The certificate ends by this fact: its place and its key are free for another. So is what it drew of the sponsor's budget, unless
    /// cover had begun and ends within the term: then the contribution is earned.
    /// </summary>
    public Decision EndedBy(object fact)
    {
        var ended = Decision.On(this, fact).Releasing(Key(Plan, Programme, Member), StreamId);
        if (Pool is { } pool) ended = ended.GivingBack(pool);
        return Drawn is { } drawn && fact is not EnrolmentCancelled { LastDay: not null }
            ? ended.GivingBack(Programmes.Programme.BudgetPool(Programme!), drawn.Fen) : ended;
    }

    /// <summary>Scope of the unique keys of certificate numbers.</summary>
    public const string NumberScope = "certificate-number";

    /// <summary>One person holds one certificate of a programme, or one at a time of a plan without: the newest has the key.</summary>
    public static UniqueKey Key(string plan, string? programme, PersonId member) =>
        new("cover", programme is null ? $"plan/{plan}/{member}" : $"programme/{programme}/{member}");

    public static Enrolment? Evolve(Enrolment? state, object @event) => @event switch
    {
        EnrolmentStarted e => new Enrolment(e.Enrolment, e.CertificateNumber, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Occupation,
            e.Region, e.Sex, e.Age, e.Units, e.CoverFrom, e.CoverTo, e.Contribution, e.Funding, Money.Zero, 0, new Counters(),
            e.FirstCoverFrom, e.CoverTier, e.Employer,
            e.Pending == true ? EnrolmentStatus.Pending : EnrolmentStatus.InForce, e.Pool, e.Previous,
            Drawn: e.Drawn, SeniorRank: e.SeniorRank == true)
        {
            EnrolledOn = e.EnrolledOn ?? ReferenceNumber.DayOf(e.CertificateNumber) ?? e.CoverFrom,
            AwaitsRatio = e.AwaitsRatio == true, EnteredIn = e.Region,
        },
        BenefitUsed e when state is not null => state.Using(e) with { OpenClaims = Without(state.OpenClaims, e.Claim) },
        _ when state is null => null,
        // counters do not run backwards: they are counted again from the benefits that are left
        BenefitReturned e => state.Uses.Where(use => use.Claim != e.Claim).Aggregate(
            state with { Used = Money.Zero, Benefits = 0, Counters = new Counters(), Uses = [] }, (before, use) => before.Using(use)),
        ClaimOpened e => state with { OpenClaims = [.. state.OpenClaims, e] },
        ClaimClosed e => state with { OpenClaims = Without(state.OpenClaims, e.Claim) },
        ContributionPaid e => state with
        {
            Paid = [.. state.Paid, e],
            PaidPlaces = [.. state.PaidPlaces, new PaidPlace(e.Payer, e.Reference, state.Region, state.Employer)],
        },
        ContributionReturned e => state with
        {
            Paid = [.. state.Paid.Where(paid => (paid.Payer, paid.Reference) != (e.Payer, e.Reference))],
            PaidPlaces = [.. state.PaidPlaces.Where(paid => (paid.Payer, paid.Reference) != (e.Payer, e.Reference))],
            Returned = [.. state.Returned, e],
            Status = e.CoverWaits == true ? EnrolmentStatus.Pending : state.Status,
        },
        CoverTookEffect e => state with
        {
            Status = EnrolmentStatus.InForce, CoverFrom = e.From, CoverTo = e.To, FirstCoverFrom = e.FirstCoverFrom,
            Age = e.Age ?? state.Age, TookEffect = true,
        },
        RatioReached e => state with { AwaitsRatio = false, RatioReachedOn = e.On },
        EmployerChanged e => state with { Employer = e.Employer, Region = e.Region ?? state.Region },
        EnrolmentCancelled e => state with
        {
            Status = EnrolmentStatus.Cancelled, CoverTo = e.LastDay ?? state.CoverTo,
            End = new EnrolmentEnd(e.Reason, e.By, e.LastDay, Refunds: e.Refunds),
        },
        EnrolmentVoided e => state with
        {
            Status = EnrolmentStatus.Void, End = new EnrolmentEnd(e.Reason, e.By, DuplicateOf: e.DuplicateOf, For: e.OnBehalfOf),
        },
        EnrolmentLapsed e => state with { Status = EnrolmentStatus.Lapsed, End = new EnrolmentEnd(e.Reason, e.By) },
        RefundOrdered e => state with { RefundOrders = [.. state.RefundOrders, e] },
        _ => state,
    };

    private Enrolment Using(BenefitUsed use) => this with
    {
        Used = Used + use.Amount, Benefits = Benefits + 1, Uses = [.. Uses, use],
        Counters = use.Kind is { } kind ? Counters.After(kind, use.Amount, use.Consumed) : Counters,
    };

    private static IReadOnlyList<ClaimOpened> Without(IReadOnlyList<ClaimOpened> open, ClaimId claim) =>
        open.Count == 0 ? open : [.. open.Where(one => one.Claim != claim)];
}

/// <summary>Where a certificate was when a contribution came in.</summary>
/// <param name="Employer">code of the employer of that time; null for who entered alone</param>
public sealed record PaidPlace(string Payer, string Reference, RegionCode Region, string? Employer);

/// <summary>Why a certificate ended before its term.</summary>
/// <param name="LastDay">of cover, where cover had begun; null where there was none</param>
/// <param name="DuplicateOf">the certificate that stands</param>
/// <param name="Refunds">what each payer is to get back after a cancellation; null for nothing</param>
/// <param name="For">whose stand-in ended it; null for nobody's</param>
public sealed record EnrolmentEnd(
    string Reason, string By, LocalDate? LastDay = null, EnrolmentId? DuplicateOf = null, IReadOnlyList<Refund>? Refunds = null,
    string? For = null);

/// <summary>What has become of a certificate. That its period has ended is told by its dates.</summary>
public enum EnrolmentStatus
{
    /// <summary>It waits for a share that is due before cover, or for the plan's ratio of the employer's people.</summary>
    Pending,

    InForce,

    /// <summary>Ended before its time where the plan allows it.</summary>
    Cancelled,

    /// <summary>A certificate beyond those that the person may hold: as if it had never been.</summary>
    Void,

    /// <summary>What was due was never paid.</summary>
    Lapsed,
}

/// <summary>What a pending certificate waits for.</summary>
public enum WaitsFor
{
    /// <summary>A share that is due before cover has not been paid.</summary>
    Payment,

    /// <summary>Too few of the employer take part.</summary>
    Participation,
}
