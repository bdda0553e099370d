namespace ClaimsEngine.Specs;

public class PaymentScheduleSpecs
{
    [Fact]
    public void A_schedule_is_followed_once_a_day_however_often_it_is_tried()
    {
        var (world, payout) = WithAPayout();
        var schedule = Open(world, "08:00");
        var assembled = world.Do(Engine, new FollowPaymentSchedule(schedule)).The<PaymentBatchAssembled>();
        Assert.Equal((payout, Cashier.Id, schedule), (Assert.Single(assembled.Lines).Payout, assembled.By, assembled.Schedule));
        world.Do(Engine, new FollowPaymentSchedule(schedule)).ChangesNothing();
        Assert.Equal(assembled.Batch, world.All<PaymentSchedule>().Single().LastBatch);
    }

    [Fact]
    public void Before_its_time_and_on_other_days_it_is_not_followed()
    {
        var (world, _) = WithAPayout();
        var now = world.Now.InBusinessZone();
        world.Do(Engine, new FollowPaymentSchedule(Open(world, "12:01"))).ChangesNothing();
        world.Do(Engine, new FollowPaymentSchedule(Open(world, "08:00", now.Date.PlusDays(1).DayOfWeek))).ChangesNothing();
        world.Do(Engine, new FollowPaymentSchedule(Open(world, "12:00", now.DayOfWeek))).The<PaymentBatchAssembled>();
    }

    [Fact]
    public void A_day_on_which_nothing_may_be_paid_is_noted_and_not_tried_again()
    {
        var world = Journey.ToAnApprovedClaim(out _);
        var schedule = Open(world, "08:00");
        var followed = world.Do(Engine, new FollowPaymentSchedule(schedule)).The<PaymentScheduleFollowed>();
        Assert.Equal((null, 0, new LeftOut(0, 0, 1, 0)), (followed.Batch, followed.Payouts, followed.LeftOut));
        world.Do(Engine, new FollowPaymentSchedule(schedule)).ChangesNothing();
    }

    [Fact]
    public void Who_opened_the_schedule_does_not_release_its_batches()
    {
        var (world, _) = WithAPayout();
        var maker = new Actor("sample-finance-gansu-3", [Role.Finance], Gansu);
        var schedule = world.Do(maker, Matrix.PaymentStates.Daily).The<PaymentScheduleOpened>().Schedule;
        var batch = world.Do(Engine, new FollowPaymentSchedule(schedule)).The<PaymentBatchAssembled>().Batch;
        world.Do(maker, new ReleasePaymentBatch(batch)).IsRefused(Refuse.FourEyes);
        world.Do(Releaser, new ReleasePaymentBatch(batch)).The<PaymentBatchReleased>();
    }

    [Fact]
    public void A_schedule_of_another_region_is_refused() =>
        new World().Do(Cashier, Matrix.PaymentStates.Daily with { Filter = new PayoutFilter(RegionCode.Of("15")) })
            .IsRefused(Refuse.OutsideRegion, "filter.region");

    [Fact]
    public void A_schedule_has_a_name_a_time_and_days()
    {
        var daily = Matrix.PaymentStates.Daily;
        Assert.Empty((daily with { Days = [IsoDayOfWeek.Monday] }).BrokenFields());
        Assert.Equal(["days", "most", "name", "time"],
            (daily with { Name = "", Time = "24:00", Days = [IsoDayOfWeek.None], Most = 0 }).BrokenFields().Order());
        Assert.Equal(["days"], (daily with { Days = [] }).BrokenFields());
    }

    private static readonly Actor Engine = new(EngineActors.PaymentSchedules, [Role.Finance], Gansu);

    private static (World World, PayoutId Payout) WithAPayout()
    {
        var world = Journey.ToAnApprovedClaim(out var payout);
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        return (world, payout);
    }

    private static PaymentScheduleId Open(World world, string time, params IsoDayOfWeek[] days) => world.Do(Cashier,
        Matrix.PaymentStates.Daily with { Name = $"计划 {time} {string.Concat(days)}", Time = time, Days = days.Length == 0 ? null : days })
        .The<PaymentScheduleOpened>().Schedule;
}
