namespace ClaimsEngine.Specs.Enrolments;

/// <summary>Nobody buys cover for days before the entry; gifts and imports may cover them, and then a claim says so.</summary>
public class RetrospectiveEntrySpecs
{
    private static readonly LocalDate Tomorrow = Today.PlusDays(1), LastDay = new(2025, 12, 31);

    /// <summary>The period of 2025, of which the member and the employer pay everything.</summary>
    private static readonly Programme Paid = StateOf<Programme>(Opened() with
    {
        Funding = [new FundingShare("用人单位", Money.Yuan(80)), new FundingShare("会员", Money.Yuan(40))],
    });

    private static readonly Programme PaidInAdvance = StateOf<Programme>(Opened() with
    {
        Funding = [new FundingShare("甘肃省总工会", Money.Yuan(80)), new FundingShare(Company, Money.Yuan(40), Due: true)],
    });

    [Fact]
    public void A_paid_entry_into_a_running_period_covers_from_the_next_day_on()
    {
        var started = EnrolSpecs.Enrol(programme: Paid).The<EnrolmentStarted>();
        Assert.Equal((Tomorrow, LastDay, Today), (started.CoverFrom, started.CoverTo, started.EnrolledOn));
        var ahead = EnrolSpecs.Enrol(programme: Paid, today: new LocalDate(2024, 12, 1)).The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 1, 1), LastDay), (ahead.CoverFrom, ahead.CoverTo));
    }

    [Fact]
    public void Cover_of_a_period_that_has_ended_is_for_nobodys_money() =>
        EnrolSpecs.Enrol(programme: Paid, today: new LocalDate(2026, 11, 20)).IsRefused(Refuse.PlanNotEffective, "programme");

    [Fact]
    public void A_gift_covers_its_whole_period_and_tells_when_it_was_recorded()
    {
        var started = EnrolSpecs.Enrol(today: new LocalDate(2026, 11, 20)).The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 1, 1), LastDay), (started.CoverFrom, started.CoverTo));
        Assert.Equal(new LocalDate(2026, 11, 20), StateOf<Enrolment>(started).EnrolledOn);
    }

    [Fact]
    public void What_a_sponsor_pays_only_a_part_of_is_no_gift()
    {
        Assert.Equal((true, false, false), (AProgramme().IsGifted, Paid.IsGifted, PaidInAdvance.IsGifted));
        Assert.Equal(Tomorrow, EnrolSpecs.Enrol(programme: PaidInAdvance).The<EnrolmentStarted>().CoverFrom);
    }

    [Theory]
    [InlineData("2025-11-20", "2025-11-21")]
    [InlineData("2025-11-28", "2025-11-29")]
    [InlineData("2025-03-03", "2025-11-21")]   // the money came before the entry
    public void A_period_that_is_paid_for_begins_the_day_after_the_payment_and_never_before_the_entry(string paidOn, string from)
    {
        var pending = StateOf<Enrolment>(EnrolSpecs.Enrol(programme: PaidInAdvance).The<EnrolmentStarted>());
        var took = RecordContributionHandler.Handle(
            new RecordContribution(TheEnrolment, Company, Money.Yuan(40), "T-1", Day(paidOn)),
            new(pending, TheRules().Card, PaidInAdvance, null, DriversNumber.BirthDate), Cashier, new LocalDate(2025, 12, 1))
            .The<CoverTookEffect>();
        Assert.Equal((Day(from), LastDay), (took.From, took.To));
    }

    [Fact]
    public void Money_that_comes_after_the_period_covers_nothing()
    {
        var pending = StateOf<Enrolment>(EnrolSpecs.Enrol(programme: PaidInAdvance).The<EnrolmentStarted>());
        RecordContributionHandler.Handle(
            new RecordContribution(TheEnrolment, Company, Money.Yuan(40), "T-1", LastDay),
            new(pending, TheRules().Card, PaidInAdvance, null, DriversNumber.BirthDate), Cashier, new LocalDate(2026, 1, 5))
            .IsRefused(Refuse.PlanNotEffective, "paidOn");
    }

    [Fact]
    public void An_entry_of_the_past_is_decided_by_its_own_day_and_tells_the_day_on_which_it_was_recorded()
    {
        var started = EnrolHandler.Handle(new Enrol(Journey.TheDriver, ProgrammeCode),
            new(Paid, APlan(), null, Known(DriverId), null, null, TheEnrolment, RecordedOn: Today), Officer, new LocalDate(2024, 12, 31))
            .The<EnrolmentStarted>();
        Assert.Equal((new LocalDate(2025, 1, 1), Today), (started.CoverFrom, started.EnrolledOn));
    }

    [Fact]
    public void Of_a_certificate_of_before_the_day_was_noted_the_number_tells_it() =>
        Assert.Equal(new LocalDate(2025, 3, 1), AnEnrolledTruckDriver().EnrolledOn);

    [Theory]
    [InlineData("2025-02-28", true)]
    [InlineData("2025-03-01", false)]
    [InlineData("2025-10-20", false)]
    public void An_incident_before_the_enrolment_was_recorded_is_flagged(string date, bool flagged) =>
        Assert.Equal(flagged ? ["incident-before-enrolment"] : null,
            ClaimFlags.Of(GradeOneDisability with { Date = Day(date) }, AnEnrolledTruckDriver()));

    [Fact]
    public void A_stay_that_began_before_the_enrolment_was_recorded_is_flagged() =>
        Assert.Equal(["incident-before-enrolment"], ClaimFlags.Of(
            new Incident(IncidentKind.Hospitalisation, new LocalDate(2025, 3, 2),
                Admissions: [new Admission(new LocalDate(2025, 2, 20), new LocalDate(2025, 3, 5))]), AnEnrolledTruckDriver()));

    [Fact]
    public void The_reason_of_the_approval_answers_the_flag_and_is_recorded_so()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);   // enrolled on 20 November, for an accident of 20 October
        Assert.Equal(["incident-before-enrolment"], world.All<Claim>().Single().Flags);
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        var approved = world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "名单于事故前已报送")).The<ClaimApproved>();
        Assert.Equal(["incident-before-enrolment"], approved.Answers);
        Assert.Equal(("名单于事故前已报送", 1), (world.All<Claim>().Single().Outcome!.Reason, approved.Answers!.Count));
    }

    [Fact]
    public void A_claim_without_flags_is_approved_without_answers() =>
        Assert.Null(ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"),
            new(AnAssessedClaim(), AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], Approver, Today).The<ClaimApproved>().Answers);
}
