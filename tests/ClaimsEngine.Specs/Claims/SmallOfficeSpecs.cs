using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Where an organiser wants submitting and assessing to be two people's, and what a small office may do.</summary>
public class SmallOfficeSpecs
{
    private static readonly HandlingRules Apart = HandlingRules.For(Liangzhou, Today) with { SubmitAssess = new StepsApart() };
    private static readonly HandlingRules Small = Apart with { SubmitAssess = new StepsApart(Money.Yuan(120_000)) };

    [Fact]
    public void Where_the_steps_are_apart_who_submitted_does_not_assess() => Assess(Apart, Officer).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Another_person_assesses_without_any_exemption() => Assert.Null(Assess(Small, Assessor).The<ClaimAssessed>().FourEyesExempt);

    [Fact]
    public void Above_the_small_offices_amount_the_steps_are_apart() =>
        Assess(Apart with { SubmitAssess = new StepsApart(new Money(11_999_999)) }, Officer).IsRefused(Refuse.FourEyes);

    [Fact]
    public void An_exemption_is_a_fact_that_flags_the_claim_and_always_gets_a_second_look()
    {
        var assessed = Assess(Small, Officer);
        Assert.True(assessed.The<ClaimAssessed>().FourEyesExempt);
        var claim = AClaimWithAllPapers().After(assessed);
        Assert.Equal([ClaimFlags.FourEyesExempt], claim.Flags!);
        var approved = Approve(claim, Approver, Small with { Sampling = null });
        Assert.Equal([ClaimFlags.FourEyesExempt], approved.The<ClaimApproved>().Answers!);
        Assert.Equal((1000, ClaimFlags.FourEyesExempt),
            (approved.The<ClaimSampled>().PerMille, Assert.Single(approved.The<ClaimSampled>().Reasons)));
    }

    [Fact]
    public void The_flag_stays_after_another_assessment_and_a_correction_of_the_incident()
    {
        var claim = AClaimWithAllPapers().After(Assess(Small, Officer)).After(Assessed()).After(new ClaimReclassified(
            GradeOneDisability, GradeOneDisability with { Grade = 2 }, DisabilityPapers, [], "鉴定为二级", "sample-officer-3"));
        Assert.Equal([ClaimFlags.FourEyesExempt], claim.Flags!);
    }

    [Fact]
    public void The_list_of_claims_shows_the_flag_from_the_exemption_on()
    {
        var claim = AClaimWithAllPapers().After(Assess(Small, Officer));
        var corrected = ReclassifyClaimHandler.Handle(new ReclassifyClaim(TheClaim, GradeOneDisability with { Grade = 2 }, "鉴定为二级"), claim,
            new IncidentRules(AnEnrolledTruckDriver(), TheRules().Card, ATruckDriver(), null), Assessor, Today).The<ClaimReclassified>();
        bool Flagged(params object[] facts) => facts.Aggregate((ClaimRow?)null, (row, fact) => ClaimBoard.Evolve(
            row, World.Recorded(fact, TheClaim.Value, Claim.StreamType, 1, Instant.FromUtc(2025, 11, 20, 4, 0))))!.Flagged;
        Assert.False(Flagged(Submitted(), Assessed()));
        Assert.True(Flagged(Submitted(), claim.Assessment!));
        Assert.True(Flagged(Submitted(), claim.Assessment!, corrected));
        Assert.Equal([ClaimFlags.FourEyesExempt], corrected.Flags);
    }

    [Fact]
    public void No_exemption_lets_who_submitted_or_assessed_approve() =>
        Approve(AClaimWithAllPapers().After(Assess(Small, Officer)), Approver with { Id = Officer.Id }, Small).IsRefused(Refuse.FourEyes);

    [Fact]
    public void Who_corrected_the_incident_does_not_assess_where_the_steps_are_apart()
    {
        var corrected = AClaimWithAllPapers().After(new ClaimReclassified(
            GradeOneDisability with { Grade = 2 }, GradeOneDisability, DisabilityPapers, [], "鉴定为一级", Assessor.Id));
        AssessClaimHandler.Handle(
            new AssessClaim(TheClaim), new(corrected, AnEnrolledTruckDriver(), null, TheRules(), Apart), Assessor, Today)
            .IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void Over_any_sequence_of_steps_by_people_and_their_stand_ins_who_approves_had_no_hand_in_the_claim_before() =>
        Property.Holds(
            (from step in Gen.Choose(0, 6) from person in Gen.Choose(0, 4) from other in Gen.Choose(0, 8) from share in Gen.Choose(1, 100)
             select (Step: step, Person: person, For: other, Share: share)).ArrayOf(30), works =>
        {
            var world = World.WithAProgramme();
            var claim = Journey.ToAClaimWithAllPapers(world);
            foreach (var work in works)
            {
                var by = new Actor($"sample-person-{work.Person}", Enum.GetValues<Role>(), RegionCode.National,
                    OnBehalfOf: work.For < 5 && work.For != work.Person ? $"sample-person-{work.For}" : null);
                _ = work.Step switch
                {
                    0 or 1 => world.Do(by, new AssessClaim(claim)),
                    2 => world.Do(by, new ReviewClaim(claim, ReviewFinding.Agree, "样例")),
                    3 => world.Do(by, new ReclassifyClaim(claim, GradeOneDisability with { Grade = 1 + work.Share % 5 }, "样例")),
                    4 => world.Do(by, new ApproveClaim(claim, Money.Yuan(work.Share), "样例")),
                    5 => world.Do(by, new CompleteSecondLook(claim, SecondLookFinding.Confirmed, "样例")),
                    _ => world.Do(by, new DecideAppeal(claim, AppealOutcome.Reversed, "样例")),
                };
            }
            var hands = new HashSet<string>();
            foreach (var data in world.Stream(claim.Value).Select(recorded => recorded.Data))
            {
                string?[] names = data switch
                {
                    ClaimSubmitted e => [e.By],
                    ClaimAssessed e => [e.By],
                    ClaimReclassified e => [e.By],
                    ClaimReviewed e => [e.By, e.OnBehalfOf],
                    ClaimApproved e => [e.By, e.OnBehalfOf],
                    SecondLookCompleted e => [e.By, e.OnBehalfOf],
                    _ => [],
                };
                if (data is ClaimApproved or SecondLookCompleted)
                    Assert.DoesNotContain(names, name => name is not null && hands.Contains(name));
                hands.UnionWith(names.OfType<string>());
            }
        }, runs: 100);

    private static Decision Assess(HandlingRules rules, Actor by) => AssessClaimHandler.Handle(
        new AssessClaim(TheClaim), new(AClaimWithAllPapers(), AnEnrolledTruckDriver(), null, TheRules(), rules), by, Today);

    private static Decision Approve(Claim claim, Actor by, HandlingRules rules) => ApproveClaimHandler.Handle(
        new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"), new(claim, AnEnrolledTruckDriver(), null, TheRules(), rules),
        [ThePayout], by, Today);
}
