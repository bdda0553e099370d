namespace ClaimsEngine.Specs;

public class RejectPlanVersionSpecs
{
    [Fact]
    public void A_proposal_that_is_not_to_be_published_is_gone_with_its_grounds()
    {
        var plan = APlan().After(VersionProposed(2, new LocalDate(2026, 1, 1)));
        var rejected = plan.After(Reject(plan, 2).Decides(VersionRejected(2)));
        Assert.Null(rejected.Proposal);
        Assert.Equal(1, rejected.Latest!.Number);
    }

    [Fact]
    public void Who_proposed_may_take_it_back() =>
        Assert.Equal(PlanAdmin.Id, Reject(AProposedPlan(), by: PlanAdmin).The<PlanVersionRejected>().By);

    [Fact]
    public void Another_card_may_then_be_proposed_for_the_same_version_by_anybody()
    {
        var plan = AProposedPlan().After(VersionRejected());
        var again = ProposePlanVersionHandler.Handle(
            new ProposePlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard(card => card["organiser"] = "another")), plan,
            SecondPlanAdmin);
        Assert.Equal((1, SecondPlanAdmin.Id), (again.The<PlanVersionProposed>().Version, again.The<PlanVersionProposed>().By));
    }

    [Fact]
    public void A_published_version_is_not_rejected() => Reject(APlan()).IsRefused(Refuse.PlanVersionImmutable, "version");

    [Fact]
    public void A_version_that_nobody_proposed_is_not_found()
    {
        Reject(APlan(), 2).IsRefused(Refuse.NoSuch);
        Reject(AProposedPlan(), 2).IsRefused(Refuse.NoSuch);
        Reject(AProposedPlan().After(VersionRejected())).IsRefused(Refuse.NoSuch);
    }

    [Fact]
    public void Rules_are_rejected_by_who_acts_for_every_place_that_they_would_bind() =>
        Reject(AProposedPlan(), by: SecondPlanAdmin with { Region = Liangzhou })
            .IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");

    [Fact]
    public void A_rejection_has_a_reason_of_up_to_500_characters()
    {
        Assert.Equal(["reason"], new RejectPlanVersion(PlanCode, 1, "").BrokenFields());
        Assert.Equal(["reason"], new RejectPlanVersion(PlanCode, 1, new string('理', 501)).BrokenFields());
        Assert.Empty(new RejectPlanVersion(PlanCode, 1, new string('理', 500)).BrokenFields());
    }

    [Fact]
    public async Task A_plan_whose_first_proposal_was_rejected_can_still_be_shown()
    {
        var world = new World();
        world.Do(PlanAdmin, new ProposePlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard())).The<PlanVersionProposed>();
        world.Do(SecondPlanAdmin, new RejectPlanVersion(PlanCode, 1, "金额有误")).The<PlanVersionRejected>();
        var view = await PlanView.Of(world.All<Plan>().Single(), world);
        Assert.Equal((PlanCode, 0), (view.Code, view.LatestVersion));
        Assert.Empty(view.Versions);
        Assert.Null(view.Proposal);
    }

    private static Decision Reject(Plan plan, int version = 1, Actor? by = null) =>
        RejectPlanVersionHandler.Handle(new RejectPlanVersion(PlanCode, version, "金额有误"), plan, by ?? SecondPlanAdmin);
}
