namespace ClaimsEngine.Specs;

public class SubmitClaimSpecs
{
    private static readonly ClaimantDetails TheDriver = new("陈样例", DriversNumber, Relation.Self, DriversAccountDetails);
    private static readonly ClaimantDetails AChild = new("李样例", RelativesNumber, Relation.Child, RelativesAccountDetails);

    [Fact]
    public void A_member_claims_for_a_disability_and_is_paid_himself()
    {
        var decision = Submit();
        var submitted = decision.The<ClaimSubmitted>();
        Assert.Equal((DriverId, Relation.Self, DriverId, DriversAccount),
            (submitted.Claimant, submitted.Relation, submitted.Payee, submitted.Account));
        Assert.Equal((PlanCode, 1, ProgrammeCode, Liangzhou, Officer.Id),
            (submitted.Plan, submitted.PlanVersion, submitted.Programme, submitted.Region, submitted.By));
        Assert.Equal(DisabilityPapers, submitted.RequiredDocuments);
        Assert.StartsWith("C62-20251120-", submitted.Number);
        decision.Guards(new UniqueKey("claim-number", submitted.Number), TheClaim.Value)
            .Guards(Claim.IncidentKeys(TheEnrolment, GradeOneDisability).Single(), TheClaim.Value, Refuse.DuplicateClaim);
    }

    [Fact]
    public void A_claim_stands_on_its_certificate_which_may_be_ended_meanwhile() =>
        Assert.Equal([new ClaimOpened(TheClaim, Officer.Id)],
            Assert.Single(Submit().Changes, change => change.Stream == TheEnrolment.Value).Events);

    [Fact]
    public void A_relative_claims_for_a_living_member_who_is_paid()
    {
        var submitted = Submit(claimant: AChild with { Account = DriversAccountDetails }, asClaimant: Known(RelativeId))
            .The<ClaimSubmitted>();
        Assert.Equal((RelativeId, Relation.Child, DriverId, DriversAccount),
            (submitted.Claimant, submitted.Relation, submitted.Payee, submitted.Account));
    }

    [Fact]
    public void After_a_death_the_relative_who_claims_is_paid()
    {
        var relative = Known(RelativeId, RelativesAccount);
        var submitted = Submit(DeathByAccident, AChild, relative, relative).The<ClaimSubmitted>();
        Assert.Equal((RelativeId, RelativeId, RelativesAccount), (submitted.Claimant, submitted.Payee, submitted.Account));
        Assert.Contains("deathCertificate", submitted.RequiredDocuments);
    }

    [Fact]
    public void A_dead_member_does_not_claim() =>
        Submit(DeathByAccident, TheDriver).IsRefused(Refuse.RelationMismatch, "claimant.relation");

    [Fact]
    public void A_benefit_the_plan_does_not_have_is_refused() =>
        Submit(new Incident(IncidentKind.Hospitalisation, IncidentDay)).IsRefused(Refuse.BenefitNotCovered, "incident.kind");

    [Fact]
    public void An_incident_today_is_allowed() => Submit(GradeOneDisability with { Date = Today }).The<ClaimSubmitted>();

    [Fact]
    public void An_incident_tomorrow_is_refused() =>
        Submit(GradeOneDisability with { Date = Today.PlusDays(1) }).IsRefused(Refuse.IncidentInFuture, "incident.date");

