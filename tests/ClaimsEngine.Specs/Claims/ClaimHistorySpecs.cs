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
