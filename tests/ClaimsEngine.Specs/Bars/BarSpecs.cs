namespace ClaimsEngine.Specs;

public class BarSpecs
{
    private static readonly LocalDate Last = Today.PlusYears(1);

    [Fact]
    public void An_office_proposes_a_bar_for_its_own_place_and_below()
    {
        var decision = Propose(ATruckDriver(), Assessor);
        Assert.Equal(BarAsked(), decision.The<BarProposed>());
        Assert.Equal(Wuwei, StateOf<Bar>(decision.Events).Region);
        Propose(null, Assessor).IsRefused(Refuse.UnknownEnrolment, "enrolmentId");
        ProposeBarHandler.Handle(ByNumber(), new(null, TheBar), Assessor).IsRefused(Refuse.NoSuchMember, "idNumber");
    }

    [Fact]
    public void One_way_of_naming_the_person_is_given_and_the_days_are_in_order()
    {
        Assert.Empty(ByNumber().Breaches());
        Assert.Equal(["enrolmentId"], (ByNumber() with { EnrolmentId = TheEnrolment }).BrokenFields());
        Assert.Equal(["enrolmentId"], (ByNumber() with { IdNumber = null }).BrokenFields());
        Assert.Equal(["to"], (ByNumber() with { To = Today.PlusDays(-1) }).BrokenFields());
        Assert.Empty((ByNumber() with { To = Today }).Breaches());
    }

