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
        IReadOnlyDictionary<string, Money>? Paid = null);

public static class EnrolmentRegister
{
    public static readonly ReadModel<EnrolmentRow> Model = new(
        "enrolments", "Register of enrolments, one certificate a row; no personal data", Enrolment.StreamType, Evolve,
        "programme, id", "plan, id", "region, id", "member, id", "employer, id", "status, id", "certificate_number")
    {
        // "LastDay?": whether a cancelled certificate covered somebody before it ended.
        Totals =
        [
            new("enrolment_totals", "Certificates counted, their units and contributions summed",
                ["Programme", "Region", "Plan", "Status", "LastDay?"], ["Units", "Contribution"], TotalsOf.CurrentRows),
            new("enrolment_payments", "Contributions received on certificates, summed by payer",
                ["Programme", "Region", "Plan", "Status", "LastDay?", "Paid.Key"], ["Paid.Value"], TotalsOf.CurrentRows, "Paid"),
        ],
    };

    public static EnrolmentRow? Evolve(EnrolmentRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        EnrolmentStarted e => new EnrolmentRow(
            e.CertificateNumber, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Occupation, e.Region, e.Units, e.CoverFrom, e.CoverTo,
            e.Contribution, Money.Zero, 0, e.Employer, e.Pending == true ? EnrolmentStatus.Pending : EnrolmentStatus.InForce),
        BenefitUsed e when row is not null => row with { BenefitUsed = row.BenefitUsed + e.Amount, Benefits = row.Benefits + 1 },
        _ when row is null => null,
        BenefitReturned e => row with { BenefitUsed = row.BenefitUsed - e.Amount, Benefits = row.Benefits - 1 },
        CoverTookEffect e => row with { Status = EnrolmentStatus.InForce, CoverFrom = e.From, CoverTo = e.To },
        ContributionPaid e => row with { Paid = Paid(row.Paid, e) },
        EmployerChanged e => row with { Employer = e.Employer, Region = e.Region ?? row.Region },
        EnrolmentCancelled e => row with { Status = EnrolmentStatus.Cancelled, CoverTo = e.LastDay ?? row.CoverTo, LastDay = e.LastDay },
        EnrolmentVoided => row with { Status = EnrolmentStatus.Void },
        EnrolmentLapsed => row with { Status = EnrolmentStatus.Lapsed },
        _ => row,
    };

    private static SortedDictionary<string, Money> Paid(IReadOnlyDictionary<string, Money>? before, ContributionPaid payment)
    {
        var paid = new SortedDictionary<string, Money>(StringComparer.Ordinal);
        foreach (var (payer, amount) in before ?? new Dictionary<string, Money>()) paid[payer] = amount;
        paid[payment.Payer] = paid.GetValueOrDefault(payment.Payer) + payment.Amount;
        return paid;
    }
}
