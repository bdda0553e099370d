namespace ClaimsEngine.Specs;

public class RequestSupplementSpecs
{
    private static readonly Deadline Answer = Deadline.For(ClaimStep.Supplement, Liangzhou, Today);

    [Fact]
    public void One_request_names_all_that_is_missing_and_gives_time_to_answer()
    {
        Ask(ATimedClaim().After(Received(0, "eventStatement"))).Decides(new SupplementRequested(
            ["identityDocument", "disabilityCertificate", "accountProof"], [], "请补正", Answer, null, null, Officer.Id));
        Assert.Equal(Day("2025-12-20"), Answer.DueOn);
    }

    [Fact]
    public void Asking_again_for_the_same_changes_nothing_and_for_something_else_is_refused()
    {
        var asked = ATimedClaim().After(Ask(ATimedClaim()));
        Ask(asked).ChangesNothing();
        Ask(asked, text: "请尽快").IsRefused(Refuse.SupplementOpen);
        Ask(asked, ["deathCertificate"]).IsRefused(Refuse.SupplementOpen);
    }

    [Fact]
    public void Where_nothing_is_missing_the_kinds_are_named()
    {
        Ask(Complete()).IsRefused(Refuse.NothingMissing, "kinds");
        Ask(Complete(), ["noSuchPaper"]).IsRefused(Refuse.UnknownDocumentKind, "kinds.0");
        var asked = Ask(Complete(), ["disabilityCertificate"]).The<SupplementRequested>();
        Assert.Equal(["disabilityCertificate"], asked.Added);
    }

    [Fact]
    public void A_paper_that_is_asked_for_once_more_is_missing_until_it_comes_again()
    {
        var asked = Complete().After(Ask(Complete(), ["disabilityCertificate"]));
        Assert.Equal(["disabilityCertificate"], asked.MissingDocuments);
        AssessClaimHandler.Handle(new AssessClaim(TheClaim), new(asked, AnEnrolledTruckDriver(), null, TheRules()), Assessor, Today)
            .IsRefused(Refuse.DocumentsMissing);
        Assert.Empty(asked.After(Received(20, "disabilityCertificate")).MissingDocuments);
    }

    [Fact]
    public void An_assessed_claim_is_not_approved_while_a_paper_is_awaited()
    {
        var asked = AnAssessedClaim().After(Ask(AnAssessedClaim(), ["disabilityCertificate"]));
        ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"),
            new(asked, AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], Approver, Today).IsRefused(Refuse.DocumentsMissing);
    }

    [Fact]
    public void The_clock_stands_still_until_the_papers_are_there_and_goes_on_with_what_was_left()
    {
        var claim = Complete();   // to be assessed by 1 December: seven working days after 20 November
        Assert.Equal(Day("2025-12-01"), claim.Deadline!.DueOn);
        var asked = Ask(claim, ["disabilityCertificate"], on: Day("2025-11-25"));
        Assert.Equal((ClaimStep.Assessment, 4), (asked.The<SupplementRequested>().Stopped, asked.The<SupplementRequested>().Left));
        var waiting = claim.After(asked);

        var answered = waiting.After(AddDocumentHandler.Handle(new AddDocument(TheClaim, "disabilityCertificate", "样例.pdf", Digest(21)),
            waiting, ATruckDriver(), new DocumentId(Id(221)), Officer, Day("2025-12-15")));
        Assert.Equal(new Deadline(ClaimStep.Assessment, Day("2025-12-19"), "default/1", "cn-2025/1"), answered.Deadline);
    }

    [Fact]
    public void Without_an_answer_in_time_the_claim_is_closed_with_its_reason_and_the_incident_is_free_again()
    {
        var asked = ATimedClaim().After(Ask(ATimedClaim()));
        Pass(asked, Answer.DueOn).IsRefused(Refuse.DeadlineNotPassed);
        var closed = Pass(asked, Answer.DueOn.PlusDays(1)).Decides(new ClaimExpired(
            DisabilityPapers, Answer.DueOn, "papers that were asked for did not come by 2025-12-20", Officer.Id));
        closed.Guards(Claim.IncidentKeys(TheEnrolment, GradeOneDisability).Single(), TheClaim.Value, take: false);
        var expired = asked.After(closed);
        Assert.Equal((ClaimStatus.Expired, null), (expired.Status, expired.Deadline));
        Pass(expired, Day("2026-01-10")).ChangesNothing();
        Ask(expired).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_decided_claim_asks_for_nothing()
    {
        Ask(AnApprovedClaim()).IsRefused(Refuse.WrongState);
        Ask(ARefusedClaim()).IsRefused(Refuse.WrongState);
        Ask(AWithdrawnClaim()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Text_and_kinds_have_bounds()
    {
        Assert.Equal(["text"], new RequestSupplement(TheClaim, Text: new string('补', 501)).BrokenFields());
        Assert.Equal(["kinds"], new RequestSupplement(TheClaim, []).BrokenFields());
        Assert.Equal(["kinds"], new RequestSupplement(TheClaim, [.. Enumerable.Repeat("other", 21)]).BrokenFields());
    }

    private static Claim Complete() => ATimedClaim().After(AllPapers()).After(Received(9, "other") with
    {
        Deadline = Deadline.For(ClaimStep.Assessment, Liangzhou, Today),
    });

    private static Decision Ask(Claim claim, IReadOnlyList<string>? kinds = null, string text = "请补正", LocalDate? on = null) =>
        RequestSupplementHandler.Handle(new RequestSupplement(TheClaim, kinds, text), claim, TheRules(), Officer, on ?? Today);

    private static Decision Pass(Claim claim, LocalDate today) =>
        PassDeadlineHandler.Handle(new PassDeadline(TheClaim), claim, AnEnrolledTruckDriver(), Officer, today);
}
