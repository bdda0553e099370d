using System.Globalization;
using ClaimsEngine.Figures;

namespace ClaimsEngine.Enrolments;

/// <summary>The register of enrolments. Holds no personal data: a person is an id.</summary>
public sealed record EnrolmentRow(
    [property: Column("number printed on the certificate")] string CertificateNumber,
    [property: Column("person, by id")] PersonId Member,
    [property: Column("code of the plan")] string Plan,
    [property: Column("version of the plan that binds the certificate")] int PlanVersion,
    [property: Column("code of the programme, null for direct entry")] string? Programme,
    [property: Column("occupation code")] Occupation Occupation,
    [property: Column("GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("units held")] int Units,
    [property: Column("first day of cover; foreseen while pending")] LocalDate CoverFrom,
    [property: Column("last day of cover, inclusive; the day of its cancellation where that was within the term")] LocalDate CoverTo,
    [property: Column("contribution in fen, all payers")] Money Contribution,
    [property: Column("benefit approved so far, in fen")] Money BenefitUsed,
    [property: Column("number of benefits approved so far")] int Benefits,
    [property: Column("code of the employer, null for who entered alone")] string? Employer,
    [property: Column("pending, inForce, cancelled, void or lapsed; that a period has ended is told by its dates")] EnrolmentStatus Status,
    [property: Column("last day of cover of a certificate cancelled within its term; null for any other")] LocalDate? LastDay = null,
    [property: Column("contributions received so far, payer to yuan; null while nothing was"), JsonColumn]
        IReadOnlyDictionary<string, Money>? Paid = null,
    [property: Column("calendar year in which the cover begins: whose books the certificate stands in")] int PlanYear = 0,
    [property: Column("month of the entry, yyyy-MM, by the certificate's number")] string Month = "",
    [property: Column("lowest amount that begins with the same two digits as the benefit approved so far, in fen; null for none")]
        Money? BenefitBand = null,
    [property: Column("who owes how much, in yuan, of a certificate without a programme; null where the programme's funding says so"),
        JsonColumn]
        IReadOnlyList<OwnShare>? Shares = null,
    [property: Column("each payer's share: due, paid and left"), JsonColumn] IReadOnlyList<ShareStanding>? Standings = null,
    [property: Column("a share of a certificate whose contribution stands is not paid in full")] bool Owing = false,
    [property: Column("whether its contribution stands: pending, in force, or cancelled within its term with nothing to be paid back")]
        bool Stands = false);

/// <summary>A payer's share of a certificate that was entered without a programme.</summary>
public sealed record OwnShare(string Payer, Money Amount);

/// <summary>What has become of a payer's share. Always: due = paid + left.</summary>
/// <param name="Due">of all units</param>
public sealed record ShareStanding(string Payer, Money Due, Money Paid, Money Left);

public static class EnrolmentRegister
{
    /// <summary>What certificates are counted by.</summary>
    private static readonly string[] Funds = ["Programme", "Region", "Plan", "PlanYear", "Month", "Status", "Stands"];

    private static readonly Totals[] Contributions =
    [
        new("enrolment_totals", "Certificates counted, their units and contributions summed",
            Funds, ["Units", "Contribution"], TotalsOf.CurrentRows),
        new("enrolment_payments", "Contributions received on certificates, summed by payer",
            [.. Funds, "Paid.Key"], ["Paid.Value"], TotalsOf.CurrentRows, "Paid"),
        new("enrolment_shares", "Shares of certificates without a programme, summed by payer",
            [.. Funds, "Employer", "Shares.Payer"], ["Shares.Amount"], TotalsOf.CurrentRows, "Shares"),
        new("enrolment_employers", "Certificates by employer, their units and contributions summed",
            ["Employer", .. Funds], ["Units", "Contribution"], TotalsOf.CurrentRows),
        new("enrolment_employer_payments", "Contributions received on an employer's certificates, summed by payer",
            ["Employer", .. Funds, "Paid.Key"], ["Paid.Value"], TotalsOf.CurrentRows, "Paid"),
    ];

    /// <summary>How much each certificate was granted, by band.</summary>
    private static readonly Totals BenefitSums = new(
        "benefit_sums", "Certificates by the band of what they were granted, for distributions",
        [
            nameof(EnrolmentRow.Plan), nameof(EnrolmentRow.PlanYear), nameof(EnrolmentRow.Programme), nameof(EnrolmentRow.Region),
            nameof(EnrolmentRow.BenefitBand),
        ],
        [nameof(EnrolmentRow.BenefitUsed)], TotalsOf.CurrentRows);

    public static readonly ReadModel<EnrolmentRow> Model = new(
        "enrolments", "Register of enrolments, one certificate a row; no personal data", Enrolment.StreamType, Evolve,
        "programme, id", "plan, id", "region, id", "member, id", "employer, id", "status, id", "certificate_number", "benefit_band",
        "owing, id")
    {
        Totals = [.. Contributions, BenefitSums],
    };

    public static EnrolmentRow? Evolve(EnrolmentRow? row, RecordedEvent recorded) =>
        Fold(row, recorded) is { } next && !ReferenceEquals(next, row)
            ? next.Reckoned() : row;

    /// <summary>What is owed: nothing of a certificate whose contribution does not stand, as in the books.</summary>
    private static EnrolmentRow Reckoned(this EnrolmentRow row) => row with
    {
        BenefitBand = row.BenefitUsed.IsPositive ? AmountBand.Of(row.BenefitUsed) : null,
        Owing = row.Stands && row.Standings?.Any(share => share.Left.IsPositive) == true,
    };

    private static IReadOnlyList<ShareStanding>? Paying(IReadOnlyList<ShareStanding>? shares, string payer, Money amount) =>
        shares is null ? null : [.. shares.Select(share => share.Payer != payer ? share
            : share with { Paid = share.Paid + amount, Left = share.Left - amount })];

    private static EnrolmentRow? Fold(EnrolmentRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        EnrolmentStarted e => new EnrolmentRow(
            e.CertificateNumber, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Occupation, e.Region, e.Units, e.CoverFrom, e.CoverTo,
            e.Contribution, Money.Zero, 0, e.Employer, e.Pending == true ? EnrolmentStatus.Pending : EnrolmentStatus.InForce,
            PlanYear: e.CoverFrom.Year,
            Month: (ReferenceNumber.DayOf(e.CertificateNumber) ?? e.EnrolledOn ?? e.CoverFrom)
                .ToString("uuuu-MM", CultureInfo.InvariantCulture),
            Shares: e.Programme is not null ? null
                : [.. e.Funding.Select(share => new OwnShare(share.Payer, share.Amount))],
            Standings: [.. e.Funding.Select(share => new ShareStanding(share.Payer, share.Amount, Money.Zero, share.Amount))],
            Stands: true),
        BenefitUsed e when row is not null => row with { BenefitUsed = row.BenefitUsed + e.Amount, Benefits = row.Benefits + 1 },
        _ when row is null => null,
        BenefitReturned e => row with { BenefitUsed = row.BenefitUsed - e.Amount, Benefits = row.Benefits - 1 },
        CoverTookEffect e => row with { Status = EnrolmentStatus.InForce, CoverFrom = e.From, CoverTo = e.To, PlanYear = e.From.Year },
        ContributionPaid e => row with
        {
            Paid = Paid(row.Paid, e.Payer, e.Amount), Standings = Paying(row.Standings, e.Payer, e.Amount),
        },
        ContributionReturned e => row with
        {
            Paid = Paid(row.Paid, e.Payer, Money.Zero - e.Amount), Standings = Paying(row.Standings, e.Payer, Money.Zero - e.Amount),
            Status = e.CoverWaits == true ? EnrolmentStatus.Pending : row.Status,
        },
        EmployerChanged e => row with { Employer = e.Employer, Region = e.Region ?? row.Region },
        EnrolmentCancelled e => row with
        {
            Status = EnrolmentStatus.Cancelled, CoverTo = e.LastDay ?? row.CoverTo, LastDay = e.LastDay,
            Stands = e is { LastDay: not null, Refunds: null },
        },
        EnrolmentVoided => row with { Status = EnrolmentStatus.Void, Stands = false },
        EnrolmentLapsed => row with { Status = EnrolmentStatus.Lapsed, Stands = false },
        _ => row,
    };

    /// <summary>What was received of each payer; null while nothing is. A payer whose money all went back is not named.</summary>
    private static SortedDictionary<string, Money>? Paid(IReadOnlyDictionary<string, Money>? before, string payer, Money amount)
    {
        var paid = new SortedDictionary<string, Money>(StringComparer.Ordinal);
        foreach (var (known, sum) in before ?? new Dictionary<string, Money>()) paid[known] = sum;
        paid[payer] = paid.GetValueOrDefault(payer) + amount;
        if (paid[payer] == Money.Zero) paid.Remove(payer);
        return paid.Count == 0 ? null : paid;
    }
}
