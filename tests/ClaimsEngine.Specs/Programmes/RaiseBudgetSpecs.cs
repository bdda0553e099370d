namespace ClaimsEngine.Specs;

public class RaiseBudgetSpecs
{
    private static readonly Actor OfGansu = new("sample-plan-admin-gansu", [Role.PlanAdmin], Gansu, Money.Yuan(1_000));

    private static readonly RaiseBudget More = new(ProgrammeCode, Money.Yuan(240), "甘工发〔2025〕18号", "追加名额");

    [Fact]
    public void What_is_added_counts_from_now_on()
    {
        var world = World.OfSharedFunding(budget: Money.Yuan(80));
        world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>();
        world.Do(Officer, Another).IsRefused(Refuse.BudgetExceeded, "programme");
        world.Do(OfGansu, More).The<BudgetRaised>();
        Assert.Equal(Money.Yuan(320), world.All<Programme>().Single().Budget);
        world.Do(Officer, Another).The<EnrolmentStarted>();
        Assert.Equal(Money.Yuan(160).Fen, world.Taken(Programme.BudgetPool(ProgrammeCode)));
    }

    [Fact]
    public void The_same_reference_again_changes_nothing_and_with_another_amount_it_is_refused()
    {
        var raised = WithABudget().After(Raise(WithABudget()));
        Raise(raised).ChangesNothing();
        Raise(raised, More with { Amount = Money.Yuan(1) }).IsRefused(Refuse.PaymentContradicts, "reference");
        Assert.Equal(Money.Yuan(1_480), raised.After(Raise(raised, More with { Reference = "2" })).Budget);
    }

    [Fact]
    public void A_programme_without_a_budget_has_none_to_raise() => Raise(AProgramme()).IsRefused(Refuse.WrongState);

    [Fact]
    public void Only_who_acts_for_all_of_its_regions_and_within_the_limit_raises_it()
    {
        Raise(WithABudget(), by: OfGansu with { Region = Wuwei }).IsRefused(Refuse.OutsideRegion);
        Raise(WithABudget(), More with { Amount = Cny("1000.01") }).IsRefused(Refuse.OverLimit, "amount");
        Raise(WithABudget(), More with { Amount = Cny("1000.01") }, PlanAdmin).The<BudgetRaised>();
    }

    /// <summary>An enrolment of the same moment does not fit the version that it rests on any more, and is decided again.</summary>
    [Fact]
    public void Who_enrols_at_the_same_moment_rests_on_the_budget_that_was_read()
    {
        var world = World.OfSharedFunding(budget: Money.Yuan(160));
        var enrolled = world.Do(Officer, Another);
        Assert.Contains(enrolled.Changes, change => change.Stream == ProgrammeId.Of(ProgrammeCode).Value && change.Events.Count == 0);
    }

    private static Enrol Another => new(
        new PersonDetails("李样例", RelativesNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode);

    private static Programme WithABudget() => StateOf<Programme>(Opened() with { Budget = Money.Yuan(1_000) });

    private static Decision Raise(Programme programme, RaiseBudget? command = null, Actor? by = null) =>
        RaiseBudgetHandler.Handle(command ?? More, programme, by ?? OfGansu);
}
