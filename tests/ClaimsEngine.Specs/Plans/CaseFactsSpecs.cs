namespace ClaimsEngine.Specs;

/// <summary>Facts that contradict each other are named field by field; what was used is counted.</summary>
public class CaseFactsSpecs
{
    private static readonly LocalDate Born = new(1985, 3, 12);
    private static readonly Admission Good = new(Day("2025-06-01"), Day("2025-06-11"), 3, Cny("1000.00"), Cny("800.00"), Cny("500.00"));

    public static readonly TheoryData<string, Incident, string> OneContradiction = new()
    {
        { "a disability has a grade", Of(IncidentKind.Disability), "grade" },
        { "from 1", Of(IncidentKind.Disability) with { Grade = 0 }, "grade" },
        { "to 10", Of(IncidentKind.Disability) with { Grade = 11 }, "grade" },
        { "a grade or its injuries", Of(IncidentKind.Disability) with { Grade = 3, Injuries = [new Injury(3, "eye")] }, "injuries" },
        { "no list without injuries", Of(IncidentKind.Disability) with { Injuries = [] }, "injuries" },
        { "an injury's grade",
            Of(IncidentKind.Disability) with { Injuries = [new Injury(3, "eye"), new Injury(0, "leg")] }, "injuries.1.grade" },
        { "an injury's part", Of(IncidentKind.Disability) with { Injuries = [new Injury(3, "")] }, "injuries.0.part" },
        { "a part of 61 letters", Of(IncidentKind.Disability) with { Injuries = [new Injury(3, new string('x', 61))] }, "injuries.0.part" },
        { "no other kind has a grade", Of(IncidentKind.AccidentDeath) with { Grade = 1 }, "grade" },
        { "no other kind has injuries", Of(IncidentKind.AccidentDeath) with { Injuries = [new Injury(3, "eye")] }, "injuries" },
        { "no other kind has a severity", Of(IncidentKind.Hospitalisation) with { Severity = Severity.Mild }, "severity" },
        { "an illness is named", Of(IncidentKind.CriticalIllness) with { Illness = "" }, "illness" },
        { "in 60 letters", Of(IncidentKind.CriticalIllness) with { Illness = new string('x', 61) }, "illness" },
        { "before the birth", Of(IncidentKind.AccidentDeath) with { Date = Born.PlusDays(-1) }, "date" },
        { "diagnosed before the birth", Of(IncidentKind.CriticalIllness) with { DiagnosedOn = Born.PlusDays(-1) }, "diagnosedOn" },
        { "admitted before the birth", Stays(Stay(Born.PlusDays(-1), Born)), "admissions.0.admitted" },
        { "discharged before admitted", Stays(Stay(Day("2025-06-02"), Day("2025-06-01"))), "admissions.0.discharged" },
        { "no list without admissions", Stays(), "admissions" },
        { "a hospital of grade 0", Stays(Good with { HospitalGrade = 0 }), "admissions.0.hospitalGrade" },
        { "a hospital of grade 4", Stays(Good with { HospitalGrade = 4 }), "admissions.0.hospitalGrade" },
        { "a total below nothing", Stays(Good with { Total = new Money(-1), InScope = null, OwnShare = null }), "admissions.0.total" },
        { "in scope below nothing", Stays(Good with { InScope = new Money(-1) }), "admissions.0.inScope" },
        { "an own share below nothing", Stays(Good with { OwnShare = new Money(-1) }), "admissions.0.ownShare" },
        { "in scope above the total", Stays(Good with { InScope = Cny("1000.01") }), "admissions.0.inScope" },
        { "an own share above the total", Stays(Good with { OwnShare = Cny("1000.01") }), "admissions.0.ownShare" },
        { "the second of two", Stays(Good, Stay(Day("2025-07-02"), Day("2025-07-01"))), "admissions.1.discharged" },
        { "two beds at once", Stays(Good, Stay(Day("2025-06-10"), Day("2025-06-12"))), "admissions.1.admitted" },
        { "a stay within a stay", Stays(Good, Stay(Day("2025-06-03"), Day("2025-06-03"))), "admissions.1.admitted" },
        { "the same stay twice", Stays(Good, Good), "admissions.1.admitted" },
        { "a circumstance without a name", Of(IncidentKind.AccidentDeath) with { Circumstances = [""] }, "circumstances" },
        { "a circumstance of 61 letters", Of(IncidentKind.AccidentDeath) with { Circumstances = [new string('x', 61)] }, "circumstances" },
        { "21 circumstances", Of(IncidentKind.AccidentDeath) with { Circumstances = [.. Enumerable.Repeat("war", 21)] }, "circumstances" },
        { "a payment below nothing", Of(IncidentKind.AccidentDeath) with { OtherPayments = [new OtherPayment("relief", new Money(-1))] },
            "otherPayments.0.amount" },
        { "a payment by nobody", Of(IncidentKind.AccidentDeath)
            with { OtherPayments = [new OtherPayment("relief", Money.Zero), new OtherPayment("", Money.Zero)] },
            "otherPayments.1.source" },
    };

