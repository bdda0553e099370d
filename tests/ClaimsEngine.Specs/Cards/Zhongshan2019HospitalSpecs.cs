namespace ClaimsEngine.Specs;

/// <summary>Zhongshan 2019 (plans.md P6, S36): of the own share in scope 80 % at the first admission, 70 % at the second; 95 yuan, of which
/// 75 subsidised.</summary>
public class Zhongshan2019HospitalSpecs
{
    private static Question Hospital => Cards.Ask("zhongshan-2019-hospital", IncidentKind.Hospitalisation, "2019-06-01");

    [Fact]
    public void The_first_admission_is_paid_at_80_per_cent() => Hospital.Costing("1234.56", inScope: "1234.56").Pays("987.65");   // 987.648

    [Fact]
    public void The_second_admission_is_paid_at_70_per_cent() =>
        Hospital.Costing("1234.56", inScope: "1234.56").Used("800.00", admissions: 1).Pays("864.19");   // 864.192

    [Fact]
    public void Two_admissions_of_one_claim_are_the_first_and_the_second_by_their_days()
    {
        Hospital.Costing("2000.00", inScope: "2000.00").Costing("1000.00", inScope: "1000.00").Pays("2300.00");   // 1,600 + 700
        var first = new Admission(Cards.Day("2019-06-01"), Cards.Day("2019-06-07"), InScope: Cards.Yuan("2000.00"),
            OwnShare: Cards.Yuan("2000.00"));
        var later = new Admission(Cards.Day("2019-06-11"), Cards.Day("2019-06-17"), InScope: Cards.Yuan("1000.00"),
            OwnShare: Cards.Yuan("1000.00"));
        (Hospital with { Incident = Hospital.Incident with { Admissions = [later, first] } }).Pays("2300.00");
    }

    [Fact]
    public void What_the_third_admission_is_paid_is_not_published()
    {
        var first = Hospital.Costing("1000.00", inScope: "1000.00");
        first.Used("1500.00", admissions: 2).IsNotPublished("benefits.hospitalisation.byAdmission.3");
        first.Costing("1000.00", inScope: "1000.00").Costing("1000.00", inScope: "1000.00")
            .IsNotPublished("benefits.hospitalisation.byAdmission.3");
    }

    [Fact]
    public void Only_what_lies_in_scope_counts()
    {
        Hospital.Costing("1000.00", inScope: "700.00", total: "5000.00").Pays("560.00");   // 700 × 80 %
        Hospital.Costing("1000.00", inScope: "4000.00", total: "5000.00").Pays("800.00");   // 1,000 × 80 %
    }

    [Fact]
    public void What_lies_in_scope_is_asked_for_of_each_admission_where_it_is_not_told()
    {
        Hospital.Costing("1000.00").IsRefused(Refuse.IncidentIncomplete, "incident.admissions.0.inScope");
        Hospital.Costing("1000.00", inScope: "700.00").Costing("1000.00")
            .IsRefused(Refuse.IncidentIncomplete, "incident.admissions.1.inScope");
    }

    [Fact]
    public void Of_95_yuan_75_are_subsidised_and_20_are_the_members()
    {
        var contribution = Hospital.Costing("1000.00", inScope: "1000.00").Pays("800.00").Contribution!;
        Assert.Equal(("95.00", "union subsidy 75.00, member 20.00"), (contribution.Amount.ToString(), Cards.Shared(contribution)));
    }
}