    [Fact]
    public void Nobody_is_barred_before_another_person_has_confirmed_it()
    {
        Confirm(AProposedBar(), Approver with { Id = Assessor.Id }).IsRefused(Refuse.FourEyes);
        Confirm(AProposedBar(), Approver).Decides(
            new BarConfirmed(Approver.Id), new PersonBarred(TheBar, BarScope.Both, Wuwei, Today, Last, Approver.Id));
        var confirmed = AProposedBar().After(new BarConfirmed(Approver.Id));
        Confirm(confirmed, Approver).ChangesNothing();
        Confirm(confirmed, Approver with { Id = "sample-approver-wuwei" }).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void What_the_person_is_barred_for_stands_in_the_case_of_the_bar_alone() =>
        Assert.DoesNotContain(BarAsked().Reason, Then.Written(Confirm(AProposedBar(), Approver).The<PersonBarred>()));

    [Fact]
    public void A_bar_is_lifted_and_a_proposed_one_is_rejected()
    {
        var lifted = new BarLifted("已退还全部款项", Approver.Id);
        Lift(AProposedBar(), ATruckDriver()).Decides(lifted);
        var confirmed = AProposedBar().After(new BarConfirmed(Approver.Id));
        Lift(confirmed, ABarredDriver()).Decides(lifted, new PersonUnbarred(TheBar, Approver.Id));
        Assert.Empty(ABarredDriver().After(new PersonUnbarred(TheBar, Approver.Id)).Bars);
        Lift(confirmed.After(lifted), ATruckDriver()).ChangesNothing();
        Confirm(AProposedBar().After(lifted), Approver).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void It_holds_from_its_first_day_to_its_last()
    {
        Assert.Null(Against(Today.PlusDays(-1)));
        Assert.NotNull(Against(Today));
        Assert.NotNull(Against(Last));
        Assert.Null(Against(Last.PlusDays(1)));
    }

    [Fact]
    public void It_says_until_when_and_not_why()
    {
        var no = Against(Today)!;
        Assert.Equal((Refuse.Barred, "field"), (no.Rule, no.Field));
        Assert.Contains("2026-11-20", no.Detail);
        Assert.DoesNotContain(BarAsked().Reason, no.Detail);
    }

    [Fact]
    public void Of_several_bars_the_last_day_is_said() => Assert.Contains("2027-01-01", ABarredDriver()
        .After(new PersonBarred(new BarId(Id(92)), BarScope.Claim, Gansu, Today, new LocalDate(2027, 1, 1), Approver.Id))
        .Bars.Against(BarScope.Claim, Liangzhou, Today, "field")!.Detail);

    [Fact]
    public void It_holds_in_the_place_of_the_office_and_below()
    {
        Assert.NotNull(ABarredDriver().Bars.Against(BarScope.Enrolment, Liangzhou, Today, "field"));
        Assert.NotNull(ABarredDriver().Bars.Against(BarScope.Enrolment, Wuwei, Today, "field"));
        Assert.Null(ABarredDriver().Bars.Against(BarScope.Enrolment, Lanzhou, Today, "field"));
        Assert.Null(ABarredDriver().Bars.Against(BarScope.Enrolment, Gansu, Today, "field"));
    }

    [Theory]
    [InlineData(BarScope.Enrolment, true, false)]
    [InlineData(BarScope.Claim, false, true)]
    [InlineData(BarScope.Both, true, true)]
    public void It_holds_for_what_it_says(BarScope scope, bool enrolments, bool claims)
    {
        var bars = ABarredDriver(scope).Bars;
        Assert.Equal((enrolments, claims), (
            bars.Against(BarScope.Enrolment, Liangzhou, Today, "field") is not null,
            bars.Against(BarScope.Claim, Liangzhou, Today, "field") is not null));
    }

    [Fact]
    public void A_barred_person_does_not_enter_and_enters_again_once_the_bar_is_lifted()
    {
        var world = AWorldWithTheDriverBarred(BarScope.Enrolment);
        world.Do(Officer, AnEntry()).IsRefused(Refuse.Barred, "person.idNumber");
        world.Do(Approver, new LiftBar(world.All<Bar>().Single().Id, "已退还全部款项")).The<PersonUnbarred>();
        world.Do(Officer, AnEntry()).The<EnrolmentStarted>();
    }

    [Fact]
    public void A_barred_person_is_asked_for_with_the_day_of_entry()
    {
        var world = AWorldWithTheDriverBarred(BarScope.Enrolment);
        world.Now = BusinessTime.NoonOf(Today.PlusDays(-1));
        world.Do(Officer, AnEntry()).The<EnrolmentStarted>();
    }

    [Fact]
    public void A_barred_member_does_not_apply_though_the_cover_goes_on()
    {
        var world = AWorldWithTheDriverBarred(BarScope.Claim);
        var enrolment = world.Do(Officer, AnEntry()).The<EnrolmentStarted>().Enrolment;
        world.Do(Officer, AnApplication(enrolment)).IsRefused(Refuse.Barred, "enrolmentId");
        world.Now = BusinessTime.NoonOf(Last.PlusDays(1));
        Assert.NotEqual(Refuse.Barred, world.Do(Officer, AnApplication(enrolment)).Refusal?.Rule);
    }

    [Fact]
    public void A_barred_relative_neither_applies_nor_inherits()
    {
        var world = World.WithAProgramme();
        var enrolment = world.Do(Officer, AnEntry()).The<EnrolmentStarted>().Enrolment;
        // the relative is on record by an entry of their own
        var relative = world.Do(Officer, new Enrol(
            new PersonDetails("李样例", RelativesNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode)).The<EnrolmentStarted>();
        Bar(world, relative.Enrolment, BarScope.Claim);
        var relatives = new ClaimantDetails("李样例", RelativesNumber, Relation.Child, RelativesAccountDetails);
        world.Do(Officer, new SubmitClaim(enrolment, DeathByAccident, relatives)).IsRefused(Refuse.Barred, "claimant.idNumber");
        var other = IdentityNumber.Of("62060219900101002" + IdentityNumber.CheckCharacter("62060219900101002"));
        var account = RelativesAccountDetails with { Holder = "王样例" };
        world.Do(Officer, new SubmitClaim(
            enrolment, DeathByAccident, new ClaimantDetails("王样例", other, Relation.Spouse, account),
            [
                new HeirDetails("王样例", other, Relation.Spouse, account, new Share(1, 2)),
                new HeirDetails("李样例", RelativesNumber, Relation.Child, RelativesAccountDetails, new Share(1, 2)),
            ])).IsRefused(Refuse.Barred, "heirs.1.idNumber");
    }

    /// <summary>Under another name nothing of the person on record is looked up, not even whether there is a bar.</summary>
    [Fact]
    public void Who_gives_another_name_learns_of_no_bar() => AWorldWithTheDriverBarred(BarScope.Both)
        .Do(Officer, AnEntry() with { Person = AnEntry().Person with { Name = "张样例" } })
        .IsRefused(Refuse.IdentityMismatch, "person.name");

    [Fact]
    public void Somebody_from_elsewhere_is_as_unknown_as_nobody()
    {
        var world = World.WithAProgramme();
        world.Do(Officer, AnEntry()).The<EnrolmentStarted>();
        world.Do(Officer with { Region = Lanzhou }, ByNumber()).IsRefused(Refuse.NoSuchMember, "idNumber");
        world.Do(Officer, ByNumber() with { IdNumber = RelativesNumber }).IsRefused(Refuse.NoSuchMember, "idNumber");
        world.Do(Officer, ByNumber()).The<BarProposed>();
    }

    private static ProposeBar ByNumber() => new(BarScope.Both, Today, Last, BarAsked().Reason, IdNumber: DriversNumber);

    private static Enrol AnEntry() => new(
        new PersonDetails("陈样例", DriversNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode);

    private static SubmitClaim AnApplication(EnrolmentId enrolment) => new(
        enrolment, GradeOneDisability, new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails));

    private static Person ABarredDriver(BarScope scope = BarScope.Both) =>
        ATruckDriver().After(new PersonBarred(TheBar, scope, Wuwei, Today, Last, Approver.Id));

    /// <summary>The driver is on record by a certificate of another plan, and barred in Wuwei.</summary>
    private static World AWorldWithTheDriverBarred(BarScope scope)
    {
        var world = World.WithAProgramme();
        world.Publish("sample-direct", 1, new LocalDate(2025, 1, 1), ACardOfDirectEntry());
        var earlier = world.Do(Officer, AnEntry() with { Programme = null, Plan = "sample-direct" }).The<EnrolmentStarted>();
        Bar(world, earlier.Enrolment, scope);
        return world;
    }

    private static void Bar(World world, EnrolmentId of, BarScope scope)
    {
        var bar = world.Do(Assessor, new ProposeBar(scope, Today, Last, BarAsked().Reason, of)).The<BarProposed>().Bar;
        world.Do(Approver, new ConfirmBar(bar)).The<PersonBarred>();
    }

    private static Refusal? Against(LocalDate day) => ABarredDriver().Bars.Against(BarScope.Enrolment, Liangzhou, day, "field");

    private static Decision Propose(Person? person, Actor by) => ProposeBarHandler.Handle(
        new ProposeBar(BarScope.Both, Today, Last, BarAsked().Reason, TheEnrolment), new(person, TheBar), by);

    private static Decision Confirm(Bar bar, Actor by) => ConfirmBarHandler.Handle(new ConfirmBar(TheBar), bar, ATruckDriver(), by);

    private static Decision Lift(Bar bar, Person person) =>
        LiftBarHandler.Handle(new LiftBar(TheBar, "已退还全部款项"), bar, person, Approver);
}
