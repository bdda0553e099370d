using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

public class AnswerSupplementSpecs
{
    private static readonly DocumentId First = new(Id(200)), Second = new(Id(201));

    [Fact]
    public void Several_documents_answer_a_request_for_papers_with_one_decision() =>
        Answer(Asked(), "eventStatement", "identityDocument").Decides(
            new DocumentReceived(First, "eventStatement", Digest(0), FillsGap: true, Officer.Id),
            new DocumentReceived(Second, "identityDocument", Digest(1), FillsGap: true, Officer.Id),
            new DocumentFiled(First, TheClaim, "eventStatement.pdf", Officer.Id),
            new DocumentFiled(Second, TheClaim, "identityDocument.pdf", Officer.Id));

    [Fact]
    public void The_last_of_all_papers_begins_the_assessment_and_no_other_does()
    {
        var received = Answer(Asked(), [.. DisabilityPapers]).Events.OfType<DocumentReceived>().ToArray();
        Assert.Equal([.. Enumerable.Repeat<ClaimStep?>(null, DisabilityPapers.Count - 1), ClaimStep.Assessment],
            received.Select(one => one.Deadline?.Step));
        Assert.Equal(ClaimStep.Assessment, Asked().After(received).Deadline!.Step);
    }

    [Fact]
    public void It_decides_what_the_same_documents_one_by_one_decide() => Property.Holds(
        from count in Gen.Choose(1, 8)
        from kinds in Gen.Elements([.. DisabilityPapers, "other"]).ArrayOf(count)
        select kinds, kinds =>
    {
        var (claim, alone) = (Asked(), new List<object>());
        foreach (var (place, kind) in kinds.Index())
        {
            var decision = AddDocumentHandler.Handle(new AddDocument(TheClaim, kind, $"{kind}.pdf", Digest(place)),
                claim, ATruckDriver(), new DocumentId(Id(200 + place)), Officer, Today);
            alone.AddRange(decision.Events.OfType<DocumentReceived>());
            claim = claim.After(decision.Events.OfType<DocumentReceived>());
        }
        Assert.Equal(alone, Answer(Asked(), kinds).Events.OfType<DocumentReceived>());
    });

    [Fact]
    public void A_claim_that_nobody_asked_for_papers_takes_them_in_the_same_way() =>
        Assert.Equal(2, Answer(ATimedClaim(), "eventStatement", "other").Events.OfType<DocumentReceived>().Count());

    [Fact]
    public void One_kind_that_is_not_asked_for_refuses_them_all() =>
        Answer(Asked(), "eventStatement", "deathCertificate").IsRefused(Refuse.UnknownDocumentKind, "documents.1.kind");

    [Fact]
    public void What_was_sent_before_changes_nothing_and_a_decided_claim_takes_nothing_new()
    {
        var answered = Asked().After(Answer(Asked(), "eventStatement"));
        Answer(answered, "eventStatement").ChangesNothing();
        Answer(AWithdrawnClaim(), "other").IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Kind_name_and_digest_have_a_shape_and_one_to_twenty_documents_come_at_once()
    {
        Assert.Equal(["documents"], new AnswerSupplement(TheClaim, []).BrokenFields());
        var most = Enumerable.Repeat(new SentDocument("other", "a.pdf", Digest(1)), AnswerSupplement.Most);
        Assert.Empty(new AnswerSupplement(TheClaim, [.. most]).BrokenFields());
        Assert.Equal(["documents"], new AnswerSupplement(TheClaim, [.. most, .. most]).BrokenFields());
        Assert.Equal(["documents.0.fileName", "documents.0.kind", "documents.0.sha256"],
            new AnswerSupplement(TheClaim, [new SentDocument("", "../a", "12")]).BrokenFields().Order());
    }

    private static Claim Asked() => ATimedClaim().After(
        RequestSupplementHandler.Handle(new RequestSupplement(TheClaim), ATimedClaim(), TheRules(), Officer, Today));

    private static Decision Answer(Claim claim, params string[] kinds) => AnswerSupplementHandler.Handle(
        new AnswerSupplement(TheClaim, [.. kinds.Select((kind, place) => new SentDocument(kind, $"{kind}.pdf", Digest(place)))]),
        claim, ATruckDriver(), [.. kinds.Select((_, place) => new DocumentId(Id(200 + place)))], Officer, Today);
}