    [Theory]
    [InlineData("2024-12-31", false)]
    [InlineData("2025-01-01", true)]
    [InlineData("2025-12-31", true)]
    [InlineData("2026-01-01", false)]
    public void Both_ends_of_cover_are_inside_it(string day, bool covered)
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        var decision = Submit(GradeOneDisability with { Date = date }, today: new LocalDate(2026, 6, 1));
        if (covered) decision.The<ClaimSubmitted>();
        else decision.IsRefused(Refuse.IncidentOutsideCover, "incident.date");
    }

    [Fact]
    public void The_member_is_not_his_own_relative() =>
        Submit(claimant: TheDriver with { Relation = Relation.Spouse }).IsRefused(Refuse.RelationMismatch, "claimant.relation");

    [Fact]
    public void Another_person_is_not_the_member() =>
        Submit(claimant: AChild with { Relation = Relation.Self }).IsRefused(Refuse.RelationMismatch, "claimant.relation");

    [Fact]
    public void A_living_members_benefit_goes_to_no_other_account() =>
        Submit(claimant: AChild, asClaimant: Known(RelativeId)).IsRefused(Refuse.AccountNotOwn, "claimant.account.holder");

    [Fact]
    public void After_a_death_the_account_is_the_claimants_own() =>
        Submit(DeathByAccident, AChild with { Account = DriversAccountDetails }, Known(RelativeId, RelativesAccount),
            Known(RelativeId, RelativesAccount))
            .IsRefused(Refuse.AccountNotOwn, "claimant.account.holder");

    [Fact]
    public void A_claimant_on_record_under_another_name_is_refused() =>
        Submit(claimant: AChild with { Account = DriversAccountDetails }, asClaimant: OfAnotherName("claimant.name"))
            .IsRefused(Refuse.IdentityMismatch, "claimant.name");

    [Fact]
    public void A_payee_on_record_under_another_name_is_refused() =>
        Submit(asPayee: OfAnotherName("claimant.name")).IsRefused(Refuse.IdentityMismatch, "claimant.name");

    [Fact]
    public void A_new_claimant_and_a_new_account_are_stored_with_the_claim()
    {
        var world = World.WithAProgramme();
        var decision =
            world.Do(Officer, new SubmitClaim(Enrol(world), GradeOneDisability, AChild with { Account = DriversAccountDetails }));
        Assert.Equal(
            [typeof(PersonRegistered), typeof(AccountRegistered), typeof(ClaimSubmitted), typeof(ClaimOpened), typeof(BenefitClaimed)],
            decision.Events.Select(e => e.GetType()));
        Assert.Equal("李样例", decision.The<PersonRegistered>().Name);
        Assert.Null(decision.The<PersonRegistered>().Phone);
    }

    [Fact]
    public void After_a_death_a_new_claimant_is_registered_once_with_the_account()
    {
        var world = World.WithAProgramme();
        var decision = world.Do(Officer, new SubmitClaim(Enrol(world), DeathByAccident, AChild));
        Assert.Equal(
            [typeof(PersonRegistered), typeof(AccountRegistered), typeof(ClaimSubmitted), typeof(ClaimOpened), typeof(BenefitClaimed)],
            decision.Events.Select(e => e.GetType()));
        Assert.Equal(decision.The<PersonRegistered>().Person, decision.The<ClaimSubmitted>().Payee);
    }

    [Fact]
    public void A_member_who_claims_under_another_name_is_refused()
    {
        var world = World.WithAProgramme();
        world.Do(Officer, new SubmitClaim(Enrol(world), GradeOneDisability, TheDriver with { Name = "陈例样" }))
            .IsRefused(Refuse.IdentityMismatch, "claimant.name");
    }

    /// <summary>What an officer sends who only wants to find out whether a number is on record: whatever is wrong with the claim is
    /// answered, the same for a number on record and for one that is not.</summary>
    [Theory]
    [InlineData("the account is another's")]
    [InlineData("the incident is claimed already")]
    [InlineData("the incident has no answer")]
    public void A_claim_that_is_refused_anyway_does_not_tell_whether_the_claimant_is_on_record(string wrong)
    {
        Refusal Answer(bool onRecord)
        {
            var world = World.WithAProgramme();
            var enrolment = Enrol(world);
            if (onRecord)   // in another place, under another name than is guessed
                world.Do(Officer with { Region = Lanzhou }, new Enrol(
                    new PersonDetails("王样例", RelativesNumber, Occupation.Of("truckDriver"), Lanzhou), ProgrammeCode))
                    .The<EnrolmentStarted>();
            var guess = AChild with { Account = DriversAccountDetails };
            world.Do(Officer, new SubmitClaim(enrolment, GradeOneDisability, TheDriver)).The<ClaimSubmitted>();
            return world.Do(Officer, wrong switch
            {
                "the account is another's" => new SubmitClaim(enrolment, GradeOneDisability with { Date = Today }, AChild),
                "the incident is claimed already" => new SubmitClaim(enrolment, GradeOneDisability, guess),
                _ => new SubmitClaim(enrolment, GradeOneDisability with { Circumstances = ["flood"], Date = Today }, guess),
            }).Refusal!;
        }
        Assert.Equal(Answer(onRecord: false).ToString(), Answer(onRecord: true).ToString());
    }

    [Fact]
    public void A_sound_claim_of_a_claimant_on_record_under_another_name_is_refused_and_stores_nothing()
    {
        var world = World.WithAProgramme();
        var enrolment = Enrol(world);
        world.Do(Officer with { Region = Lanzhou }, new Enrol(
            new PersonDetails("王样例", RelativesNumber, Occupation.Of("truckDriver"), Lanzhou), ProgrammeCode)).The<EnrolmentStarted>();
        var before = world.Events.Count();
        world.Do(Officer, new SubmitClaim(enrolment, GradeOneDisability, AChild with { Account = DriversAccountDetails }))
            .IsRefused(Refuse.IdentityMismatch, "claimant.name");
        Assert.Equal(before, world.Events.Count());
    }

    [Fact]
    public void A_claim_that_could_never_be_assessed_is_refused_when_it_is_submitted()
    {
        var world = InHospitalPlan(SampleCards.OverTheYear() with
        {
            Exclusions = [new Exclusion("drunkDriving", new LocalName("酒后驾驶", "drunk driving"))],
        }, out var enrolment);
        Decision Claims(Incident incident) => world.Do(Officer, new SubmitClaim(enrolment, incident, TheDriver));
        Claims(Stays("2025-06-01") with { Admissions = null }).IsRefused(Refuse.IncidentIncomplete, "incident.admissions");
        Claims(Stays("2025-06-01") with { Admissions = [new Admission(Day("2025-06-01"), Day("2025-06-11"))] })
            .IsRefused(Refuse.IncidentIncomplete, "incident.admissions.0.ownShare");
        Claims(Stays("2025-06-01") with { Circumstances = ["flood"] }).IsRefused(Refuse.UnknownCircumstance, "incident.circumstances");
        Claims(Stays("2025-06-01") with { Circumstances = ["drunkDriving"] }).The<ClaimSubmitted>();   // 0.00 is an answer
    }

    [Fact]
    public void A_claim_for_what_the_plans_source_does_not_publish_is_refused_by_the_name_of_the_rule()
    {
        var world = InHospitalPlan(SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission))
            with { NotPublished = ["benefits.hospitalisation.tiers"] }, out var enrolment);
        var refusal = world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-06-01"), TheDriver)).IsRefused(Refuse.NotPublished);
        Assert.Equal(["benefits.hospitalisation.tiers"], refusal.Faults!.Select(fault => fault.Field));
    }

    [Fact]
    public void The_same_incident_is_claimed_once()
    {
        var world = World.WithAProgramme();
        var command = new SubmitClaim(Enrol(world), GradeOneDisability, TheDriver);
        world.Do(Officer, command).The<ClaimSubmitted>();
        world.Do(Officer, command).IsRefused(Refuse.DuplicateClaim, "incident.date");
    }

    [Fact]
    public void A_withdrawn_claim_may_be_made_again()
    {
        var world = World.WithAProgramme();
        var command = new SubmitClaim(Enrol(world), GradeOneDisability, TheDriver);
        var first = world.Do(Officer, command).The<ClaimSubmitted>();
        world.Do(Officer, new WithdrawClaim(first.Claim, "申领人撤回")).The<ClaimWithdrawn>();
        world.Do(Officer, command).The<ClaimSubmitted>();
    }

    [Fact]
    public void An_enrolment_that_does_not_exist_is_unknown() =>
        new World().Do(Officer, new SubmitClaim(TheEnrolment, GradeOneDisability, TheDriver))
            .IsRefused(Refuse.UnknownEnrolment, "enrolmentId");

    [Fact]
    public void An_enrolment_of_another_region_is_unknown()
    {
        var world = World.WithAProgramme();
        var enrolment = Enrol(world);
        world.Do(Officer with { Region = Lanzhou }, new SubmitClaim(enrolment, GradeOneDisability, TheDriver))
            .IsRefused(Refuse.UnknownEnrolment, "enrolmentId");
    }

    [Theory]
    [InlineData(IncidentKind.Disability, null, "incident.grade")]
    [InlineData(IncidentKind.Disability, 0, "incident.grade")]
    [InlineData(IncidentKind.Disability, 11, "incident.grade")]
    [InlineData(IncidentKind.AccidentDeath, 1, "incident.grade")]
    [InlineData(IncidentKind.Disability, 1, null)]
    [InlineData(IncidentKind.Disability, 10, null)]
    [InlineData(IncidentKind.AccidentDeath, null, null)]
    public void A_disability_has_a_grade_from_1_to_10_and_nothing_else_has(IncidentKind kind, int? grade, string? field) =>
        Assert.Equal(field is null ? [] : [field],
            new SubmitClaim(TheEnrolment, new Incident(kind, IncidentDay, grade), TheDriver).BrokenFields());

    [Fact]
    public void The_claimant_and_the_account_have_names() =>
        Assert.Equal(["claimant.account.bank", "claimant.account.holder", "claimant.name"], new SubmitClaim(
            TheEnrolment, GradeOneDisability,
            TheDriver with { Name = "", Account = DriversAccountDetails with { Bank = " ", Holder = "" } }).BrokenFields());

    [Fact]
    public void A_person_dies_once_of_whatever_and_whenever_it_is_claimed()
    {
        UniqueKey Key(IncidentKind kind, string day, int? grade = null) =>
            Assert.Single(Claim.IncidentKeys(TheEnrolment, new Incident(kind, Day(day), grade)));
        Assert.Equal(Key(IncidentKind.AccidentDeath, "2025-03-01"), Key(IncidentKind.AccidentDeath, "2025-03-02"));
        Assert.Equal(Key(IncidentKind.AccidentDeath, "2025-03-01"), Key(IncidentKind.IllnessDeath, "2025-03-01"));
        Assert.NotEqual(Key(IncidentKind.AccidentDeath, "2025-03-01"), Key(IncidentKind.Disability, "2025-03-01", 1));
    }

    [Fact]
    public void Each_admission_is_claimed_once_alone_or_with_others()
    {
        UniqueKey[] Keys(params string[] days) => [.. Claim.IncidentKeys(TheEnrolment, Stays(days))];
        Assert.Equal(20, Keys("2025-03-01", "2025-05-01").Length);   // ten days each: every day is claimed once
        Assert.Equal(Keys("2025-05-01"), Keys("2025-03-01", "2025-05-01").Intersect(Keys("2025-05-01", "2025-07-01")));
        Assert.NotEmpty(Keys("2025-03-01").Intersect(Keys("2025-03-05")));   // a stay within the other
        Assert.Empty(Keys("2025-03-01").Intersect(Keys("2025-03-11")));      // moved to another hospital on the day of discharge
        Assert.Empty(Keys("2025-03-01").Intersect(Claim.IncidentKeys(TheEnrolment,
            Stays("2025-03-01") with { Kind = IncidentKind.HospitalDays })));   // another benefit for the same stay

        var world = InHospitalPlan(SampleCards.OverTheYear(), out var enrolment);
        var both = world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-03-01", "2025-05-01"), TheDriver)).The<ClaimSubmitted>();
        world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-05-01", "2025-07-01"), TheDriver))
            .IsRefused(Refuse.DuplicateClaim, "incident.admissions");
        world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-07-01"), TheDriver)).The<ClaimSubmitted>();
        world.Do(Officer, new WithdrawClaim(both.Claim, "申领人撤回")).The<ClaimWithdrawn>();
        // both stays were freed
        world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-05-01", "2025-09-01"), TheDriver)).The<ClaimSubmitted>();
        world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-03-01"), TheDriver)).The<ClaimSubmitted>();
    }

    [Theory]
    [InlineData("2025-09-11", true)]    // three months after the discharge of 11 June
    [InlineData("2025-09-12", false)]
    public void The_right_is_given_up_when_the_plans_time_to_apply_has_passed(string today, bool may)
    {
        var world = InHospitalPlan(SampleCards.OverTheYear() with { ClaimWindow = new ClaimWindow(10, 3) }, out var enrolment);
        world.Now = Day(today).AtMidnight().WithOffset(BusinessTime.Shanghai).ToInstant();
        var decision = world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-06-01"), TheDriver));
        if (may) decision.The<ClaimSubmitted>();
        else Assert.Contains("2025-09-11", decision.IsRefused(Refuse.ClaimWindowPassed, "incident.date").Detail);
    }

    [Fact]
    public void The_time_to_apply_counts_from_the_last_discharge()
    {
        var world =
            InHospitalPlan(SampleCards.OverTheYear() with { ClaimWindow = new ClaimWindow(ApplicationMonths: 3) }, out var enrolment);
        world.Now = Day("2025-10-11").AtMidnight().WithOffset(BusinessTime.Shanghai).ToInstant();
        world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-03-01"), TheDriver)).IsRefused(Refuse.ClaimWindowPassed, "incident.date");
        world.Do(Officer, new SubmitClaim(enrolment, Stays("2025-03-01", "2025-07-01"), TheDriver)).The<ClaimSubmitted>();
    }

    [Fact]
    public void Facts_that_contradict_each_other_break_the_shape_field_by_field() => Assert.Equal(
        ["incident.admissions.0.discharged", "incident.grade"],
        new SubmitClaim(TheEnrolment, Stays("2025-06-01")
            with { Grade = 1, Admissions = [new Admission(Day("2025-06-02"), Day("2025-06-01"))] }, TheDriver).BrokenFields());

    [Fact]
    public void What_lies_before_the_members_birth_is_refused_field_by_field()
    {
        var early = new LocalDate(1980, 1, 1);
        var refusal = Submit(GradeOneDisability with { DiagnosedOn = early, Admissions = [new Admission(early, early)] })
            .IsRefused(Refuse.InvalidRequest, "incident.diagnosedOn");
        Assert.Equal(["incident.diagnosedOn", "incident.admissions.0.admitted"], refusal.Faults!.Select(fault => fault.Field));
    }

    private static Incident Stays(params string[] admitted) => new(IncidentKind.Hospitalisation, Day(admitted[0]),
        Admissions: [.. admitted.Select(day => new Admission(Day(day), Day(day).PlusDays(10), OwnShare: Money.Yuan(1_000)))]);

    private static World InHospitalPlan(PlanCard card, out EnrolmentId enrolment)
    {
        var world = new World();
        world.Publish("sample-hospital", 1, new LocalDate(2025, 1, 1), card.Json());
        enrolment = Journey.UnderAPlan(world, "sample-hospital", Day("2025-02-01")).Id;
        world.Now = Instant.FromUtc(2025, 11, 20, 4, 0);
        return world;
    }

    [Fact]
    public void After_an_approved_death_only_what_was_before_it_is_claimed()
    {
        var death = StateOf<Claim>([Submitted(DeathByAccident), Assessed(incident: DeathByAccident),
            new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "同意")]);
        Submit(GradeOneDisability with { Date = IncidentDay.PlusDays(1) }, death: death)
            .IsRefused(Refuse.IncidentOutsideCover, "incident.date");
        Submit(GradeOneDisability with { Date = IncidentDay.PlusDays(-1) }, death: death).The<ClaimSubmitted>();
        Submit(GradeOneDisability with { Date = IncidentDay.PlusDays(1) }, death: StateOf<Claim>(Submitted(DeathByAccident)))
            .The<ClaimSubmitted>();   // not decided yet
    }

    [Fact]
    public void An_illness_is_claimed_once_whatever_its_day()
    {
        UniqueKey Key(string day, string? illness) => Assert.Single(Claim.IncidentKeys(TheEnrolment, new Incident(
            IncidentKind.CriticalIllness, NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value, Illness: illness)));
        Assert.Equal(Key("2025-03-01", "cancer"), Key("2025-08-02", "cancer"));
        Assert.NotEqual(Key("2025-03-01", "cancer"), Key("2025-03-01", "stroke"));
        Assert.Equal(Key("2025-03-01", null), Key("2025-08-02", null));
    }

    [Theory]
    [InlineData(IncidentKind.Hospitalisation, "2024-12-31", "2025-01-05", "2025-01-02", null, "admissions.0.admitted")]
    [InlineData(IncidentKind.Hospitalisation, "2026-01-01", "2026-01-05", "2025-12-31", null, "admissions.0.admitted")]
    [InlineData(IncidentKind.HospitalDays, "2025-12-31", "2026-01-20", "2025-12-31", null, null)]   // began in cover, ended after it
    [InlineData(IncidentKind.AccidentMedical, "2025-03-01", "2025-03-01", "2025-03-02", null, "admissions.0.admitted")]   // treated before
    [InlineData(IncidentKind.AccidentMedical, "2026-02-01", "2026-02-01", "2025-12-30", null, null)]   // treated on after cover
    [InlineData(IncidentKind.CriticalIllness, "2025-03-01", "2025-03-09", "2025-03-01", "2026-01-01", "diagnosedOn")]
    [InlineData(IncidentKind.CriticalIllness, "2024-12-01", "2024-12-09", "2025-03-01", "2025-03-01", null)]
    public void A_stay_begins_and_a_diagnosis_is_made_in_cover(
        IncidentKind kind, string admitted, string discharged, string date, string? diagnosed, string? field)
    {
        LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
        var incident = new Incident(kind, Day(date), DiagnosedOn: diagnosed is null ? null : Day(diagnosed),
            Admissions: [new Admission(Day(admitted), Day(discharged))]);
        Assert.Equal(field is null ? [] : [field],
            incident.OutsideOf(new CoverFacts(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31))).Select(fault => fault.Field));
    }

    [Fact]
    public void Nothing_that_is_told_lies_after_today() =>
        Assert.Equal(["date", "diagnosedOn", "admissions.0.admitted", "admissions.1.discharged"],
            new Incident(IncidentKind.Hospitalisation, Today.PlusDays(1), DiagnosedOn: Today.PlusDays(1), Admissions:
            [
                new Admission(Today.PlusDays(1), Today.PlusDays(2)), new Admission(Today, Today.PlusDays(1)), new Admission(Today, Today),
            ]).After(Today));

    private static EnrolmentId Enrol(World world) => world.Do(Officer, new Enrol(
        new PersonDetails("陈样例", DriversNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode))
        .The<EnrolmentStarted>().Enrolment;

    private static PersonOnRecord OfAnotherName(string field) =>
        new(RelativeId, null, new Refusal(Refuse.IdentityMismatch, "another name", field));

    private static Decision Submit(
        Incident? incident = null, ClaimantDetails? claimant = null, PersonOnRecord? asClaimant = null, PersonOnRecord? asPayee = null,
        LocalDate? today = null, Claim? death = null) =>
        SubmitClaimHandler.Handle(new SubmitClaim(TheEnrolment, incident ?? GradeOneDisability, claimant ?? TheDriver), new(
            AnEnrolledTruckDriver(), TheRules().Card, ATruckDriverWithAnAccount(), asClaimant ?? Known(DriverId),
            asPayee ?? Known(DriverId, DriversAccount), death,
            TheClaim), Officer, today ?? Today);
}
