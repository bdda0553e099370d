using FsCheck.Fluent;

namespace ClaimsEngine.Specs.Books;

/// <summary>Closings: what they earn, into which month late entries post, who opens a month again, and where a result goes.</summary>
public class ClosingSpecs
{
    private static readonly BookMonth October = BookMonth.Of("2025-10"), November = BookMonth.Of("2025-11");

    [Fact]
    public void A_contribution_is_earned_by_days_of_cover_and_the_last_day_takes_the_rest()
    {
        var year = new CoverDays(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31));
        Assert.Equal(Cny("0.00"), year.Earned(Money.Yuan(120), new LocalDate(2024, 12, 31)));
        Assert.Equal(Cny("0.32"), year.Earned(Money.Yuan(120), new LocalDate(2025, 1, 1)));   // 120.00 / 365 = 0.3287…
        Assert.Equal(Cny("99.94"), year.Earned(Money.Yuan(120), new LocalDate(2025, 10, 31)));   // 304 of 365 days
        Assert.Equal(Cny("119.67"), year.Earned(Money.Yuan(120), new LocalDate(2025, 12, 30)));
        Assert.Equal(Cny("120.00"), year.Earned(Money.Yuan(120), new LocalDate(2025, 12, 31)));
    }

    [Fact]
    public void Whatever_the_cover_no_month_earns_too_much_and_all_is_earned_at_its_end() => Property.Holds(
        from days in Gen.Choose(1, 800)
        from start in Gen.Choose(0, 700)
        from fen in Gen.Choose(1, 50_000_000)
        select (Start: start, Days: days, Fen: fen),
        random =>
        {
            var from = new LocalDate(2024, 1, 1).PlusDays(random.Start);
            var (cover, contribution) = (new CoverDays(from, from.PlusDays(random.Days - 1)), new Money(random.Fen));
            var earned = Money.Zero;
            for (var month = BookMonth.Of(from); month.Before.LastDay < cover.To; month = month.Next)
            {
                var next = cover.Earned(contribution, month.LastDay);
                Assert.True(next >= earned && next <= contribution);
                earned = next;
            }
            Assert.Equal(contribution, earned);
        });

    [Fact]
    public void A_closing_earns_what_the_days_up_to_its_end_have_earned()
    {
        var (world, _) = AWorldWithACertificate();
        Later(world, 11);   // December
        var decision = world.Do(Cashier, new ClosePeriod(PlanCode, November));
        var cover = Assert.Single(decision.The<ContributionsEarned>().Covers);
        Assert.Equal((Money.Yuan(120), Money.Zero, new CoverDays(cover.From, cover.To).Earned(Money.Yuan(120), November.LastDay)),
            (cover.Contribution, cover.Before, cover.Earned));
        Assert.True(cover.Earned.IsPositive);
        world.Do(Cashier, new ClosePeriod(PlanCode, November)).ChangesNothing();
        world.Do(Cashier, new ClosePeriod(PlanCode, November.Next.Next)).IsRefused(Refuse.PeriodOrder, "month");
        world.Do(Cashier, new ClosePeriod(PlanCode, November.Next)).IsRefused(Refuse.PeriodNotOver, "month");
    }

    [Fact]
    public void What_comes_late_posts_to_the_open_month_and_keeps_its_date()
    {
        var (world, enrolment) = AWorldWithACertificate();
        Close(world, October);
        Pay(world, enrolment, "T-1", new LocalDate(2025, 10, 15));
        var late = world.Entries.Last(entry => entry.Event == "contribution_paid");
        Assert.Equal((October, November), (late.Month, PostsTo(world, late)));
        var started = world.Entries.First(entry => entry.Event == "enrolment_started");
        Assert.Equal(started.Month, PostsTo(world, started));
    }

    [Fact]
    public void Two_people_open_the_last_closed_month_again_and_then_it_takes_entries()
    {
        var (world, enrolment) = AWorldWithACertificate();
        Close(world, October);
        Pay(world, enrolment, "T-1", new LocalDate(2025, 10, 15));
        world.Do(Cashier, new ProposeReopening(PlanCode, October.Before, "有误")).IsRefused(Refuse.PeriodOrder, "month");
        world.Do(Cashier, new ConfirmReopening(PlanCode, October)).IsRefused(Refuse.WrongState);
        world.Do(Cashier, new ProposeReopening(PlanCode, October, "有误")).The<ReopeningProposed>();
        world.Do(Cashier, new ConfirmReopening(PlanCode, October)).IsRefused(Refuse.FourEyes);
        world.Do(Releaser with { OnBehalfOf = Cashier.Id }, new ConfirmReopening(PlanCode, October)).IsRefused(Refuse.FourEyes);
        world.Do(Releaser, new ConfirmReopening(PlanCode, October)).The<PeriodReopened>();
        Pay(world, enrolment, "T-2", new LocalDate(2025, 10, 16));
        Close(world, October);
        Pay(world, enrolment, "T-3", new LocalDate(2025, 10, 17));
        Assert.Equal([November, October, November],
            world.Entries.Where(entry => entry.Event == "contribution_paid").Select(entry => PostsTo(world, entry)));
    }

    [Fact]
    public void Books_are_closed_by_an_office_that_sees_all_of_them()
    {
        var (world, _) = AWorldWithACertificate();
        world.Do(Cashier with { Region = Lanzhou }, new ClosePeriod(PlanCode, October)).IsRefused(Refuse.OutsideRegion);
        world.Do(Cashier, new ClosePeriod("no-such-plan", October)).IsRefused(Refuse.UnknownPlan, "plan");
        // an entry of the nation hides none of another office
        var national = new BookFigures(1, 0, [RegionCode.National, Lanzhou], [], []);
        ClosePlanYearHandler.Handle(new ClosePlanYear(PlanCode, 2025), null, national, Cashier with { Region = Liangzhou }, Today)
            .IsRefused(Refuse.OutsideRegion);
    }

    [Fact]
    public void A_plan_year_with_a_pending_certificate_says_what_it_waits_for()
    {
        var built = Matrix.CoverStates.Pending();
        Assert.Contains("pending certificates", built.World.Do(Cashier, new ClosePlanYear(PlanCode, 2025))
            .IsRefused(Refuse.PlanYearRunning, "year").Detail);
    }

    [Theory]
    [InlineData(1000, "81.00", "0.00", "81.00", "0.00")]
    [InlineData(250, "81.01", "0.00", "20.25", "60.76")]
    [InlineData(1000, "-50.00", "30.00", "-30.00", "-20.00")]
    [InlineData(1000, "-50.00", "80.00", "-50.00", "0.00")]
    public void A_surplus_goes_to_the_risk_reserve_by_the_rule_and_a_deficit_takes_from_it_first(
        int perMille, string result, string reserve, string toReserve, string toSurplus) => Assert.Equal(
        (Cny(toReserve), Cny(toSurplus)),
        new SurplusRule(Gansu, perMille, [], []).Share(Cny(result), Cny(reserve)));

    [Fact]
    public void In_Yunnan_all_of_a_surplus_goes_to_the_risk_reserve() => Assert.Equal(
        (Money.Yuan(81_000_000), Money.Zero),
        SurplusRule.For(RegionCode.Of("5301"), "any").Share(Money.Yuan(81_000_000), Money.Zero));

    [Fact]
    public void A_plan_year_is_carried_whole_and_what_comes_later_by_another_closing()
    {
        var (world, enrolment) = AWorldWithACertificate();
        world.Do(Cashier, new ClosePlanYear(PlanCode, 2025)).IsRefused(Refuse.PlanYearRunning, "year");
        var claim = world.Do(Officer, new SubmitClaim(enrolment, GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).The<ClaimSubmitted>();
        Assert.Equal(Money.Yuan(120_000), claim.Reserve);
        Later(world, 420);
        for (var month = October; month <= BookMonth.Of("2026-12"); month = month.Next) Close(world, month);
        var closed = world.Do(Cashier, new ClosePlanYear(PlanCode, 2025)).The<PlanYearClosed>();
        Assert.Equal((Money.Yuan(-119_880), Money.Zero, Money.Yuan(-119_880)), (closed.Result, closed.ToRiskReserve, closed.ToSurplus));
        world.Do(Cashier, new ClosePlanYear(PlanCode, 2025)).ChangesNothing();
        world.Do(Cashier, new ClosePlanYear(PlanCode, 2024)).IsRefused(Refuse.UnknownPlan, "year");

        world.Do(Officer, new WithdrawClaim(claim.Claim, "申领人撤回")).The<ClaimWithdrawn>();
        var late = world.Do(Cashier, new ClosePlanYear(PlanCode, 2025)).The<PlanYearClosed>();
        Assert.Equal((Money.Yuan(120_000), Money.Yuan(120_000), Money.Zero), (late.Result, late.ToRiskReserve, late.ToSurplus));
        Assert.All(world.Entries.SelectMany(entry => entry.Lines).Where(line => line.Account.IsResult()).GroupBy(line => line.Account),
            account => Assert.Equal(Money.Zero, Money.Sum(account.Select(line => line.Amount))));
        Assert.Empty(Audited(world).Faults);
    }

    [Fact]
    public void The_audit_finds_a_closing_that_counted_something_else()
    {
        var (world, _) = AWorldWithACertificate();
        Later(world, 11);
        Close(world, November);
        Assert.Empty(Audited(world).Faults);
        Assert.Single(Audited(world, data => data is ContributionsEarned e
            ? e with { Covers = [.. e.Covers.Select(cover => cover with { Earned = cover.Earned + new Money(1) })] } : data).Faults);
    }

    private static (World World, EnrolmentId Enrolment) AWorldWithACertificate()
    {
        var world = World.WithAProgramme();
        return (world, world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment);
    }

    private static void Later(World world, int days) => world.Now += Duration.FromDays(days);

    private static void Close(World world, BookMonth month) =>
        Assert.Contains(world.Do(Cashier, new ClosePeriod(PlanCode, month)).Events, data => data is PeriodClosed);

    private static void Pay(World world, EnrolmentId enrolment, string reference, LocalDate on) =>
        world.Do(Cashier, new RecordContribution(enrolment, "甘肃省总工会", Money.Yuan(10), reference, on)).The<ContributionPaid>();

    private static BookMonth PostsTo(World world, JournalRow entry) =>
        ClosedMonths.Of(world.Stream(PlanBooksId.Of(PlanCode).Value)).PostsTo(entry);

    private static BookAudit Audited(World world, Func<object, object>? forged = null)
    {
        var audit = new BookAudit(PlanCode, [.. world.Stream(PlanBooksId.Of(PlanCode).Value).Select(recorded =>
            recorded with { Data = forged?.Invoke(recorded.Data) ?? recorded.Data })]);
        foreach (var entry in world.Entries.Where(entry => entry.Plan == PlanCode).OrderBy(entry => entry.FeedPosition)) audit.Take(entry);
        audit.Finish();
        return audit;
    }
}
