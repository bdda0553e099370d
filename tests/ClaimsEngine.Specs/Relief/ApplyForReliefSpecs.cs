using static ClaimsEngine.Specs.ReliefGiven;

namespace ClaimsEngine.Specs;

/// <summary>Who may ask for relief, when, for what, and once (facts.md F36, F37: real name, own account, no false reporting or
/// impersonation).</summary>
public class ApplyForReliefSpecs
{
    [Fact]
    public void A_household_asks_for_relief()
    {
        var decision = Apply(Application);
        var recorded = decision.The<ReliefApplicationRecorded>();
        Assert.Matches("^H62-20251120-", recorded.Number);
        decision.Decides(Recorded() with { Number = recorded.Number });
        foreach (var person in (PersonId[])[DriverId, RelativeId])
            decision.Guards(ReliefApplication.Key(FundCode, LowIncome.Code, person), TheApplication.Value, Refuse.ReliefApplied);
    }

    [Fact]
    public void It_is_asked_within_the_funds_days_and_while_it_is_open()
    {
        Apply(Application, today: new LocalDate(2025, 10, 31)).IsRefused(Refuse.ReliefWindowClosed, "fund");
        Apply(Application, today: new LocalDate(2025, 11, 1)).The<ReliefApplicationRecorded>();
        Apply(Application, today: new LocalDate(2026, 3, 31)).The<ReliefApplicationRecorded>();
        Apply(Application, today: new LocalDate(2026, 4, 1)).IsRefused(Refuse.ReliefWindowClosed, "fund");
        Apply(Application, AClosedFund()).IsRefused(Refuse.WrongState, "fund");
        ApplyForReliefHandler.Handle(Application, new(null, null, Known(DriverId, DriversAccount), [], TheApplication), Officer, Today)
            .IsRefused(Refuse.UnknownReliefFund, "fund");
    }

    [Fact]
    public void It_is_asked_for_a_kind_of_the_fund_up_to_the_kinds_most_with_its_papers()
    {
        Apply(Application with { Kind = "other" }).IsRefused(Refuse.UnknownReliefKind, "kind");
        Apply(Application with { Amount = Cny("3000.00") }).The<ReliefApplicationRecorded>();
        Apply(Application with { Amount = Cny("3000.01") }).IsRefused(Refuse.OverReliefLimit, "amount");
        Apply(Application with { Evidence = [] }).IsRefused(Refuse.DocumentsMissing, "evidence");
        Apply(Application with { Kind = Schooling.Code, Evidence = [] }).The<ReliefApplicationRecorded>();
    }

    [Fact]
    public void The_money_goes_to_the_applicants_own_account() =>
        Apply(Application with { Person = Application.Person with { Account = RelativesAccountDetails } })
            .IsRefused(Refuse.AccountNotOwn, "person.account.holder");

    [Fact]
    public void It_is_asked_in_the_officers_region_and_the_funds()
    {
        Apply(Application with { Person = Application.Person with { Region = Lanzhou } }).IsRefused(Refuse.OutsideRegion, "person.region");
        Apply(Application, StateOf<ReliefFund>(FundOpened() with { Region = Lanzhou }))
            .IsRefused(Refuse.RegionNotCovered, "person.region");
    }

    [Fact]
    public void A_unit_that_is_named_is_on_record_and_lies_there()
    {
        Apply(Application with { Unit = EmployerCode }, unit: AnEmployer()).Decides(Recorded(EmployerCode) with
        {
            Number = Apply(Application).The<ReliefApplicationRecorded>().Number,
        });
        Apply(Application with { Unit = EmployerCode }).IsRefused(Refuse.UnknownEmployer, "unit");
        Apply(Application with { Unit = EmployerCode }, unit: StateOf<Employer>(Listed() with { Region = Lanzhou }))
            .IsRefused(Refuse.EmployerElsewhere, "person.region");
    }

    [Fact]
    public void Another_of_the_household_cannot_ask_for_the_same_again()
    {
        var world = AWorld();
        world.Do(Officer, Application).The<ReliefApplicationRecorded>();
        world.Do(Officer, Application).IsRefused(Refuse.ReliefApplied, "household");
        world.Do(Officer, OfTheRelative).IsRefused(Refuse.ReliefApplied, "household");
        world.Do(Officer, OfTheRelative with { Kind = Schooling.Code }).The<ReliefApplicationRecorded>();
    }

    [Fact]
    public void After_a_refusal_or_a_withdrawal_the_household_may_ask_again()
    {
        var world = AWorld();
        var first = world.Do(Officer, Application).The<ReliefApplicationRecorded>().Application;
        world.Do(DistrictApprover, new RefuseRelief(first, "收入高于标准")).The<ReliefRefused>();
        var second = world.Do(Officer, OfTheRelative).The<ReliefApplicationRecorded>().Application;
        world.Do(Officer, new WithdrawReliefApplication(second, "申请人撤回")).The<ReliefApplicationWithdrawn>();
        world.Do(Officer, Application).The<ReliefApplicationRecorded>();
    }

    [Fact]
    public void Somebody_on_record_under_another_name_is_told_of_last()
    {
        var world = AWorld();
        world.Do(Officer, OfTheRelative).The<ReliefApplicationRecorded>();
        var wrong = Application with { Household = new ReliefHousehold(Money.Zero, [new HouseholdMember("王样例", RelativesNumber)]) };
        world.Do(Officer, wrong with { Kind = Schooling.Code }).IsRefused(Refuse.IdentityMismatch, "household.others.0.name");
        world.Do(Officer, wrong with { Kind = "other" }).IsRefused(Refuse.UnknownReliefKind, "kind");
    }

    [Fact]
    public void The_request_has_a_shape()
    {
        Assert.Empty(Application.BrokenFields());
        Assert.Equal(
            [
                "amount", "evidence.0.kind", "evidence.0.sha256", "facts", "household.monthlyIncome", "household.others.0.name", "unit",
            ],
            (Application with
            {
                Amount = Money.Zero, Facts = " ", Unit = "a b", Evidence = [new ReliefEvidence("", "x")],
                Household = new ReliefHousehold(new Money(-1), [new HouseholdMember(" ", RelativesNumber)]),
            }).BrokenFields());
        Assert.Equal(["evidence", "household.others", "person.name", "person.phone", "person.region"], (Application with
        {
            Person = Application.Person with { Name = " ", Region = RegionCode.National, Phone = "x" },
            Evidence = [.. Application.Evidence, .. Application.Evidence],
            Household = new ReliefHousehold(Money.Zero, [new HouseholdMember("陈样例", DriversNumber)]),
        }).BrokenFields());
    }

    private static ApplyForRelief OfTheRelative => Application with
    {
        Person = new ReliefApplicant("李样例", RelativesNumber, Liangzhou, RelativesAccountDetails),
        Household = new ReliefHousehold(Money.Zero, [new HouseholdMember("陈样例", DriversNumber)]),
    };

    private static World AWorld()
    {
        var world = new World();
        world.Do(PlanAdmin, Opening).The<ReliefFundOpened>();
        return world;
    }

    private static Decision Apply(ApplyForRelief command, ReliefFund? fund = null, Employer? unit = null, LocalDate? today = null) =>
        ApplyForReliefHandler.Handle(
            command, new(fund ?? AFundPassedDown(), unit, Known(DriverId, DriversAccount), [Known(RelativeId)], TheApplication), Officer,
            today ?? Today);
}
