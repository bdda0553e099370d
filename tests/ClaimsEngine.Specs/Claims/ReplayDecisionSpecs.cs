namespace ClaimsEngine.Specs;

/// <summary>A decision can be recomputed to the byte.</summary>
public class ReplayDecisionSpecs
{
    [Fact]
    public void The_same_rules_and_facts_give_the_same_bytes()
    {
        var replay = DecisionReplay.Of(AnAssessedClaim(), APlan())!;
        Assert.True(replay.Identical);
        Assert.Equal(replay.Recorded.AssessedAmount, replay.Recomputed!.AssessedAmount);
        Assert.Equal((TheRules().RuleHash, 1, PlanRules2.Interpreter), (replay.RuleHash, replay.PlanVersion, replay.Interpreter));
    }

    [Fact]
    public void A_later_version_does_not_matter() => Assert.True(DecisionReplay.Of(AnAssessedClaim(), APlanOfTwoVersions())!.Identical);

    [Fact]
    public void A_changed_byte_of_the_card_shows()
    {
        var replay = DecisionReplay.Of(AnAssessedClaim(), APlanWith(ACard(card => card["organiser"] = "somebody else")))!;
        Assert.False(replay.Identical);
        Assert.Equal(replay.Recorded.Steps, replay.Recomputed!.Steps);
    }

    [Fact]
    public void A_card_changed_under_its_old_hash_shows() =>
        Assert.False(DecisionReplay.Of(AnAssessedClaim(),
            StateOf<Plan>(VersionPublished(card: ACard(card => card["organiser"] = "somebody else"))
                with { RuleHash = CardReading.Hash(ACard()) }))!.Identical);

    [Fact]
    public void A_changed_amount_shows() =>
        Assert.False(DecisionReplay.Of(AClaimWithAllPapers().After(Assessed() with { Amount = new Money(12_000_001) }), APlan())!
            .Identical);

    [Fact]
    public void A_changed_byte_of_a_step_shows()
    {
        var assessed = Assessed();
        var steps = assessed.Steps.Select((step, place) => place == 1 ? step with { TextZh = step.TextZh + "。" } : step).ToArray();
        Assert.False(DecisionReplay.Of(AClaimWithAllPapers().After(assessed with { Steps = steps }), APlan())!.Identical);
    }

    [Fact]
    public void A_version_that_is_gone_shows()
    {
        var replay = DecisionReplay.Of(AClaimWithAllPapers().After(Assessed() with { PlanVersion = 9 }), APlan())!;
        Assert.False(replay.Identical);
        Assert.Null(replay.Recomputed);
    }

    [Fact]
    public void Nothing_assessed_is_nothing_to_replay() =>
        Assert.Null(DecisionReplay.Of(ASubmittedClaim(), APlan()));
}
