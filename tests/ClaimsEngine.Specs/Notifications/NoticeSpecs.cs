namespace ClaimsEngine.Specs;

public class NoticeSpecs
{
    private static readonly PayoutReturned Returned = new(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id);

    /// <summary>Every kind of notice, by an event and the claim or payout after it.</summary>
    private static IEnumerable<Notice> All()
    {
        Notice About(Claim claim, object @event) => Notice.Of(@event, claim.After(@event))!;
        var asked = new SupplementRequested(
            ["accountProof"], [], "请补交银行卡复印件", Deadline.For(ClaimStep.Supplement, Liangzhou, Today), null, null, Officer.Id);
        yield return Notice.Of(Submitted(), ASubmittedClaim())!;
        yield return Notice.Of(Submitted() with { RequiredDocuments = [] }, StateOf<Claim>(Submitted() with { RequiredDocuments = [] }))!;
        yield return About(ASubmittedClaim(), asked);
        yield return About(AnAssessedClaim(), new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "材料齐全"));
        yield return About(AnAssessedClaim(), new ClaimApproved(Money.Zero, null, Approver.Id, "未超过起付线"));
        yield return About(AnAssessedClaim(), TheRefusal);
        yield return About(AnAppealedClaim(), new RefusalUpheld("维持", "第五条", Approver.Id));
        yield return About(AnAppealedClaim(),
            new RefusalReversed("鉴定结论成立", Deadline.For(ClaimStep.Assessment, Liangzhou, Today), Approver.Id));
        yield return About(ASubmittedClaim(), new ClaimExpired(["accountProof"], Today, "papers did not come", "deadlines"));
        yield return Notice.Of(new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id), ASettledPayout())!;
        yield return Notice.Of(Returned, ASentPayout().After(Returned))!;
        var refund = StateOf<Payout>(PayersGiven.RefundOrdered() with { Payee = DriverId, Organisation = null });
        yield return Notice.Of(new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id), refund)!;
        yield return Notice.Of(Returned, refund)!;
    }

    [Fact]
    public void Every_kind_is_told_in_both_languages_with_every_placeholder_filled()
    {
        Assert.Equal(Enum.GetValues<NoticeKind>(), All().Select(notice => notice.Kind).Distinct().Order());
        foreach (var notice in All())
        foreach (var language in (string[])["zh", "en"])
        {
            var text = NoticeTexts.Render(notice, "陈样例", Today, language);
            Assert.DoesNotMatch("[{}]", text);
            Assert.StartsWith("陈样例", text, StringComparison.Ordinal);
            Assert.All(notice.Values.Values, value => Assert.Contains(value, text));
        }
    }

    [Fact]
    public void Somebody_is_told_exactly_of_the_events_that_say_so()
    {
        Assert.All(Samples.Events.Where(sample => !Notice.IsTold(sample)), sample =>
        {
            Assert.Null(Notice.Of(sample, ASubmittedClaim()));
            Assert.Null(Notice.Of(sample, AnOrderedPayout()));
        });
        Assert.All(Samples.Events.Where(Notice.IsTold), sample => Assert.NotNull(PublicEvents.NameOf(sample)));
    }

    [Fact]
    public void Nobody_is_asked_for_papers_that_a_settlement_stands_for() =>
        Assert.Null(Notice.Of(Submitted() with { Settlement = new Settlement("样例市医保中心", "SAMPLE-0001") }, ASubmittedClaim()));

    [Fact]
    public void The_claimant_is_told_of_a_claim_and_the_payee_of_a_payout()
    {
        Assert.Equal(DriverId, Notice.Of(Submitted(), ASubmittedClaim())!.To);
        var byRelative = StateOf<Claim>(Submitted() with { Claimant = RelativeId });
        Assert.Equal(RelativeId, Notice.Of(Submitted(), byRelative)!.To);
        Assert.Equal(ASentPayout().Payee, Notice.Of(Returned, ASentPayout().After(Returned))!.To);
    }

    [Fact]
    public void A_submission_names_the_papers_that_are_missing_in_the_readers_language()
    {
        var notice = Notice.Of(Submitted(), ASubmittedClaim())!;
        Assert.Equal(DisabilityPapers, notice.Papers);
        Assert.Contains("事故情况说明、身份证件、伤残鉴定书、银行账户证明", NoticeTexts.Render(notice, "陈样例", Today, "zh"));
        Assert.Contains("proof of the bank account", NoticeTexts.Render(notice, "陈样例", Today, "en"));
    }

    [Fact]
    public void Every_paper_that_a_seeded_plan_asks_for_has_its_name()
    {
        var asked = Directory.GetFiles(Repository.Seeds("plans"), "*.v*.json").SelectMany(file =>
            Repository.Json(file)["card"]!["documents"] is JsonObject kinds ? kinds.SelectMany(kind => kind.Value!.AsArray()) : [])
            .Select(paper => (string)paper!).Distinct();
        Assert.Superset(asked.ToHashSet(), NoticeTexts.All[0].Papers.Keys.ToHashSet());
    }

    [Fact]
    public void A_text_with_a_placeholder_that_its_kind_lacks_is_a_fault()
    {
        var sound = NoticeTexts.All[0];
        Assert.Empty(NoticeTexts.FaultsOf(sound));
        Assert.NotEmpty(sound.Assumed);
        var texts = sound.Texts.ToDictionary();
        texts["received"] = new TwoTexts("{name}：{amount}", "{name}: {amount}");
        texts["recieved"] = texts["paid"];
        texts.Remove("expired");
        Assert.Equal(["received knows no {amount}", "the default has no text expired", "there is no kind of notice recieved"],
            NoticeTexts.FaultsOf(sound with { Texts = texts }).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_office_notes_once_that_it_told_the_claimant()
    {
        var notice = new NoticeId(Id(90));
        var told = TellClaimantHandler.Handle(new TellClaimant(TheClaim, notice, ContactWay.Phone),
            new(ASubmittedClaim(), TheClaim), Officer)
            .Decides(new ClaimantInformed(notice, ContactWay.Phone, Officer.Id));
        TellClaimantHandler.Handle(new TellClaimant(TheClaim, notice, ContactWay.Letter),
            new(ASubmittedClaim().After(told), TheClaim), Officer)
            .ChangesNothing();
        foreach (var other in (ClaimId?[])[null, new ClaimId(Id(91))])
            TellClaimantHandler.Handle(new TellClaimant(TheClaim, notice, ContactWay.Phone), new(ASubmittedClaim(), other), Officer)
                .IsRefused(Refuse.NoSuch);
    }
}
