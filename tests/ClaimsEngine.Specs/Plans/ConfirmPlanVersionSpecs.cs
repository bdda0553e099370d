namespace ClaimsEngine.Specs;

public class ConfirmPlanVersionSpecs
{
    [Fact]
    public void A_second_person_publishes_what_the_first_proposed()
    {
        var plan = AProposedPlan().After(Confirm(AProposedPlan()).Decides(VersionPublished()));
        Assert.Null(plan.Proposal);
        Assert.Equal((1, PlanAdmin.Id, SecondPlanAdmin.Id), (plan.Latest!.Number, plan.Latest.PublishedBy, plan.Latest.ConfirmedBy));
    }

    [Fact]
    public void Who_proposed_does_not_confirm() => Confirm(AProposedPlan(), by: PlanAdmin).IsRefused(Refuse.FourEyes);

    [Fact]
    public void What_is_confirmed_is_the_card_that_was_put_in_anothers_place_last()
    {
        var changed = ACard(card => card["organiser"] = "another");
        Assert.Equal(CardReading.Hash(changed),
            Confirm(AProposedPlan().After(VersionProposed(card: changed))).The<PlanVersionPublished>().RuleHash);
    }

    [Fact]
    public void Confirming_twice_changes_nothing_whoever_may_confirm()
    {
        Confirm(APlan()).ChangesNothing();
        Confirm(APlan(), by: SecondPlanAdmin with { Id = "sample-plan-admin-3" }).ChangesNothing();
    }

    [Fact]
    public void Who_may_not_confirm_is_refused_though_it_is_published_already()
    {
        Confirm(APlan(), by: PlanAdmin).IsRefused(Refuse.FourEyes);
        Confirm(APlan(), by: SecondPlanAdmin with { Region = Liangzhou }).IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");
        ConfirmPlanVersionHandler.Handle(new ConfirmPlanVersion(PlanCode, 1, "sha256:00"), APlan(), SecondPlanAdmin)
            .IsRefused(Refuse.PlanVersionImmutable, "ruleHash");
    }

    [Fact]
    public void A_version_that_nobody_proposed_is_not_found()
    {
        Confirm(APlan(), version: 2).IsRefused(Refuse.NoSuch);
        Confirm(AProposedPlan(), version: 2).IsRefused(Refuse.NoSuch);
        Confirm(AProposedPlan().After(VersionRejected())).IsRefused(Refuse.NoSuch);
    }

    [Fact]
    public void Rules_are_confirmed_by_who_acts_for_every_place_that_they_bind()
    {
        Confirm(AProposedPlan(), by: SecondPlanAdmin with { Region = Liangzhou })
            .IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");
        Confirm(AProposedPlan(), by: SecondPlanAdmin with { Region = Gansu }).The<PlanVersionPublished>();
    }

    [Fact]
    public void Of_two_who_confirm_the_second_changes_nothing_on_record()
    {
        var world = new World();
        world.Do(PlanAdmin, new ProposePlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard())).The<PlanVersionProposed>();
        world.Do(SecondPlanAdmin, new ConfirmPlanVersion(PlanCode, 1)).The<PlanVersionPublished>();
        world.Do(SecondPlanAdmin with { Id = "sample-plan-admin-3" }, new ConfirmPlanVersion(PlanCode, 1)).ChangesNothing();
    }

    private static Decision Confirm(Plan plan, int version = 1, Actor? by = null) =>
        ConfirmPlanVersionHandler.Handle(new ConfirmPlanVersion(PlanCode, version), plan, by ?? SecondPlanAdmin);
}
