namespace ClaimsEngine.Specs;

/// <summary>What is told to who comes with an older version of a resource.</summary>
public class ChangeSinceSpecs
{
    private static readonly Instant At = Instant.FromUtc(2025, 11, 20, 4, 0);

    [Fact]
    public void Of_a_claim_what_happened_since_is_told_in_words_and_without_the_reasons()
    {
        object[] events = [Submitted(), .. AllPapers(), Assessed(), TheRefusal];
        var changes = ChangeSince.Of(ARefusedClaim(), Stream<Claim>(events), 5, Officer);
        Assert.Equal([(6L, "claim_assessed"), (7L, "claim_refused")], changes.Select(change => (change.Version, change.Type)));
        Assert.Equal(("sample-user", "Refused by 第五条.", "依据第五条不予给付。"), (changes[1].By, changes[1].Text, changes[1].TextZh));
        Assert.DoesNotContain(TheRefusal.Reason, JsonSerializer.Serialize(changes, ClaimsJson.Options));
    }

    [Fact]
    public void Only_the_newest_are_told_and_nothing_follows_a_version_that_never_was()
    {
        object[] events = [Submitted(), .. Enumerable.Range(1, 30).Select(number => Received(number, "other", fillsGap: false))];
        var claim = StateOf<Claim>(events);
        Assert.Equal(Enumerable.Range(12, 20).Select(version => (long)version),
            ChangeSince.Of(claim, Stream<Claim>(events), 1, Officer).Select(change => change.Version));
        Assert.Empty(ChangeSince.Of(claim, Stream<Claim>(events), 999, Officer));
    }

    [Fact]
    public void A_persons_events_of_cases_of_another_office_are_told_there_alone()
    {
        object[] events = [DriverRegistered(), new PhoneChanged("000-0000-0002", Officer.Id), DriversAccountRegistered()];
        var stream = Stream<Person>(events).Select((recorded, place) => recorded with
        {
            Metadata = recorded.Metadata with
            {
                Headers = new Dictionary<string, string> { [EventMetadata.RegionHeader] = place == 1 ? "620102" : Liangzhou.Value },
            },
        }).ToArray();
        var person = StateOf<Person>(events);
        Assert.Equal([3L], ChangeSince.Of(person, stream, 1, Officer).Select(change => change.Version));
        Assert.Equal([2L, 3L], ChangeSince.Of(person, stream, 1, Approver).Select(change => change.Version));
        Assert.All(ChangeSince.Of(person, stream, 1, Approver), change => Assert.Null(change.Text));
        Assert.DoesNotContain("000-0000-0002", JsonSerializer.Serialize(ChangeSince.Of(person, stream, 1, Approver), ClaimsJson.Options));
    }

    [Fact]
    public void The_office_that_assists_sees_what_the_home_office_did()
    {
        object[] events = [Submitted() with { Assisting = RegionCode.Of("5301") }, Received(1, "eventStatement")];
        var stream = Stream<Claim>(events).Select(recorded => recorded with
        {
            Metadata = recorded.Metadata with
            {
                Headers = new Dictionary<string, string> { [EventMetadata.RegionHeader] = Liangzhou.Value },
            },
        });
        var assisting = new Actor("sample-officer-kunming", [Role.Officer], RegionCode.Of("5301"));
        Assert.Equal("document_received", Assert.Single(ChangeSince.Of(StateOf<Claim>(events), stream, 1, assisting)).Type);
    }

    private static IEnumerable<RecordedEvent> Stream<T>(object[] events) where T : AggregateState, IAggregate<T> =>
        events.Select((data, place) => World.Recorded(data, TheClaim.Value, T.StreamType, place + 1, At) with
        {
            Metadata = new EventMetadata("sample-user", null, null, new Dictionary<string, string>()),
        });
}
