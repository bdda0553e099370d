namespace ClaimsEngine.Claims;

public static class ClaimsModule
{
    public static Module Create() => new Module("claims")
        .Stores<Claim>(
            typeof(ClaimSubmitted), typeof(DocumentReceived), typeof(ClaimAssessed), typeof(ClaimApproved),
            typeof(ClaimRefused), typeof(ClaimWithdrawn), typeof(SupplementRequested), typeof(DeadlinePassed), typeof(ClaimExpired),
            typeof(ClaimAppealed), typeof(RefusalUpheld), typeof(RefusalReversed), typeof(ClaimReclassified), typeof(ClaimantInformed))
        .Creates<SubmitClaim, Claim>("/api/claims", Role.Officer, "Submit a claim for a benefit")
        .On<AddDocument, Claim>("/api/claims/{claim}/documents", Role.Officer, c => c.Claim.Value, "Add a document")
        .On<RequestSupplement, Claim>("/api/claims/{claim}/supplement-requests", Role.Officer, c => c.Claim.Value,
            "Ask the claimant for all papers that are missing")
        .On<ReclassifyClaim, Claim>("/api/claims/{claim}/reclassification", Role.Officer, c => c.Claim.Value,
            "Correct what the incident is; the claim is then assessed anew")
        .On<PassDeadline, Claim>("/api/claims/{claim}/deadline", Role.Officer, c => c.Claim.Value, "Note that a deadline has passed")
        .On<AssessClaim, Claim>("/api/claims/{claim}/assessment", Role.Officer, c => c.Claim.Value, "Compute what is payable")
        .On<ApproveClaim, Claim>("/api/claims/{claim}/approval", Role.Approver, c => c.Claim.Value, "Approve, as a second person")
        .On<RefuseClaim, Claim>("/api/claims/{claim}/refusal", Role.Approver, c => c.Claim.Value, "Refuse, as a second person")
        .On<AppealRefusal, Claim>("/api/claims/{claim}/appeal", Role.Officer, c => c.Claim.Value, "Appeal against the refusal")
        .On<DecideAppeal, Claim>("/api/claims/{claim}/appeal/decision", Role.Approver, c => c.Claim.Value,
            "Uphold or reverse the refusal, as another person of a higher union level")
        .On<WithdrawClaim, Claim>("/api/claims/{claim}/withdrawal", Role.Officer, c => c.Claim.Value, "Take the claim back")
        .On<TellClaimant, Claim>("/api/claims/{claim}/notices/{notice}/told", Role.Officer, c => c.Claim.Value,
            "Note that a person of the office told the claimant")
        .Shows<Claim, ClaimView>("/api/claims/{claim}", Module.ById, claim => $"/api/claims/{claim.Id}", ClaimView.Of, "A claim",
            Module.Readers)
        .Projects(ClaimBoard.Model)
        .Projects(AssessmentBoard.Model)
        .Offers(new ListRoute("/api/claims", ClaimBoard.Model, nameof(ClaimRow.Region), "All claims", Module.Readers,
            new ListFilter("status", nameof(ClaimRow.Status)),
            new ListFilter("region", nameof(ClaimRow.Region), ListMatch.RegionPrefix),
            new ListFilter("plan", nameof(ClaimRow.Plan)),
            new ListFilter("programme", nameof(ClaimRow.Programme)),
            new ListFilter("enrolment", nameof(ClaimRow.Enrolment)),
            new ListFilter("number", nameof(ClaimRow.Number)),
            new ListFilter("step", nameof(ClaimRow.Step)),
            new ListFilter("open", nameof(ClaimRow.Open)),
            new ListFilter("submittedBy", nameof(ClaimRow.SubmittedBy)),
            new ListFilter("overdue", nameof(ClaimRow.DueOn), ListMatch.Before),
            new ListFilter("from", nameof(ClaimRow.SubmittedOn), ListMatch.From),
            new ListFilter("to", nameof(ClaimRow.SubmittedOn), ListMatch.To)));
}
