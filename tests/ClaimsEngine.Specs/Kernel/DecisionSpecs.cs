namespace ClaimsEngine.Specs;

/// <summary>A decision names the version of every stream that it rests on.</summary>
public class DecisionSpecs
{
    [Fact]
    public void A_state_carries_the_number_of_events_that_made_it()
    {
        Assert.Equal(1, ASubmittedClaim().StreamVersion);
        Assert.Equal(1 + DisabilityPapers.Count, AClaimWithAllPapers().StreamVersion);
        Assert.Equal(2, ASubmittedClaim().After("an event of later").StreamVersion);
        Assert.Equal(2, (ASubmittedClaim().After(Received(0, "other")) with { Number = "C1" }).StreamVersion);
        Assert.Null(Fold.Of<Claim>([]));
        Assert.Null(Fold.Of<Claim>([DriverRegistered()]));
    }

    [Fact]
    public void An_append_expects_the_version_that_was_read()
    {
        var claim = AClaimWithAllPapers();
        var change = Assert.Single(Decision.On(claim, new ClaimWithdrawn("申领人撤回", Officer.Id)).Changes);
        Assert.Equal((claim.StreamId, claim.StreamVersion), (change.Stream, change.Read!.StreamVersion));
        Assert.Equal(claim.StreamVersion + 1, change.After(null).StreamVersion);
        Assert.Equal(claim.StreamVersion + 2, change.After(change.After(null)).StreamVersion);
    }

    [Fact]
    public void A_state_that_nobody_read_is_neither_appended_to_nor_rested_on()
    {
        var unread = Plan.Evolve(null, VersionPublished())!;
        Assert.Throws<ArgumentException>(() => Decision.On(unread, VersionProposed(2)));
        Assert.Throws<ArgumentException>(() => Decision.OnOrBegin(unread, unread.StreamId, VersionProposed(2)));
        Assert.Throws<ArgumentException>(() => Decision.Begin<Person>(DriverId.Value, DriverRegistered()).RestingOn(unread));
    }

    [Fact]
    public void A_stream_that_was_not_there_begins()
    {
        var began = Assert.Single(Decision.OnOrBegin<Person>(null, DriverId.Value, DriverRegistered()).Changes);
        Assert.Null(began.Read);
        Assert.Equal(1, began.After(null).StreamVersion);
        Assert.Equal(1,
            Assert.Single(Decision.OnOrBegin(ATruckDriver(), DriverId.Value, DriversAccountRegistered()).Changes).Read!.StreamVersion);
    }

    [Fact]
    public void What_a_decision_rests_on_without_changing_it_is_named_as_well()
    {
        var rests = Decision.Begin<Person>(DriverId.Value, DriverRegistered()).RestingOn(APlan()).Changes[1];
        Assert.Equal((APlan().StreamId, 1), (rests.Stream, rests.Read!.StreamVersion));
        Assert.Empty(rests.Events);
    }
}