    public static readonly TheoryData<string, Incident> NoContradiction = new()
    {
        { "a graded disability", Of(IncidentKind.Disability) with { Grade = 10 } },
        { "injuries instead of a grade",
            Of(IncidentKind.Disability) with { Injuries = [new Injury(1, "leftHand"), new Injury(10, "leftHand")] } },
        { "a severity of an illness",
            Of(IncidentKind.CriticalIllness) with { Severity = Severity.InSitu, Illness = "cancer", DiagnosedOn = Born } },
        { "a severity of a women's illness", Of(IncidentKind.WomensIllness) with { Severity = Severity.Mild } },
        { "born on the day", Of(IncidentKind.IllnessDeath) with { Date = Born } },
        { "a stay with all its costs", Stays(Good) },
        { "everything was the member's own", Stays(Good with { InScope = Good.Total, OwnShare = Good.Total }) },
        { "an own share above what lies in scope", Stays(Good with { InScope = Cny("1.00"), OwnShare = Cny("2.00") }) },
        { "a treatment of one day", Stays(Stay(Day("2025-06-01"), Day("2025-06-01"))) },
        { "moved on the same day", Stays(Good, Stay(Good.Discharged, Good.Discharged.PlusDays(5))) },
        { "in another order", Stays(Stay(Good.Discharged, Good.Discharged.PlusDays(5)), Good) },
        { "no cost told", Stays(Stay(Day("2025-06-01"), Day("2025-06-02"))) },
        { "nothing found, nothing paid", Of(IncidentKind.AccidentDeath) with { Circumstances = [], OtherPayments = [] } },
        { "20 circumstances", Of(IncidentKind.AccidentDeath) with { Circumstances = [.. Enumerable.Repeat(new string('x', 60), 20)] } },
    };

    [Theory]
    [MemberData(nameof(OneContradiction))]
    public void A_contradiction_is_named_by_its_field(string what, Incident incident, string field)
    {
        var contradictions = incident.Contradictions(Born).ToArray();
        Assert.True(contradictions is [var (named, reason)] && named == field && reason.Length > 0,
            $"{what}: {string.Join("; ", contradictions)}");
    }

    [Theory]
    [MemberData(nameof(NoContradiction))]
    public void What_fits_together_is_taken(string what, Incident incident)
    {
        var contradictions = incident.Contradictions(Born).ToArray();
        Assert.True(contradictions.Length == 0, $"{what}: {string.Join("; ", contradictions)}");
    }

    [Fact]
    public void All_contradictions_are_named_at_once() => Assert.Equal(
        ["grade", "severity", "date", "admissions.0.discharged", "admissions.0.hospitalGrade", "otherPayments.0.amount"],
        (Stays(Stay(Day("2025-06-02"), Day("2025-06-01")) with { HospitalGrade = 9 }) with
        {
            Grade = 1, Severity = Severity.Mild, Date = Born.PlusYears(-1), OtherPayments = [new OtherPayment("relief", new Money(-1))],
        }).Contradictions(Born).Select(fault => fault.Field));

    [Fact]
    public void One_stay_that_overlaps_many_is_one_fault() => Assert.Equal(
        ["admissions.1.admitted", "admissions.2.admitted", "admissions.3.admitted"],
        Stays(Good, Good, Good, Good).Contradictions().Select(fault => fault.Field));

    [Fact]
    public void Where_the_birth_is_not_known_nothing_lies_before_it() =>
        Assert.Empty((Stays(Good) with { Date = new LocalDate(1900, 1, 1), DiagnosedOn = new LocalDate(1900, 1, 1) }).Contradictions());

    [Fact]
    public void A_year_that_no_living_person_saw_is_a_mistake() => Assert.Equal(["date", "diagnosedOn"],
        (Stays(Good) with { Date = new LocalDate(1899, 12, 31), DiagnosedOn = new LocalDate(2201, 1, 1) }).Contradictions()
            .Select(fault => fault.Field));

