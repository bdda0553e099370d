namespace ClaimsEngine.Specs;

public class PublicEventsSpecs
{
    [Fact]
    public void Platforms_are_told_of_every_event_of_claims_and_payouts_but_what_is_the_offices_own()
    {
        var own = Engine.EventTypes.All
            .Where(type => Engine.EventTypes.StreamTypeOf(type) is var stream
                && (stream == Claim.StreamType || stream == Payout.StreamType))
            .Except(Samples.Events.Where(sample => PublicEvents.NameOf(sample) is not null).Select(sample => sample.GetType()));
        Assert.Equal(
            [
                nameof(ClaimReviewed), nameof(ClaimSampled), nameof(ClaimantInformed), nameof(DeadlinePassed), nameof(HoldPlaced),
                nameof(HoldReleased), nameof(OriginalChecked), nameof(PayoutAccountReviewed), nameof(PayoutBatched),
                nameof(PayoutCoAuthorised), nameof(PayoutReclaimed), nameof(PayoutReconciled), nameof(PayoutUnbatched),
                nameof(SecondLookCompleted), nameof(SuspicionCleared), nameof(SuspicionRaised),
            ],
            own.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(PublicEvents.Names, name => Assert.Matches("^(claim|payout)\\.[a-z]+(_[a-z]+)*$", name));
    }

    [Fact]
    public void Nothing_else_has_a_public_name() => Assert.All(
        Samples.Events.Where(sample => PublicEvents.NameOf(sample) is not null),
        sample => Assert.Contains(Engine.EventTypes.StreamTypeOf(sample.GetType()), new[] { Claim.StreamType, Payout.StreamType }));

    [Fact]
    public void An_approved_claim_is_told_by_number_state_and_amount()
    {
        var claim = AnApprovedClaim();
        var told = PublicEvents.FactsOf(claim);
        Assert.Equal((claim.Id, claim.Number, "approved", claim.Outcome!.Amount, 0),
            (told.Claim, told.Number, told.Status, told.Amount, told.MissingDocuments));
        Assert.Equal(claim.Outcome.Ordered, told.Payouts);
    }

    [Fact]
    public void A_returned_payout_is_told_by_state_and_amount()
    {
        var payout = AReturnedPayout();
        var told = PublicEvents.FactsOf(payout);
        Assert.Equal((payout.Claim, payout.Id, "returned", payout.Amount), (told.Claim, told.Payout, told.Status, told.Amount));
    }

    [Fact]
    public void No_facts_hold_an_incident_a_person_an_account_a_reason_or_a_plan()
    {
        foreach (var state in (AggregateState[])[ASubmittedClaim(), ARefusedClaim(), AnApprovedClaim(), AReturnedPayout()])
        {
            var json = JsonSerializer.Serialize(PublicEvents.FactsOf(state), ClaimsJson.Options);
            foreach (var secret in (string[])["disability", "incident", "grade", $"{DriverId}", $"{DriversAccount}", PlanCode, "户名不符",
                "不属于", "第五条"])
                Assert.DoesNotContain(secret, json);
        }
    }
}
