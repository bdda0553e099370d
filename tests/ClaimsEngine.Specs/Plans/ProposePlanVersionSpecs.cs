namespace ClaimsEngine.Specs;

public class ProposePlanVersionSpecs
{
    [Fact]
    public void A_first_version_is_proposed_with_its_hash_and_binds_nobody()
    {
        var decision = Propose(null, 1).Decides(VersionProposed());
        var plan = StateOf<Plan>(decision.Events);
        Assert.Null(plan.Latest);
        Assert.Empty(plan.Versions);
        Assert.Null(plan.EffectiveOn(new LocalDate(2025, 6, 1)));
        Assert.Equal((1, PlanAdmin.Id, CardReading.Hash(ACard())),
            (plan.Proposal!.Number, plan.Proposal.ProposedBy, plan.Proposal.RuleHash));
    }

    [Fact]
    public void A_proposal_leaves_what_is_published_in_force()
    {
        var plan = APlan().After(Propose(APlan(), 2, from: new LocalDate(2025, 6, 1)));
        Assert.Equal(1, plan.EffectiveOn(new LocalDate(2025, 12, 31))!.Number);
        Assert.Equal((1, 2), (plan.Latest!.Number, plan.Proposal!.Number));
    }

    [Fact]
    public void The_same_from_the_same_person_changes_nothing_however_its_members_are_ordered()
    {
        Propose(AProposedPlan(), 1).ChangesNothing();
        Propose(AProposedPlan(), 1, Reversed()).ChangesNothing();
    }

    [Fact]
    public void The_same_from_a_second_person_is_a_confirmation() =>
        Propose(AProposedPlan(), 1, Reversed(), by: SecondPlanAdmin).Decides(VersionPublished());

    [Fact]
    public void Who_proposed_may_put_another_card_or_day_in_its_place()
    {
        var changed = ACard(card => card["prices"]![0]!["perUnit"] = "121.00");
        var plan = AProposedPlan().After(Propose(AProposedPlan(), 1, changed));
        Assert.Equal(CardReading.Hash(changed), plan.Proposal!.RuleHash);
        Propose(AProposedPlan(), 1, from: new LocalDate(2025, 2, 1)).The<PlanVersionProposed>();
    }

    [Fact]
    public void A_second_person_with_another_card_or_day_waits_for_the_first()
    {
        Propose(AProposedPlan(), 1, ACard(card => card["organiser"] = "another"), by: SecondPlanAdmin)
            .IsRefused(Refuse.ProposalPending, "version");
        Assert.Contains(PlanAdmin.Id, Propose(AProposedPlan(), 1, from: new LocalDate(2025, 2, 1), by: SecondPlanAdmin)
            .IsRefused(Refuse.ProposalPending, "version").Detail);
    }

    [Fact]
    public void Rules_are_proposed_by_who_acts_for_every_place_that_they_bind()
    {
        var ofGansu = PlanAdmin with { Region = Gansu };
        var national = ACard(card => ((JsonObject)card["eligibility"]!).Remove("regions"));
        Propose(null, 1, by: ofGansu).The<PlanVersionProposed>();
        Propose(null, 1, by: PlanAdmin with { Region = Liangzhou }).IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");
        Propose(null, 1, national, by: ofGansu).IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");
        Propose(null, 1, national).The<PlanVersionProposed>();
    }

    [Fact]
    public void Who_acts_for_less_than_the_last_version_binds_does_not_narrow_it() =>
        Propose(APlanWith(ACard(card => card["eligibility"]!.AsObject().Remove("regions"))), 2, from: new LocalDate(2026, 1, 1),
            by: PlanAdmin with { Region = Gansu })
            .IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");

    [Fact]
    public void A_published_version_sent_again_changes_nothing()
    {
        Propose(APlan(), 1).ChangesNothing();
        Propose(APlan(), 1, Reversed(), by: SecondPlanAdmin).ChangesNothing();
    }

    [Fact]
    public void Who_may_not_propose_is_refused_though_it_is_published_already() =>
        Propose(APlan(), 1, by: PlanAdmin with { Region = Liangzhou }).IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");

