namespace ClaimsEngine.Specs;

public class ClaimHistorySpecs
{
    public static TheoryData<object> Events => [.. Samples.Events.Where(sample =>
        Engine.EventTypes.StreamTypeOf(sample.GetType()) == Claim.StreamType)];

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void Every_event_of_a_claim_has_words_in_both_languages(object @event)
    {
        var entry = ClaimHistory.Of(new RecordedEvent(
            Id(1), TheClaim.Value, Claim.StreamType, 3, EventTypes.NameFor(@event.GetType()), @event, BusinessTime.NoonOf(Today), 7,
            new EventMetadata("li", null, null, new Dictionary<string, string>())));
        Assert.Equal((3, BusinessTime.NoonOf(Today), EventTypes.NameFor(@event.GetType())), (entry.Version, entry.At, entry.Type));
        Assert.EndsWith(".", entry.Text, StringComparison.Ordinal);
        Assert.EndsWith("。", entry.TextZh, StringComparison.Ordinal);
        Assert.NotEmpty(entry.By);
    }

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void Who_pays_and_does_nothing_else_reads_of_no_event_no_paper_and_no_reason(object @event)
    {
        var entry = ClaimHistory.Of(World.Recorded(@event, TheClaim.Value, Claim.StreamType, 1, BusinessTime.NoonOf(Today)));
        Assert.Equal(entry, ClaimHistory.For(Officer, entry));
        Assert.Equal(entry, ClaimHistory.For(Cashier with { Roles = [Role.Finance, Role.Auditor] }, entry));
        var paid = ClaimHistory.For(Cashier, entry);
        Assert.Null(paid.Reason);
        // every text of the event that may tell what happened: codes of papers, incidents, clauses and what people wrote
        var names = new HashSet<string>(Words(JsonSerializer.SerializeToNode(@event, @event.GetType(), ClaimsJson.Options)!));
        Assert.DoesNotContain(names, told => paid.Text.Contains(told, StringComparison.Ordinal)
            || paid.TextZh.Contains(told, StringComparison.Ordinal));

        IEnumerable<string> Words(JsonNode? node, string name = "") => node switch
        {
            JsonObject members => members.SelectMany(member => Words(member.Value, member.Key)),
            JsonArray list => list.SelectMany(item => Words(item, name)),
            JsonValue value when Medical.Contains(name) && (name != "kind" || @event is not (SuspicionRaised or SuspicionCleared)) =>
                [value.ToString()],
            _ => [],
        };
    }

    private static readonly string[] Medical =
    [
        "kind", "kinds", "missing", "required", "requiredDocuments", "text", "clause", "illness", "severity", "circumstances",
    ];

    [Fact]
    public void A_correction_says_from_what_to_what()
    {
        var entry = ClaimHistory.Of(new RecordedEvent(Id(1), TheClaim.Value, Claim.StreamType, 2, "claim_reclassified",
            new ClaimReclassified(GradeOneDisability with { Grade = 7 }, GradeOneDisability, DisabilityPapers, [], "鉴定为一级", Officer.Id),
            BusinessTime.NoonOf(Today), 7, new EventMetadata("li", null, null, new Dictionary<string, string>())));
        Assert.Equal("The incident was corrected from disability grade 7 2025-10-20 to disability grade 1 2025-10-20.", entry.Text);
        Assert.Equal("鉴定为一级", entry.Reason);
    }
}
