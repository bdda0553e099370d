namespace ClaimsEngine.Specs;

public class PaperSpecs
{
    private static readonly DocumentId First = new(Id(200)), Second = new(Id(201));

    [Fact]
    public void Several_files_come_in_together_and_each_fills_its_gap()
    {
        var decision = Add(ASubmittedClaim(), APaper("eventStatement", 7), APaper("identityDocument", 8)).Decides(
            new DocumentReceived(First, "eventStatement", Digest(7), FillsGap: true, Officer.Id, Content: AContent(7)),
            new DocumentReceived(Second, "identityDocument", Digest(8), FillsGap: true, Officer.Id, Content: AContent(8)),
            new DocumentFiled(First, TheClaim, "eventStatement.jpg", Officer.Id),
            new DocumentFiled(Second, TheClaim, "identityDocument.jpg", Officer.Id));
        Assert.Equal([TheClaim.Value, DriverId.Value], decision.Changes.Select(change => change.Stream));
    }

    [Fact]
    public void One_file_of_a_kind_that_is_not_asked_for_refuses_them_all() =>
        Add(ASubmittedClaim(), APaper("eventStatement", 7), APaper("deathCertificate", 8))
            .IsRefused(Refuse.UnknownDocumentKind, "papers.1.kind");

    [Fact]
    public void The_file_that_completes_the_papers_begins_the_assessment_whichever_came_first()
    {
        var claim = StateOf<Claim>(Submitted() with { Deadline = Deadline.For(ClaimStep.Check, Liangzhou, Today) });
        var events = Add(claim, [.. DisabilityPapers.Select((kind, number) => APaper(kind, number))]).Events
            .OfType<DocumentReceived>().ToArray();
        Assert.Equal(DisabilityPapers.Count, events.Length);
        Assert.All(events[..^1], received => Assert.Null(received.Deadline));
        Assert.Equal(ClaimStep.Assessment, events[^1].Deadline!.Step);
        Assert.Equal(ClaimStep.Assessment, claim.After(events).Deadline!.Step);
    }

    [Fact]
    public void The_same_file_again_changes_nothing_as_it_was_sent_or_as_it_is_kept_even_after_the_decision()
    {
        var claim = ASubmittedClaim().After(Add(ASubmittedClaim(), APaper("other", 7)));
        Add(claim, APaper("other", 7)).ChangesNothing();
        Add(claim, APaper("other", 9) with { Content = AContent(9) with { SentSha256 = Digest(7) } }).ChangesNothing();
        Add(claim.After(new ClaimWithdrawn("r", Officer.Id)), APaper("other", 7)).ChangesNothing();
        Add(claim, APaper("other", 8), APaper("other", 8)).The<DocumentReceived>();   // twice in one request is once
    }

    [Fact]
    public void A_file_whose_digest_alone_was_told_before_is_new() =>
        Assert.NotNull(Add(ASubmittedClaim().After(Received(7, "eventStatement")), APaper("eventStatement", 7))
            .The<DocumentReceived>().Content);

    [Fact]
    public void A_decided_claim_takes_no_new_file() => Add(AnApprovedClaim(), APaper("other", 77)).IsRefused(Refuse.WrongState);

    [Theory]
    [InlineData("", "a.pdf", "papers.0.kind")]
    [InlineData("other", "../a.pdf", "papers.0.fileName")]
    [InlineData("other", "a\u202Efdp.exe", "papers.0.fileName")]
    public void Kind_and_file_name_have_a_shape(string kind, string fileName, string field) => Assert.Equal([field],
        new AddPapers(TheClaim, [new Paper(kind, fileName, Digest(1), AContent(1))]).BrokenFields());

    [Fact]
    public void A_request_brings_one_to_ten_files()
    {
        Assert.Equal(["papers"], new AddPapers(TheClaim, []).BrokenFields());
        Assert.Empty(new AddPapers(TheClaim, [.. Enumerable.Repeat(APaper("other", 1), 10)]).BrokenFields());
        Assert.Equal(["papers"], new AddPapers(TheClaim, [.. Enumerable.Repeat(APaper("other", 1), 11)]).BrokenFields());
    }

    [Fact]
    public void Every_download_is_a_fact_of_the_document_and_not_of_the_claim()
    {
        var claim = ASubmittedClaim().After(Add(ASubmittedClaim(), APaper("other", 7)));
        var first = PaperTrail.Downloaded(null, claim, claim.Documents[0], Approver);
        first.Decides(new PaperDownloaded(First, TheClaim, Liangzhou, Digest(7), Approver.Id));
        var trail = StateOf<PaperTrail>(first.Events);
        Assert.Equal((First.Value, Liangzhou), (trail.StreamId, trail.Scope));
        Assert.Equal(Officer.Id, PaperTrail.Downloaded(trail, claim, claim.Documents[0], Officer).The<PaperDownloaded>().By);
    }

    private static PaperContent AContent(int number) => new(PaperContent.Jpeg, 1_000, Digest(number));

    private static Paper APaper(string kind, int number) => new(kind, $"{kind}.jpg", Digest(number), AContent(number));

    private static Decision Add(Claim claim, params IReadOnlyList<Paper> papers) => AddPapersHandler.Handle(
        new AddPapers(TheClaim, papers), claim, ATruckDriver(), [.. papers.Select((_, place) => new DocumentId(Id(200 + place)))],
        Officer, Today);
}