    [Fact]
    public void The_same_stay_told_twice_is_a_fault_also_if_it_is_a_day() => Assert.Equal(["admissions.1.admitted"],
        Stays(Stay(Born.PlusDays(9), Born.PlusDays(9)), Stay(Born.PlusDays(9), Born.PlusDays(9))).Contradictions()
            .Select(fault => fault.Field));

    [Fact]
    public void More_admissions_or_injuries_than_a_person_has_are_one_fault()
    {
        Assert.Equal(["admissions"],
            Stays([.. Enumerable.Range(0, 201).Select(day => Stay(Born.PlusDays(day), Born.PlusDays(day + 1)))]).Contradictions()
            .Select(fault => fault.Field));
        Assert.Empty(Stays([.. Enumerable.Range(0, 200).Select(day => Stay(Born.PlusDays(day), Born.PlusDays(day + 1)))]).Contradictions());
        Assert.Contains(
            "injuries", (Of(IncidentKind.Disability) with { Injuries = [.. Enumerable.Repeat(new Injury(1, "eye"), 101)] }).Contradictions()
            .Select(fault => fault.Field));
    }

    [Fact]
    public void The_last_day_of_an_incident_is_its_last_discharge_or_its_own()
    {
        Assert.Equal(SampleFacts.June1, Of(IncidentKind.AccidentDeath).LastDay);
        Assert.Equal(Day("2025-06-11"), (Stays(Good, Stay(Day("2025-05-01"), Day("2025-05-02")))).LastDay);
        Assert.Equal(Day("2025-09-01"), (Stays(Good) with { Date = Day("2025-09-01") }).LastDay);
    }

    [Fact]
    public void Counters_add_up_what_each_benefit_used()
    {
        var counters = new Counters()
            .After(IncidentKind.Hospitalisation, Money.Zero,
                new Consumption(Admissions: 1, Deductible: Money.Yuan(6_000), OwnShare: Money.Yuan(6_000)))
            .After(IncidentKind.HospitalDays, Money.Yuan(400), new Consumption(Days: 10, Admissions: 1))
            .After(IncidentKind.Hospitalisation, Money.Yuan(4_800),
                new Consumption(Admissions: 2, Deductible: Money.Yuan(4_000), OwnShare: Money.Yuan(10_000)))
            .After(IncidentKind.AccidentDeath, Money.Yuan(1), null);
        Assert.Equal(
            [new KindUse(IncidentKind.Hospitalisation, Money.Yuan(4_800), null, 3, Money.Yuan(10_000), Money.Yuan(16_000)),
                new KindUse(IncidentKind.HospitalDays, Money.Yuan(400), 10, 1), new KindUse(IncidentKind.AccidentDeath, Money.Yuan(1))],
            counters.Benefits!);
        Assert.Equal((Money.Yuan(400), Money.Zero),
            (counters.UsedFor(IncidentKind.HospitalDays), counters.UsedFor(IncidentKind.Disability)));
    }

    [Fact]
    public void What_counts_on_is_a_deductible_or_an_own_share_and_nothing_else()
    {
        Assert.True(new Consumption(Deductible: new Money(1)).Counts);
        Assert.True(new Consumption(OwnShare: new Money(1)).Counts);
        Assert.False(new Consumption(Days: 3, Admissions: 1, Deductible: Money.Zero, OwnShare: Money.Zero).Counts);
        Assert.False(new Consumption(Days: 3, Admissions: 1).Counts);
    }

    [Fact]
    public void Facts_are_the_same_when_they_are_written_the_same()
    {
        var facts = CaseFacts.Of(Samples.TwoStays, 1, Money.Zero, SampleFacts.Year2025, "100", new Counters(Days: 1));
        Assert.True(facts.SameAs(CaseFacts.Of(
            Samples.TwoStays with { Admissions = [.. Samples.TwoStays.Admissions!] }, 1, Money.Zero, SampleFacts.Year2025, "100",
            new Counters(Days: 1))));
        Assert.False(facts.SameAs(facts with { Counters = new Counters(Days: 2) }));
        Assert.False(facts.SameAs(facts with { Admissions = [.. facts.Admissions!.Take(1)] }));
    }

    private static Incident Of(IncidentKind kind) => new(kind, SampleFacts.June1);

    private static Incident Stays(params Admission[] admissions) => Of(IncidentKind.Hospitalisation) with { Admissions = admissions };

    private static Admission Stay(LocalDate admitted, LocalDate discharged) => new(admitted, discharged);
}
