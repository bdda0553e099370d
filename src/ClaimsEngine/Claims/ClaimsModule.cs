namespace ClaimsEngine.Claims;

public static class ClaimsModule
{
    private static readonly Role[] Readers = [Role.Officer, Role.Approver, Role.Finance, Role.Auditor];

    public static Module Create() => new Module("claims")
        .Stores(typeof(ClaimSubmitted), typeof(DocumentReceived), typeof(ClaimAssessed), typeof(ClaimApproved), typeof(ClaimRefused), typeof(ClaimWithdrawn))
        .Creates<SubmitClaim, Claim>("/api/claims", Role.Officer, SubmitClaimHandler.Run, "Submit a claim for a benefit")
        .On<AddDocument, Claim>("/api/claims/{claim}/documents", Role.Officer, c => c.Claim.Value, AddDocumentHandler.Run, "Add a document")
        .On<AssessClaim, Claim>("/api/claims/{claim}/assessment", Role.Officer, c => c.Claim.Value, AssessClaimHandler.Run, "Compute what is payable")
        .On<ApproveClaim, Claim>("/api/claims/{claim}/approval", Role.Approver, c => c.Claim.Value, ApproveClaimHandler.Run, "Approve, as a second person")
        .On<RefuseClaim, Claim>("/api/claims/{claim}/refusal", Role.Approver, c => c.Claim.Value, RefuseClaimHandler.Run, "Refuse, as a second person")
        .On<WithdrawClaim, Claim>("/api/claims/{claim}/withdrawal", Role.Officer, c => c.Claim.Value, WithdrawClaimHandler.Run, "Take the claim back")
        .Shows<Claim, ClaimView>("/api/claims/{claim}", Module.ById, claim => $"/api/claims/{claim.Id}", ClaimView.Of, "A claim", Readers)
        .Projects(ClaimBoard.Model)
        .Offers(new ListRoute("/api/claims", ClaimBoard.Model, nameof(ClaimRow.Region), "All claims", Readers,
            new ListFilter("status", nameof(ClaimRow.Status)),
            new ListFilter("region", nameof(ClaimRow.Region), ListMatch.RegionPrefix),
            new ListFilter("plan", nameof(ClaimRow.Plan)),
            new ListFilter("programme", nameof(ClaimRow.Programme)),
            new ListFilter("enrolment", nameof(ClaimRow.Enrolment)),
            new ListFilter("number", nameof(ClaimRow.Number)),
            new ListFilter("from", nameof(ClaimRow.SubmittedOn), ListMatch.From),
            new ListFilter("to", nameof(ClaimRow.SubmittedOn), ListMatch.To)));
}
