namespace ClaimsEngine.Claims;

public static class ClaimsModule
{
    public static Module Create() => new Module("claims")
        .Stores<Claim>(
            typeof(ClaimSubmitted), typeof(DocumentReceived), typeof(ClaimAssessed), typeof(ClaimApproved),
            typeof(ClaimRefused), typeof(ClaimWithdrawn), typeof(SupplementRequested), typeof(DeadlinePassed), typeof(ClaimExpired),
            typeof(ClaimAppealed), typeof(RefusalUpheld), typeof(RefusalReversed), typeof(ClaimReclassified), typeof(AppealWithdrawn),
            typeof(ClaimReopened),
            typeof(ClaimReviewed), typeof(ClaimSampled), typeof(SecondLookCompleted), typeof(SuspicionRaised), typeof(SuspicionCleared),
            typeof(OriginalChecked), typeof(ClaimantInformed), typeof(ApprovalRevoked))
        .Stores<PaperTrail>(typeof(PaperDownloaded))
        .Stores<Occurrence>(typeof(OccurrenceReported))
        .Creates<SubmitClaim, Claim>("/api/claims", Role.Officer, "Submit a claim for a benefit")
        .Creates<SubmitAssistedClaim, Claim>("/api/assisted-claims", Role.Officer,
            "Take a claim in for the office of another place, which decides it")
        .Creates<ReportOccurrence, Occurrence>("/api/occurrences", Role.Officer, "Submit claims for several benefits of one event")
        .On<AddDocument, Claim>("/api/claims/{claim}/documents", Role.Officer, c => c.Claim.Value,
            "Add a document: its digest as JSON, or files as multipart/form-data, each part named by the kind of its document")
        .Inside<AddPapers, Claim>("/api/claims/{claim}/documents", Role.Officer, c => c.Claim.Value, "Add files as documents")
        .On<AnswerSupplement, Claim>("/api/claims/{claim}/supplements", Role.Officer, c => c.Claim.Value,
            "Answer a request for papers with several documents at once, all or none: digests as JSON, or files as multipart/form-data")
        .On<CheckOriginal, Claim>("/api/claims/{claim}/documents/{document}/original", Role.Officer, c => c.Claim.Value,
            "Tick off that the original of a document was seen on paper")
        .On<RequestSupplement, Claim>("/api/claims/{claim}/supplement-requests", Role.Officer, c => c.Claim.Value,
            "Ask the claimant for all papers that are missing")
        .On<ReclassifyClaim, Claim>("/api/claims/{claim}/reclassification", Role.Officer, c => c.Claim.Value,
            "Correct what the incident is; the claim is then assessed anew")
        .On<PassDeadline, Claim>("/api/claims/{claim}/deadline", Role.Officer, c => c.Claim.Value, "Note that a deadline has passed")
        .On<AssessClaim, Claim>("/api/claims/{claim}/assessment", Role.Officer, c => c.Claim.Value, "Compute what is payable")
        .On<ReviewClaim, Claim>("/api/claims/{claim}/review", Role.Approver, c => c.Claim.Value,
            "Review the assessment before the decision, as another person")
        .On<ApproveClaim, Claim>("/api/claims/{claim}/approval", Role.Approver, c => c.Claim.Value, "Approve, as a second person")
        .On<RefuseClaim, Claim>("/api/claims/{claim}/refusal", Role.Approver, c => c.Claim.Value, "Refuse, as a second person")
        .On<RevokeApproval, Claim>("/api/claims/{claim}/revocation", Role.Approver, c => c.Claim.Value,
            "Take back an approval of which nothing was paid, as a second person; the claim is refused")
        .On<AppealRefusal, Claim>("/api/claims/{claim}/appeal", Role.Officer, c => c.Claim.Value, "Appeal against the refusal")
        .On<DecideAppeal, Claim>("/api/claims/{claim}/appeal/decision", Role.Approver, c => c.Claim.Value,
            "Uphold or reverse the refusal, as another person of a higher union level")
        .On<CompleteSecondLook, Claim>("/api/claims/{claim}/second-look", Role.Approver, c => c.Claim.Value,
            "Look once more at a decided claim that was drawn, as another person than all before")
        .On<RaiseSuspicion, Claim>("/api/claims/{claim}/suspicion", Role.Officer, c => c.Claim.Value,
            "Suspect a claim: it is not approved, and what may still be paid is held", Role.Approver)
        .On<ClearSuspicion, Claim>("/api/claims/{claim}/suspicion/clearance", Role.Approver, c => c.Claim.Value,
            "Clear a suspicion, as another person than who raised it")
        .On<WithdrawAppeal, Claim>("/api/claims/{claim}/appeal/withdrawal", Role.Officer, c => c.Claim.Value,
            "Take the appeal back; the refusal stands")
        .On<ReopenClaim, Claim>("/api/claims/{claim}/reopening", Role.Approver, c => c.Claim.Value,
            "Open a claim again that expired, was withdrawn or was refused")
        .On<WithdrawClaim, Claim>("/api/claims/{claim}/withdrawal", Role.Officer, c => c.Claim.Value, "Take the claim back")
        .On<TellClaimant, Claim>("/api/claims/{claim}/notices/{notice}/told", Role.Officer, c => c.Claim.Value,
            "Note that a person of the office told the claimant")
        .Shows<Claim, ClaimView>("/api/claims/{claim}", Module.ById, claim => $"/api/claims/{claim.Id}", ClaimView.Of, "A claim",
            Module.Readers)
        .Shows<Occurrence, OccurrenceView>("/api/occurrences/{occurrence}", Module.ById, one => $"/api/occurrences/{one.Id}",
            OccurrenceView.Of, "An event with the claims that were reported together", Module.CaseReaders)
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
            new ListFilter("decisionLevel", nameof(ClaimRow.DecisionLevel)),
            new ListFilter("secondLook", nameof(ClaimRow.SecondLook)),
            new ListFilter("open", nameof(ClaimRow.Open)),
            new ListFilter("suspected", nameof(ClaimRow.Suspected)),
            new ListFilter("submittedBy", nameof(ClaimRow.SubmittedBy)),
            new ListFilter("member", nameof(ClaimRow.Member)),
            new ListFilter("flagged", nameof(ClaimRow.Flagged)),
            new ListFilter("assisting", nameof(ClaimRow.Assisting), ListMatch.RegionPrefix),
            new ListFilter("overdue", nameof(ClaimRow.DueOn), ListMatch.Before),
            new ListFilter("from", nameof(ClaimRow.SubmittedOn), ListMatch.From),
            new ListFilter("to", nameof(ClaimRow.SubmittedOn), ListMatch.To))
        {
            Person = new ListedPerson(nameof(ClaimRow.Member), "memberName", Module.CaseReaders),
            Medical = [nameof(ClaimRow.IncidentKind), nameof(ClaimRow.IncidentDate)],
        })
        .Offers(new ListRoute("/api/assisted-claims", ClaimBoard.Model, nameof(ClaimRow.Assisting),
            "Claims that the own office took in for offices of other places", [Role.Officer, Role.Approver, Role.Auditor],
            new ListFilter("status", nameof(ClaimRow.Status)),
            new ListFilter("region", nameof(ClaimRow.Region), ListMatch.RegionPrefix),
            new ListFilter("open", nameof(ClaimRow.Open)),
            new ListFilter("number", nameof(ClaimRow.Number)),
            new ListFilter("submittedBy", nameof(ClaimRow.SubmittedBy)))
        {
            Person = new ListedPerson(nameof(ClaimRow.Member), "memberName", Module.CaseReaders),
            Medical = [nameof(ClaimRow.IncidentKind), nameof(ClaimRow.IncidentDate)],
        });
}
