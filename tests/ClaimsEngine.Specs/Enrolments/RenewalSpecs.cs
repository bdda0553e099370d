namespace ClaimsEngine.Specs;

/// <summary>Renewal with continuity across programmes of one plan.</summary>
public class RenewalSpecs
{
    private static readonly JsonElement Renewable = ACard(card => card["cover"]!["renewal"] = new JsonObject { ["graceDays"] = 30 });

    [Theory]
    [InlineData("2026-01-01", true)]
    [InlineData("2026-01-31", true)]   // 30 days without cover lie between
    [InlineData("2026-02-01", false)]
    public void A_programme_within_the_grace_continues_the_one_before(string from, bool continues)
    {
        var world = Two(Day(from));
        var first = Enrol(world, "year-1");
        var second = Enrol(world, "year-2");
        Assert.Equal(continues ? first.CoverFrom : null, second.FirstCoverFrom);
        Assert.Equal(first.Enrolment, second.Previous);
    }

    [Fact]
    public void A_certificate_that_gave_no_cover_is_passed_over()
    {
        var world = Two(new LocalDate(2026, 1, 1));
        world.Now = Instant.FromUtc(2024, 12, 1, 0, 0);
        var first = Enrol(world, "year-1");
        var second = Enrol(world, "year-2");
        world.Do(Officer, new CancelEnrolment(second.Enrolment, "r")).The<EnrolmentCancelled>();
        var again = Enrol(world, "year-2");
        Assert.Equal((second.Enrolment, first.CoverFrom), (again.Previous!.Value, again.FirstCoverFrom!.Value));
        world.Do(Officer, new VoidEnrolment(first.Enrolment, "r")).The<EnrolmentVoided>();
        world.Do(Officer, new CancelEnrolment(again.Enrolment, "r")).The<EnrolmentCancelled>();
        Assert.Null(Enrol(world, "year-2").FirstCoverFrom);
    }

    [Fact]
    public async Task An_earlier_period_recorded_late_does_not_become_the_newest()
    {
        var world = Two(new LocalDate(2026, 1, 1));
        var later = Enrol(world, "year-2");
        Enrol(world, "year-1");
        Assert.Equal(later.Enrolment.Value, await world.OwnerOf(Standing.Key(PlanCode, later.Member)));
    }

    [Fact]
    public async Task A_plan_without_renewal_keeps_no_such_key()
    {
        var world = World.WithAProgramme();
        var started = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>();
        Assert.Null(await world.OwnerOf(Standing.Key(PlanCode, started.Member)));
    }

    private static EnrolmentStarted Enrol(World world, string programme) =>
        world.Do(Officer, new Enrol(Journey.TheDriver, programme)).The<EnrolmentStarted>();

    /// <summary>The year 2025, and half a year from this day on.</summary>
    private static World Two(LocalDate from)
    {
        var world = new World();
        world.Publish(PlanCode, 1, new LocalDate(2025, 1, 1), Renewable);
        foreach (var (code, first, last) in new[] { ("year-1", new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31)),
            ("year-2", from, from.PlusMonths(6)) })
            world.Do(PlanAdmin, new OpenProgramme(code, PlanCode, "甘肃省总工会", 10, first, last, [Gansu], [Occupation.Of("truckDriver")],
                [new FundingShare("甘肃省总工会", Money.Yuan(120))])).The<ProgrammeOpened>();
        return world;
    }
}
