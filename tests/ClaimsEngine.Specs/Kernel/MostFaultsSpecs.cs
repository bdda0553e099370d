namespace ClaimsEngine.Specs;

/// <summary>A request costs no more the worse it is: whoever collects faults stops at 100, and compares nothing beyond a bound.</summary>
public class MostFaultsSpecs
{
    private const int Many = 18_500;

    [Fact]
    public void A_refusal_names_at_most_100_faults()
    {
        var faults = Enumerable.Range(0, Many).Select(place => ($"field.{place}", "is wrong")).ToArray();
        Assert.Equal(faults.Take(100), Refusal.Of(Refuse.InvalidRequest, faults).Faults!);
        Assert.Equal(faults.Take(100), new Refusal(Refuse.NotPublished, "") { Faults = faults }.Faults!);
    }

    [Fact]
    public void Faults_of_shape_stop_at_100()
    {
        Assert.Equal(100, StrictJson.Read<QuoteBenefit>(ManyAdmissions("""{"admitted":1,"colour":2}""")).Faults.Count);
        Assert.Equal(100, StrictJson.Read<QuoteBenefit>(
            Parse("{" + string.Join(',', Enumerable.Range(0, Many).Select(place => $"\"m{place}\":1")) + "}")).Faults.Count);
    }

    [Fact]
    public void Of_more_admissions_than_an_incident_has_only_their_number_is_told()
    {
        var asked = StrictJson.Read<QuoteBenefit>(ManyAdmissions("""{"admitted":"2025-06-02","discharged":"2025-06-01"}""")).Value!;
        Assert.Equal([("incident.admissions", "1 to 200 admissions")], BenefitQuotes.Answer(APlan(), asked).Refusal!.Faults!);
        Assert.Equal([("incident.admissions", "1 to 200 admissions")], new SubmitClaim(TheEnrolment, asked.Incident,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails)).Breaches());
    }

    [Fact]
    public void Of_more_of_anything_than_an_incident_has_only_the_number_is_told()
    {
        var incident = new Incident(IncidentKind.Disability, IncidentDay,
            Injuries: [.. Enumerable.Repeat(new Injury(0, ""), 101)], Circumstances: [.. Enumerable.Repeat("", 21)],
            OtherPayments: [.. Enumerable.Repeat(new OtherPayment("", new Money(-1)), 101)]);
        Assert.Equal(["injuries", "circumstances", "otherPayments"], incident.Contradictions().Select(fault => fault.Field));
    }

    [Fact]
    public void Two_hundred_stays_of_one_day_are_200_faults_and_100_are_told()
    {
        var stay = new Admission(Day("2025-06-02"), Day("2025-06-01"));
        var incident = new Incident(IncidentKind.Hospitalisation, Day("2025-06-01"), Admissions: [.. Enumerable.Repeat(stay, 200)]);
        Assert.Equal(100, incident.Contradictions().Count());
        Assert.Equal(100, BenefitQuotes.Answer(APlan(), new QuoteBenefit(incident)).Refusal!.Faults!.Count);
    }

    [Fact]
    public void Faults_of_a_card_stop_at_100()
    {
        var card = SampleCards.TenThousand() with { Prices = [.. Enumerable.Repeat(new PriceLine(Money.Zero), 200)] };
        Assert.Equal(100, card.Faults().Count);
        Assert.Equal(100, ProposePlanVersionHandler.Handle(
            new ProposePlanVersion(PlanCode, 1, Day("2025-01-01"), card.Json()), null, PlanAdmin).Refusal!.Faults!.Count);
    }

    [Fact]
    public void Breaches_of_shape_stop_at_100() => Assert.Equal(100, new RecordPaymentResults(TheBatch,
        [.. Enumerable.Range(0, 300).Select(place => new ReportedResult(new PayoutId(Id(place)), ReportedOutcome.Settled, ""))])
        .Breaches().Count);

    [Fact]
    public void Of_more_lines_than_a_batch_has_only_their_number_is_told() =>
        Assert.Equal([("lines", "a batch has at most 10,000 payouts")], new RecordPaymentResults(TheBatch,
            [.. Enumerable.Range(0, Many).Select(place => new ReportedResult(new PayoutId(Id(place)), ReportedOutcome.Settled, ""))])
            .Breaches());

    [Fact]
    public void Of_more_payers_regions_and_occupations_than_a_programme_has_only_their_number_is_told() =>
        Assert.Equal(["funding", "occupations", "regions"], new OpenProgramme(
            ProgrammeCode, PlanCode, "甘肃省总工会", 10, Day("2025-01-01"), Day("2025-12-31"), [.. Enumerable.Repeat(Gansu, Many)],
            [.. Enumerable.Repeat(Occupation.Of("truckDriver"), Many)], [.. Enumerable.Repeat(new FundingShare("", Money.Zero), Many)])
            .BrokenFields());

    private static JsonElement ManyAdmissions(string admission) => Parse(
        """{"incident":{"kind":"hospitalisation","date":"2025-06-01","admissions":["""
        + string.Join(',', Enumerable.Repeat(admission, Many)) + "]}}");

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
