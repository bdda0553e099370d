namespace ClaimsEngine.Specs;

/// <summary>Anhui 2026: from 3,000 yuan paper originals are needed. Here from 100,000, of two kinds.</summary>
public class OriginalsSpecs
{
    private static readonly OriginalsRule Rule = new(Money.Yuan(100_000), ["identityDocument", "disabilityCertificate"]);

    [Fact]
    public void An_officer_ticks_off_the_original_of_a_document_once()
    {
        Check(AClaimWithAllPapers(), 1).Decides(new OriginalChecked(PaperOf(1), "identityDocument", Officer.Id));
        var claim = AClaimWithAllPapers().After(Check(AClaimWithAllPapers(), 1));
        Assert.Equal((null, Officer.Id), (claim.Documents[0].OriginalSeenBy, claim.Documents[1].OriginalSeenBy));
        Check(claim, 1).ChangesNothing();
    }

    [Fact]
    public void A_document_that_is_not_there_and_a_claim_that_is_decided_are_refused()
    {
        Check(ASubmittedClaim(), 1).IsRefused(Refuse.NoSuch);
        Check(AnApprovedClaim(), 1).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void From_the_plans_amount_on_nothing_is_approved_before_all_originals_were_seen()
    {
        Approve(AnAssessedClaim()).IsRefused(Refuse.OriginalsMissing);
        Approve(Seen(1)).IsRefused(Refuse.OriginalsMissing);
        Approve(Seen(1, 2)).The<ClaimApproved>();
        Approve(AnAssessedClaim(), Money.Yuan(100_000)).IsRefused(Refuse.OriginalsMissing);
        Approve(AnAssessedClaim(), new Money(9_999_999)).The<ClaimApproved>();
    }

    [Fact]
    public void The_refusal_names_what_is_missing() => Assert.Equal(
        "from 100000.00 yuan the originals must have been seen: disabilityCertificate", Approve(Seen(1)).Refusal!.Detail);

    [Fact]
    public void Straight_through_needs_them_as_well() => Approve(AnAssessedClaim(), by: Approver with { Id = StraightThrough.Approver })
        .IsRefused(Refuse.OriginalsMissing);

    [Fact]
    public void Without_named_kinds_every_paper_that_the_claim_asks_for_is_meant()
    {
        var rule = Rule with { Kinds = null };
        Assert.Equal(DisabilityPapers, AnAssessedClaim().MissingOriginals(rule, rule.From));
        Assert.Empty(Seen(0, 1, 2, 3).MissingOriginals(rule, rule.From));
        Assert.Empty(AnAssessedClaim().MissingOriginals(null, Money.Yuan(1_000_000)));
    }

    [Fact]
    public void Who_checked_an_original_does_not_decide() => Approve(Seen(1, 2).After(
        new OriginalChecked(PaperOf(3), "accountProof", Approver.Id))).IsRefused(Refuse.FourEyes);

    [Fact]
    public void A_card_names_an_amount_and_kinds_that_claims_ask_for()
    {
        Assert.Empty(FaultsOf(Rule));
        Assert.Empty(FaultsOf(Rule with { Kinds = null }));
        Assert.Equal(["originals.from"], FaultsOf(Rule with { From = Money.Zero }));
        Assert.Equal(["originals.kinds"], FaultsOf(Rule with { Kinds = [] }));
        Assert.Equal(["originals.kinds"], FaultsOf(Rule with { Kinds = ["identityDocument", "identityDocument"] }));
        Assert.Equal(["originals.kinds"], FaultsOf(Rule with { Kinds = ["passport"] }));
    }

    private static string[] FaultsOf(OriginalsRule rule) =>
        [.. CardReading.Read((TheRules().Card with { Originals = rule }).Json()).Faults.Select(fault => fault.Path)];

    private static DocumentId PaperOf(int number) => AClaimWithAllPapers().Documents[number].Id;

    private static Claim Seen(params IReadOnlyList<int> numbers) =>
        AnAssessedClaim().After(numbers.Select(number => new OriginalChecked(PaperOf(number), DisabilityPapers[number], Officer.Id)));

    private static Decision Check(Claim claim, int number) =>
        CheckOriginalHandler.Handle(new CheckOriginal(TheClaim, PaperOf(number)), claim, Officer);

    private static Decision Approve(Claim claim, Money? amount = null, Actor? by = null) => ApproveClaimHandler.Handle(
        new ApproveClaim(TheClaim, amount ?? Money.Yuan(120_000), "材料齐全"),
        new(claim, AnEnrolledTruckDriver(), null, TheRules() with { Card = TheRules().Card with { Originals = Rule } }), [ThePayout],
        by ?? Approver, Today);
}
