namespace ClaimsEngine.Specs;

public class OpenProgrammeSpecs
{
    private static readonly OpenProgramme TheProgramme = new(
        ProgrammeCode, PlanCode, "甘肃省总工会", 10_000, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), [Gansu],
        [Occupation.Of("truckDriver"), Occupation.Of("courier")], [new FundingShare("甘肃省总工会", Money.Yuan(120))],
        "甘肃省2025年为民实事：新就业形态劳动者互助保障");

    [Fact]
    public void A_programme_is_bound_to_the_version_effective_on_its_first_day()
    {
        Open(TheProgramme).Decides(Opened());
        Assert.Equal(1, Open(TheProgramme, APlanOfTwoVersions()).The<ProgrammeOpened>().PlanVersion);
    }

    [Fact]
    public void Without_a_name_it_is_called_by_its_code() =>
        Assert.Equal(ProgrammeCode, Open(TheProgramme with { Name = null }).The<ProgrammeOpened>().Name);

    [Fact]
    public void Several_payers_share_one_units_contribution() => Assert.Equal(2, Open(TheProgramme with
    {
        Funding = [new FundingShare("甘肃省总工会", Money.Yuan(100)), new FundingShare("member", Money.Yuan(20))],
    }).The<ProgrammeOpened>().Funding.Count);

    [Fact]
    public void Shares_that_do_not_add_up_are_refused() =>
        Open(TheProgramme with { Funding = [new FundingShare("甘肃省总工会", new Money(11_999))] })
            .IsRefused(Refuse.FundingMismatch, "funding");

    [Fact]
    public void A_budget_is_recorded_as_the_sponsor_gave_it() =>
        Assert.Equal(Money.Yuan(1_200_000), StateOf<Programme>(Open(TheProgramme with { Budget = Money.Yuan(1_200_000) }).Events).Budget);

    [Fact]
    public void A_code_is_used_once() =>
        OpenProgrammeHandler.Handle(TheProgramme, AProgramme(), APlan(), PlanAdmin).IsRefused(Refuse.ProgrammeExists, "code");

    [Fact]
    public void An_unknown_plan_is_refused() =>
        OpenProgrammeHandler.Handle(TheProgramme, null, null, PlanAdmin).IsRefused(Refuse.UnknownPlan, "plan");

    [Fact]
    public void A_period_that_begins_before_the_plan_is_refused() =>
        Open(TheProgramme with { From = new LocalDate(2024, 12, 31) }).IsRefused(Refuse.PlanNotEffective, "from");

    [Fact]
    public void An_occupation_the_plan_does_not_cover_is_named() => Assert.Contains("建筑工人",
        Open(TheProgramme with { Occupations = [Occupation.Of("courier"), Occupation.Of("constructionWorker")] })
            .IsRefused(Refuse.OccupationNotCovered, "occupations").Detail);

    [Fact]
    public void A_region_the_plan_does_not_cover_is_refused() =>
        Open(TheProgramme with { Regions = [Gansu, RegionCode.Of("61")] }).IsRefused(Refuse.RegionNotCovered, "regions");

    [Fact]
    public void A_plan_without_such_limits_takes_every_occupation_and_region() => Open(
        TheProgramme with { Occupations = [Occupation.Of("constructionWorker")], Regions = [RegionCode.Of("11")] },
        APlanWith(ACard(card => card["eligibility"] = new JsonObject()))).The<ProgrammeOpened>();

    [Fact]
    public void Who_acts_for_a_province_opens_no_programme_elsewhere() => OpenProgrammeHandler.Handle(
        TheProgramme with { Regions = [Gansu, RegionCode.Of("61")] }, null, APlan(), PlanAdmin with { Region = Gansu })
        .IsRefused(Refuse.OutsideRegion, "regions");

    [Fact]
    public void Running_reads_plan_and_programme_on_record() =>
        World.WithAProgramme().Do(PlanAdmin, TheProgramme).IsRefused(Refuse.ProgrammeExists, "code");

    [Fact]
    public void The_request_has_a_shape()
    {
        Assert.Empty(TheProgramme.BrokenFields());
        Assert.Equal(["code", "funding", "name", "occupations", "quota", "regions", "sponsor", "to"], (TheProgramme with
        {
            Code = "X", Funding = [], Name = new string('名', 201), Occupations = [], Quota = 0, Regions = [], Sponsor = " ",
            To = TheProgramme.From,
        }).BrokenFields());
        Assert.Equal(["funding.0", "funding.1"], (TheProgramme with
        {
            Funding = [new FundingShare("", Money.Yuan(120)), new FundingShare("member", Money.Zero)],
        }).BrokenFields());
        Assert.Equal(["funding"], (TheProgramme
            with { Funding = [new FundingShare("a", Money.Yuan(60)), new FundingShare("a", Money.Yuan(60), Due: true)] }).BrokenFields());
        Assert.Equal(["quota"], (TheProgramme with { Quota = 10_000_001 }).BrokenFields());
        Assert.Equal(["sponsor"], (TheProgramme with { Sponsor = "=1+1|cmd" }).BrokenFields());
        Assert.Equal(["name"], (TheProgramme with { Name = "样例\u202E项目" }).BrokenFields());
        Assert.Equal(["funding.0.payer"],
            (TheProgramme with { Funding = [new FundingShare("@cmd", Money.Yuan(120))] }).BrokenFields());
        Assert.Empty((TheProgramme with { Budget = new Money(1) }).BrokenFields());
        Assert.Equal(["budget"], (TheProgramme with { Budget = Money.Zero }).BrokenFields());
        Assert.Equal(["budget"],
            (TheProgramme with { Budget = Money.Yuan(1_200), Funding = [new FundingShare("member", Money.Yuan(120))] }).BrokenFields());
    }

    [Fact]
    public void A_wrong_code_is_told_so_in_words() =>
        Assert.Equal([("code", "a code is lower-case words joined by hyphens")], (TheProgramme with { Code = "X" }).Breaches());

    private static Decision Open(OpenProgramme command, Plan? plan = null) =>
        OpenProgrammeHandler.Handle(command, null, plan ?? APlan(), PlanAdmin);
}
