namespace ClaimsEngine.Specs;

public class AddDocumentSpecs
{
    private static readonly DocumentId TheDocument = new(Id(200));

    [Fact]
    public void A_missing_paper_fills_its_gap_and_its_file_name_stays_with_the_claimant()
    {
        var decision = Add(ASubmittedClaim()).Decides(
            new DocumentReceived(TheDocument, "eventStatement", Digest(7), FillsGap: true, Officer.Id),
            new DocumentFiled(TheDocument, TheClaim, "事故情况说明.pdf", Officer.Id));
        Assert.Equal([TheClaim.Value, DriverId.Value], decision.Changes.Select(change => change.Stream));
    }

    [Fact]
    public void A_second_file_of_a_kind_fills_no_gap() => Assert.False(Add(AClaimWithAllPapers()).The<DocumentReceived>().FillsGap);

    [Fact]
    public void The_same_file_again_changes_nothing_whatever_the_case_of_its_digest() =>
        Add(ASubmittedClaim().After(Received(0xABC, "eventStatement")), digest: Digest(0xABC).ToUpperInvariant()).ChangesNothing();

    [Fact]
    public void The_same_file_again_changes_nothing_even_after_the_decision() =>
        Add(AnApprovedClaim(), digest: Digest(0)).ChangesNothing();

    [Fact]
    public void The_same_content_may_serve_as_another_kind() =>
        Assert.Equal("identityDocument",
            Add(ASubmittedClaim().After(Received(7, "eventStatement")), "identityDocument").The<DocumentReceived>().Kind);

    [Fact]
    public void A_kind_the_claim_does_not_ask_for_is_refused() =>
        Add(ASubmittedClaim(), "deathCertificate").IsRefused(Refuse.UnknownDocumentKind, "kind");

    [Fact]
    public void Other_papers_are_always_taken() => Assert.False(Add(ASubmittedClaim(), "other").The<DocumentReceived>().FillsGap);

    [Fact]
    public void An_assessed_claim_still_takes_papers() => Add(AnAssessedClaim(), "other").The<DocumentReceived>();

    [Fact]
    public void A_decided_or_withdrawn_claim_takes_no_new_paper()
    {
        Add(AnApprovedClaim()).IsRefused(Refuse.WrongState);
        Add(ARefusedClaim()).IsRefused(Refuse.WrongState);
        Add(AWithdrawnClaim()).IsRefused(Refuse.WrongState);
    }

    [Theory]
    [InlineData("", "a.pdf", "", "kind", "sha256")]
    [InlineData("other", "", null, "fileName")]
    [InlineData("other", "../a.pdf", null, "fileName")]
    [InlineData("other", "a\\b.pdf", null, "fileName")]
    [InlineData("other", "a\nb.pdf", null, "fileName")]
    [InlineData("other", "a\u202Efdp.exe", null, "fileName")]
    [InlineData("other", "a.pdf", "xyz", "sha256")]
    [InlineData("other", "a.pdf", null)]
    public void Kind_file_name_and_digest_have_a_shape(string kind, string fileName, string? digest, params string[] fields) =>
        Assert.Equal(fields, new AddDocument(TheClaim, kind, fileName, digest ?? Digest(1)).BrokenFields());

    private static Decision Add(Claim claim, string kind = "eventStatement", string? digest = null) =>
        AddDocumentHandler.Handle(new AddDocument(TheClaim, kind, "事故情况说明.pdf", digest ?? Digest(7)),
            claim, ATruckDriver(), TheDocument, Officer, Today);
}
