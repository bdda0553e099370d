namespace ClaimsEngine.Specs;

public class RecordContributionSpecs
{
    private static readonly Cover OfTheProgramme = new(CoverStart.ProgrammePeriod, 12);
    private static readonly Cover OfTheNextDay = new(CoverStart.NextDay, 12, Renewal: new Renewal(30));

    private static readonly LocalDate Born = DriversNumber.BirthDate;   // 1985-03-12

    private static readonly RecordContribution TheEmployers = new(TheEnrolment, Company, Money.Yuan(40), "T-1", new LocalDate(2025, 3, 3));

    [Fact]
    public void With_the_last_due_share_a_gift_takes_effect_for_the_programmes_period_as_foreseen() => Record(TheEmployers).Decides(
        new ContributionPaid(Company, Money.Yuan(40), "T-1", new LocalDate(2025, 3, 3), Cashier.Id),
        new CoverTookEffect(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), Cashier.Id, Age: 39));

    [Fact]
    public void A_part_of_a_due_share_is_recorded_and_cover_waits()
    {
        var half = APendingEnrolment().After(Record(TheEmployers with { Amount = Money.Yuan(15) }));
        Assert.Equal((EnrolmentStatus.Pending, Money.Yuan(15)), (half.Status, half.PaidBy(Company)));
        var whole = half.After(Record(TheEmployers with { Amount = Money.Yuan(25), Reference = "T-2" }, half));
        Assert.Equal((EnrolmentStatus.InForce, Money.Yuan(40)), (whole.Status, whole.PaidBy(Company)));
    }

    [Fact]
    public void A_guaranteed_share_is_recorded_before_and_after_cover_begins_and_moves_nothing()
    {
        var federations = TheEmployers with { Payer = "甘肃省总工会", Amount = Money.Yuan(80) };
        Record(federations).Decides(new ContributionPaid("甘肃省总工会", Money.Yuan(80), "T-1", new LocalDate(2025, 3, 3), Cashier.Id));
        var inForce = APendingEnrolment().After(Record(TheEmployers));
        Record(federations, inForce).The<ContributionPaid>();
    }

    [Fact]
    public void The_same_payment_again_changes_nothing_and_a_contradicting_one_is_refused()
    {
        var paid = APendingEnrolment().After(Record(TheEmployers));
        Record(TheEmployers, paid).ChangesNothing();
        Record(TheEmployers, paid with { Status = EnrolmentStatus.Cancelled }).ChangesNothing();
        Record(TheEmployers with { Amount = Money.Yuan(39) }, paid).IsRefused(Refuse.PaymentContradicts, "reference");
        Record(TheEmployers with { PaidOn = new LocalDate(2025, 3, 4) }, paid).IsRefused(Refuse.PaymentContradicts, "reference");
    }

    [Fact]
    public void No_more_is_taken_than_the_share()
    {
        Record(TheEmployers with { Amount = new Money(4_001) }).IsRefused(Refuse.ShareExceeded, "amount");
        Record(TheEmployers with { Reference = "T-2", Amount = new Money(1) }, APendingEnrolment().After(Record(TheEmployers)))
            .IsRefused(Refuse.ShareExceeded, "amount");
    }

    [Fact]
    public void Who_is_no_payer_of_the_certificate_pays_nothing() =>
        Record(TheEmployers with { Payer = "别的公司" }).IsRefused(Refuse.UnknownPayer, "payer");

    [Fact]
    public void Nothing_is_paid_tomorrow() =>
        Record(TheEmployers with { PaidOn = Today.PlusDays(1) }).IsRefused(Refuse.InvalidRequest, "paidOn");

    [Theory]
    [InlineData(EnrolmentStatus.Cancelled)]
    [InlineData(EnrolmentStatus.Void)]
    [InlineData(EnrolmentStatus.Lapsed)]
    public void Nothing_is_paid_for_what_has_ended(EnrolmentStatus status) =>
        Record(TheEmployers, APendingEnrolment() with { Status = status }).IsRefused(Refuse.WrongState);

    [Theory]
    [InlineData("2025-02-01", "2025-03-01", "2025-12-31")]   // paid before: the day that was foreseen
    [InlineData("2025-03-03", "2025-03-04", "2025-12-31")]
    [InlineData("2025-11-20", "2025-11-21", "2025-12-31")]
    public void Cover_of_the_next_day_begins_the_day_after_the_money_came_in(string paidOn, string from, string to)
    {
        // cut off at the programme's end
        var enrolment = StateOf<Enrolment>(EnrolledPending() with { CoverFrom = new LocalDate(2025, 3, 1) });
        var effect = Record(TheEmployers with { PaidOn = Day(paidOn) }, enrolment, OfTheNextDay).The<CoverTookEffect>();
        Assert.Equal((Day(from), Day(to)), (effect.From, effect.To));
    }

    [Fact]
    public void The_latest_payment_of_a_due_share_counts_in_whatever_order_they_are_recorded()
    {
        var first = APendingEnrolment()
            .After(Record(TheEmployers with { Amount = Money.Yuan(15), PaidOn = new LocalDate(2025, 6, 1) }, cover: OfTheNextDay));
        var effect = Record(TheEmployers with { Amount = Money.Yuan(25), Reference = "T-2" }, first, OfTheNextDay).The<CoverTookEffect>();
        Assert.Equal(new LocalDate(2025, 6, 2), effect.From);
    }

    [Fact]
    public void A_whole_term_keeps_its_length_within_the_programme()
    {
        var halfAYear = StateOf<Enrolment>(EnrolledPending() with { CoverTo = new LocalDate(2025, 6, 30) });
        Assert.Equal((new LocalDate(2025, 3, 4), new LocalDate(2025, 9, 3)), Period(Record(TheEmployers, halfAYear, OfTheNextDay)));
        Assert.Equal((new LocalDate(2025, 10, 2), new LocalDate(2025, 12, 31)),
            Period(Record(TheEmployers with { PaidOn = new LocalDate(2025, 10, 1) }, halfAYear, OfTheNextDay)));

        static (LocalDate, LocalDate) Period(Decision decision) =>
            (decision.The<CoverTookEffect>().From, decision.The<CoverTookEffect>().To);
    }

    [Fact]
    public void After_the_programmes_end_no_cover_begins() => RecordContributionHandler.Handle(
        TheEmployers with { PaidOn = new LocalDate(2025, 12, 31) },
            new(APendingEnrolment(), Card(OfTheNextDay), AProgramme(), null, Born), Cashier, new LocalDate(2026, 1, 5))
        .IsRefused(Refuse.PlanNotEffective, "paidOn");

    [Theory]
    [InlineData("2025-01-15", "2024-01-01")]   // within 30 days after 2024-12-31
    [InlineData("2025-03-03", null)]
    public void Whether_a_cover_continues_the_earlier_one_is_told_when_it_takes_effect(string paidOn, string? first)
    {
        var earlier = AnEnrolledTruckDriver() with { CoverFrom = new LocalDate(2024, 1, 1), CoverTo = new LocalDate(2024, 12, 31) };
        var decision = RecordContributionHandler.Handle(TheEmployers with { PaidOn = Day(paidOn) },
            new(APendingEnrolment(), Card(OfTheNextDay), AProgramme(), earlier, Born), Cashier, Today);
        Assert.Equal(first is null ? null : Day(first), decision.The<CoverTookEffect>().FirstCoverFrom);
    }

    [Theory]
    [InlineData("2025-03-10", true)]    // cover from the 11th, the last day of 39 years
    [InlineData("2025-03-11", false)]   // from the day of the 40th birthday
    public void Who_grows_too_old_before_a_share_is_paid_is_refused_with_the_payment(string paidOn, bool covered)
    {
        var decision = RecordContributionHandler.Handle(
            TheEmployers with { PaidOn = Day(paidOn) },
            new(APendingEnrolment(), Card(OfTheNextDay, new AgeRule(16, 39)), AProgramme(), null, Born), Cashier, Today);
        if (covered) Assert.Equal(39, decision.The<CoverTookEffect>().Age);
        else decision.IsRefused(Refuse.AgeNotCovered, "paidOn");
    }

    [Fact]
    public void Cover_that_begins_as_foreseen_asks_no_age_again() => RecordContributionHandler.Handle(
        TheEmployers, new(APendingEnrolment(), Card(OfTheProgramme, new AgeRule(16, 30)), AProgramme(), null, Born), Cashier, Today)
            .The<CoverTookEffect>();

    [Fact]
    public void Rank_and_renewal_count_on_the_later_day_as_they_do_at_enrolment()
    {
        AgeRule[] rules = [new(16, 39), new(40, 60, SeniorRank: true), new(40, 50, Entry: EntryKind.Renewal)];
        var earlier = AnEnrolledTruckDriver() with { CoverFrom = new LocalDate(2024, 3, 1), CoverTo = new LocalDate(2025, 2, 28) };
        Decision Late(Enrolment enrolment, Enrolment? before) => RecordContributionHandler.Handle(
            TheEmployers with { PaidOn = new LocalDate(2025, 3, 15) },
                new(enrolment, Card(OfTheNextDay, rules), AProgramme(), before, Born), Cashier, Today);
        Late(APendingEnrolment(), null).IsRefused(Refuse.AgeNotCovered, "paidOn");
        Assert.Equal(40, Late(StateOf<Enrolment>(EnrolledPending() with { SeniorRank = true }), null).The<CoverTookEffect>().Age);
        var renewed = Late(APendingEnrolment(), earlier);
        Assert.Equal(40, APendingEnrolment().After(renewed).Age);
    }

    [Fact]
    public void From_enrolment_to_cover_on_record()
    {
        var world = World.OfSharedFunding();
        var now = world.Now;
        world.Now = BusinessTime.NoonOf(TheEmployers.PaidOn);
        var started = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>();
        Assert.True(started.Pending);
        world.Now = now;
        var claim = new SubmitClaim(started.Enrolment, GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails));
        world.Do(Officer, claim).IsRefused(Refuse.NotInForce, "enrolmentId");
        var pays = TheEmployers with { Enrolment = started.Enrolment };
        Assert.Equal(TheEmployers.PaidOn.PlusDays(1), world.Do(Cashier, pays).The<CoverTookEffect>().From);
        world.Do(Cashier, pays).ChangesNothing();
        world.Do(Officer, claim).The<ClaimSubmitted>();
    }

    [Fact]
    public void The_request_has_a_shape()
    {
        Assert.Empty(TheEmployers.BrokenFields());
        Assert.Equal(["amount", "payer", "reference"],
            (TheEmployers with { Amount = Money.Zero, Payer = "", Reference = " T" }).BrokenFields());
        Assert.Equal(["reference"], (TheEmployers with { Reference = new string('T', 65) }).BrokenFields());
    }

    private static PlanCard Card(Cover cover, params IReadOnlyList<AgeRule> ages) =>
        TheRules().Card with { Cover = cover, Eligibility = new Eligibility(Ages: ages.Count == 0 ? null : ages) };

    private static Decision Record(RecordContribution command, Enrolment? enrolment = null, Cover? cover = null) =>
        RecordContributionHandler.Handle(command,
            new(enrolment ?? APendingEnrolment(), Card(cover ?? OfTheProgramme), AProgramme(), null, Born), Cashier, Today);
}