    [Fact]
    public void A_published_version_never_changes()
    {
        Propose(APlan(), 1, ACard(card => card["prices"]![0]!["perUnit"] = "121.00")).IsRefused(Refuse.PlanVersionImmutable, "version");
        Propose(APlan(), 1, from: new LocalDate(2025, 1, 2)).IsRefused(Refuse.PlanVersionImmutable, "version");
    }

    [Fact]
    public void A_version_of_format_1_stays_published_though_no_new_card_is_read_in_it()
    {
        var golden = Golden<PlanVersionPublished>();
        Propose(APlanOfFormat1(), 1, golden.Card, golden.EffectiveFrom).ChangesNothing();
        Propose(APlanOfFormat1(), 2, golden.Card, new LocalDate(2026, 1, 1)).IsRefused(Refuse.InvalidCard, "card.format");
    }

    [Fact]
    public void Versions_have_no_gaps()
    {
        Propose(null, 2).IsRefused(Refuse.PlanVersionOrder, "version");
        Propose(APlan(), 3, from: new LocalDate(2026, 1, 1)).IsRefused(Refuse.PlanVersionOrder, "version");
        Propose(AProposedPlan(), 2, from: new LocalDate(2026, 1, 1)).IsRefused(Refuse.PlanVersionOrder, "version");
    }

    [Fact]
    public void A_later_version_begins_on_a_later_day()
    {
        Propose(APlan(), 2, from: new LocalDate(2025, 1, 1)).IsRefused(Refuse.PlanVersionOrder, "effectiveFrom");
        Propose(APlan(), 2, from: new LocalDate(2025, 1, 2)).The<PlanVersionProposed>();
    }

    [Fact]
    public void Every_fault_of_the_card_is_named_by_its_path()
    {
        var refusal = Propose(null, 1, ACard(card =>
        {
            card["prices"]![0]!["perUnit"] = "0.00";
            card["cover"]!["months"] = 0;
        })).IsRefused(Refuse.InvalidCard, "card.prices.0.perUnit");
        Assert.Equal(["card.prices.0.perUnit", "card.cover.months"], refusal.Faults!.Select(fault => fault.Field));
        Propose(null, 1, JsonSerializer.SerializeToElement(1)).IsRefused(Refuse.InvalidCard, "card");
    }

    [Fact]
    public void Proposing_reads_the_plan_on_record()
    {
        var world = World.WithAProgramme();
        world.Do(PlanAdmin, new ProposePlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard())).ChangesNothing();
    }

    [Fact]
    public void A_certificate_is_bound_to_the_last_version_effective_on_its_first_day()
    {
        var plan = APlanOfTwoVersions();
        Assert.Null(plan.EffectiveOn(new LocalDate(2024, 12, 31)));
        Assert.Equal(1, plan.EffectiveOn(new LocalDate(2025, 12, 31))!.Number);
        Assert.Equal(2, plan.EffectiveOn(new LocalDate(2026, 1, 1))!.Number);
        Assert.Null(plan.Version(0));
        Assert.Null(plan.Version(3));
    }

    [Theory]
    [InlineData("gansu-2025", 1)]
    [InlineData("Gansu", 1, "plan")]
    [InlineData("", 1, "plan")]
    [InlineData("gansu--2025", 1, "plan")]
    [InlineData("gansu-2025", 0, "version")]
    public void A_code_is_lower_case_words_joined_by_hyphens(string code, int version, params string[] fields) =>
        Assert.Equal(fields, new ProposePlanVersion(code, version, Today, ACard()).BrokenFields());

    [Fact]
    public void A_wrong_code_is_told_so_in_words() =>
        Assert.Equal([("plan", "a code is lower-case words joined by hyphens")],
            new ProposePlanVersion("Gansu", 1, Today, ACard()).Breaches());

    [Fact]
    public void A_long_code_is_told_its_limit() =>
        Assert.Contains("80", Assert.Single(new ProposePlanVersion(new string('a', 81), 1, Today, ACard()).Breaches()).Message);

    private static JsonElement Reversed() => JsonSerializer.SerializeToElement(
        new JsonObject(CardJson().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));

    private static Decision Propose(Plan? plan, int version, JsonElement? card = null, LocalDate? from = null, Actor? by = null) =>
        ProposePlanVersionHandler.Handle(
        new ProposePlanVersion(PlanCode, version, from ?? new LocalDate(2025, 1, 1), card ?? ACard()), plan, by ?? PlanAdmin);
}
