namespace ClaimsEngine.Specs;

public class PublishPlanVersionSpecs
{
    [Fact]
    public void A_first_version_makes_the_plan_with_its_hash() => Publish(null, 1).Decides(VersionPublished());

    [Fact]
    public void Rules_are_published_by_who_acts_for_every_place_that_they_bind()
    {
        var ofGansu = PlanAdmin with { Region = Gansu };
        var national = ACard(card => ((JsonObject)card["eligibility"]!).Remove("regions"));
        PublishPlanVersionHandler.Handle(new PublishPlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard()), null, ofGansu).The<PlanVersionPublished>();
        PublishPlanVersionHandler.Handle(new PublishPlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard()), null, PlanAdmin with { Region = Liangzhou })
            .IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");
        PublishPlanVersionHandler.Handle(new PublishPlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), national), null, ofGansu)
            .IsRefused(Refuse.OutsideRegion, "card.eligibility.regions");
        PublishPlanVersionHandler.Handle(new PublishPlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), national), null, PlanAdmin).The<PlanVersionPublished>();
    }

    [Fact]
    public void The_hash_of_a_card_is_that_of_the_numbers_the_database_keeps() => Assert.Equal(
        CardReading.Hash(JsonDocument.Parse("""{"ageFrom":0}""").RootElement), CardReading.Hash(JsonDocument.Parse("""{"ageFrom":-0}""").RootElement));

    [Fact]
    public void The_next_version_follows() =>
        Assert.Equal(2, Publish(APlan(), 2, from: new LocalDate(2026, 1, 1)).The<PlanVersionPublished>().Version);

    [Fact]
    public void The_same_version_again_changes_nothing_however_its_members_are_ordered()
    {
        Publish(APlan(), 1).ChangesNothing();
        var reversed = new JsonObject(CardJson().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        Publish(APlan(), 1, JsonSerializer.SerializeToElement(reversed)).ChangesNothing();
    }

    [Fact]
    public void A_published_version_never_changes()
    {
        Publish(APlan(), 1, ACard(card => card["price"]!["perUnit"] = "121.00")).IsRefused(Refuse.PlanVersionImmutable, "version");
        Publish(APlan(), 1, from: new LocalDate(2025, 1, 2)).IsRefused(Refuse.PlanVersionImmutable, "version");
    }

    [Fact]
    public void Versions_have_no_gaps()
    {
        Publish(null, 2).IsRefused(Refuse.PlanVersionOrder, "version");
        Publish(APlan(), 3, from: new LocalDate(2026, 1, 1)).IsRefused(Refuse.PlanVersionOrder, "version");
    }

    [Fact]
    public void A_later_version_begins_on_a_later_day()
    {
        Publish(APlan(), 2, from: new LocalDate(2025, 1, 1)).IsRefused(Refuse.PlanVersionOrder, "effectiveFrom");
        Publish(APlan(), 2, from: new LocalDate(2025, 1, 2)).The<PlanVersionPublished>();
    }

    [Fact]
    public void A_fault_of_the_card_is_named_by_its_path()
    {
        Publish(null, 1, ACard(card => card["price"]!["perUnit"] = "0.00")).IsRefused(Refuse.InvalidCard, "card.price.perUnit");
        Publish(null, 1, JsonSerializer.SerializeToElement(1)).IsRefused(Refuse.InvalidCard, "card");
    }

    [Fact]
    public async Task Publishing_reads_the_plan_on_record()
    {
        var world = World.WithAProgramme();
        (await PublishPlanVersionHandler.Run(new PublishPlanVersion(PlanCode, 1, new LocalDate(2025, 1, 1), ACard()), world)).ChangesNothing();
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
        Assert.Equal(fields, new PublishPlanVersion(code, version, Today, ACard()).BrokenFields());

    [Fact]
    public void A_wrong_code_is_told_so_in_words() =>
        Assert.Equal([("plan", "a code is lower-case words joined by hyphens")], new PublishPlanVersion("Gansu", 1, Today, ACard()).Breaches());

    [Fact]
    public void A_long_code_is_told_its_limit() =>
        Assert.Contains("80", Assert.Single(new PublishPlanVersion(new string('a', 81), 1, Today, ACard()).Breaches()).Message);

    private static Decision Publish(Plan? plan, int version, JsonElement? card = null, LocalDate? from = null) => PublishPlanVersionHandler.Handle(
        new PublishPlanVersion(PlanCode, version, from ?? new LocalDate(2025, 1, 1), card ?? ACard()), plan, PlanAdmin);
}
