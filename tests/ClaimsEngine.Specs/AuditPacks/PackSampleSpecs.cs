using ClaimsEngine.AuditPacks;

namespace ClaimsEngine.Specs.AuditPacks;

/// <summary>Which decisions an auditor is shown, and that anybody draws the same.</summary>
public class PackSampleSpecs
{
    private static readonly PackOrder Order = PackOrder.Of(PlanCode, 2025, 1) with
    {
        Seed = "sample-seed", Share = 100, Least = 5, AllOver = Money.Yuan(120_000),
    };

    [Fact]
    public void The_rules_say_what_is_assumed() => Assert.NotEmpty(PackRules.Known.Assumed);

    [Fact]
    public void The_draw_is_the_hash_of_seed_and_claim() => Assert.Equal(
        "aeb6f26e5ee89860", PackSample.DrawOf("sample-seed", new ClaimId(Id(1))).ToString("x16"));

    [Fact]
    public void The_same_claims_in_another_order_give_the_same_sample() =>
        Assert.Equal(InOrder(Sampled(Order, 200)), InOrder(Sampled(Order, 200, reversed: true)));

    [Fact]
    public void Another_seed_draws_other_claims() =>
        Assert.NotEqual(InOrder(Sampled(Order, 200)), InOrder(Sampled(Order with { Seed = "another" }, 200)));

    [Fact]
    public void Of_a_few_claims_at_least_so_many_are_in_the_sample_or_all()
    {
        Assert.Equal(5, Sampled(Order with { Share = 0 }, 200).Count);
        Assert.Equal(3, Sampled(Order with { Share = 0 }, 3).Count);
    }

    [Fact]
    public void What_fills_the_sample_up_has_the_lowest_draws()
    {
        var lowest = Enumerable.Range(0, 200).Select(nth => new ClaimId(Id(nth))).OrderBy(claim => PackSample.DrawOf(Order.Seed, claim));
        Assert.Equal(lowest.Take(5), Sampled(Order with { Share = 0 }, 200));
    }

    [Fact]
    public void A_share_of_all_is_drawn_and_a_share_of_nothing_is_not()
    {
        Assert.Equal(200, Sampled(Order with { Share = 1_000 }, 200).Count);
        Assert.Empty(Sampled(Order with { Share = 0, Least = 0 }, 200));
    }

    [Fact]
    public void Every_decision_above_the_limit_is_in_the_sample() =>
        Assert.Equal(50, Sampled(Order with { Share = 0, Least = 0, AllOver = Money.Yuan(119_999) }, 50).Count);

    private static IEnumerable<Guid> InOrder(IEnumerable<ClaimId> claims) => claims.Select(claim => claim.Value).Order();

    private static List<ClaimId> Sampled(PackOrder order, int claims, bool reversed = false)
    {
        var (sample, assessed) = (new PackSample(order), Assessed());
        var replay = DecisionReplay.Of(assessed, APlan());
        var all = Enumerable.Range(0, claims).Select(nth => AnAssessedClaim() with { Id = new ClaimId(Id(nth)) });
        var taken = (reversed ? all.Reverse() : all).Select(claim => sample.Take(claim, assessed, replay)).OfType<SampledDecision>()
            .ToList();
        return [.. taken.Concat(sample.Rest()).Select(decision => decision.Claim)];
    }
}
