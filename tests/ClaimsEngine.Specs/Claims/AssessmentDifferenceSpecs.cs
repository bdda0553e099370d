namespace ClaimsEngine.Specs;

public class AssessmentDifferenceSpecs
{
    private readonly World world = World.WithAProgramme();

    [Fact]
    public void A_claim_that_was_assessed_once_has_no_difference()
    {
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        Assert.Null(Difference());
    }

    [Fact]
    public void A_later_fact_shows_with_what_it_changes()
    {
        var claim = Journey.ToAClaimWithAllPapers(world, GradeOneDisability);
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Officer, new ReclassifyClaim(claim, GradeOneDisability with { Grade = 7 }, "鉴定为七级")).The<ClaimReclassified>();
        Assert.Null(Difference());   // the first assessment no longer holds, and there is no other yet
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();

        var difference = Difference()!;
        Assert.Equal((Money.Yuan(120_000), Money.Yuan(48_000), Money.Yuan(-72_000)),
            (difference.Before, difference.After, difference.Difference));
        var grade = Assert.Single(difference.Facts);
        Assert.Equal(("grade", "1", "7"), (grade.Path, grade.Before.ToString(), grade.After.ToString()));
        Assert.NotEmpty(difference.Steps);
        Assert.All(difference.Steps, step => Assert.NotEqual(step.Before, step.After));
    }

    private AssessmentDifference? Difference() => AssessmentDifference.Of(Assert.Single(world.All<Claim>()));
}
