namespace ClaimsEngine.Specs;

public class RetryRuleSpecs
{
    [Fact]
    public void Eight_tries_lie_within_about_a_day()
    {
        var pauses = Enumerable.Range(1, 7).Select(tried => RetryRule.Standard.After(tried, 0.5)!.Value).ToArray();
        Assert.Equal(Duration.FromSeconds(30), pauses[0]);
        Assert.InRange(pauses.Aggregate(Duration.Zero, (sum, pause) => sum + pause), Duration.FromHours(20), Duration.FromHours(26));
        Assert.Null(RetryRule.Standard.After(8, 0.5));
        Assert.Null(RetryRule.Standard.After(9, 0.5));
    }

    [Theory]
    [InlineData(0.0, 0.75)]
    [InlineData(0.5, 1.0)]
    [InlineData(0.999999, 1.25)]
    public void Jitter_moves_a_pause_by_a_quarter_at_most(double random, double share)
    {
        for (var tried = 1; tried < 8; tried++)
        {
            var (plain, moved) = (RetryRule.Standard.After(tried, 0.5)!.Value, RetryRule.Standard.After(tried, random)!.Value);
            Assert.Equal(share, moved / plain, 3);
        }
    }

    [Fact]
    public void Whatever_the_jitter_a_later_pause_is_longer()
    {
        for (var tried = 1; tried < 7; tried++)
            Assert.True(RetryRule.Standard.After(tried, 0.999999) < RetryRule.Standard.After(tried + 1, 0));
    }
}
