namespace ClaimsEngine.Claims;

/// <summary>Who has taken a copy of a document's file. A stream of its own, so that reading a claim does not change it.</summary>
/// <param name="Region">of the claim when the copy was taken</param>
public sealed record PaperTrail(DocumentId Document, ClaimId Claim, RegionCode Region) : AggregateState, IAggregate<PaperTrail>
{
    public static string StreamType => "paper";

    public override Guid StreamId => Document.Value;
    public override RegionCode? Scope => Region;

    /// <summary>One more download, recorded before the file is sent.</summary>
    /// <param name="trail">null for the first</param>
    public static Decision Downloaded(PaperTrail? trail, Claim claim, Document document, Actor by) => Decision.OnOrBegin(
        trail, document.Id.Value, new PaperDownloaded(document.Id, claim.Id, claim.Region, document.Sha256, by.Id));

    public static PaperTrail? Evolve(PaperTrail? state, object @event) => @event switch
    {
        PaperDownloaded e => new PaperTrail(e.Document, e.Claim, e.Region),
        _ => state,
    };
}
