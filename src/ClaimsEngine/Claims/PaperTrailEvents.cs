namespace ClaimsEngine.Claims;

/// <summary>A copy of a document's file was sent to a person.</summary>
/// <param name="Sha256">hex digest of the file</param>
/// <param name="By">who got it</param>
public sealed record PaperDownloaded(DocumentId Document, ClaimId Claim, RegionCode Region, string Sha256, string By);
