namespace ClaimsEngine.Specs;

/// <summary>While an appeal is open its claimant may add papers to it, or take it back.</summary>
public class WithdrawAppealSpecs
{
    private static readonly AppealWithdrawn TheWithdrawal = new("申领人撤回", Officer.Id);

    [Fact]
    public void An_appeal_that_is_taken_back_leaves_the_refusal_as_it_was()
    {
        Withdraw(AnAppealedClaim()).Decides(TheWithdrawal);
        var refused = AnAppealedClaim().After(TheWithdrawal);
        Assert.Equal((ClaimStatus.Refused, null, Approver.Id, "申领人撤回"),
            (refused.Status, refused.Deadline, refused.Outcome!.By, refused.Appeal!.Withdrawn));
        Withdraw(refused).ChangesNothing();
    }

    [Fact]
    public void It_is_neither_decided_nor_made_once_more()
    {
        var refused = AnAppealedClaim().After(TheWithdrawal);
        AppealRefusalHandler.Handle(new AppealRefusal(TheClaim, "再次复议"), refused, Officer, Today).IsRefused(Refuse.AppealDecided);
        DecideAppealHandler.Handle(new DecideAppeal(TheClaim, AppealOutcome.Upheld, "维持"), refused, AnEnrolledTruckDriver(), null,
            new Actor("sample-approver-national", [Role.Approver], RegionCode.National), Today).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Only_an_open_appeal_is_taken_back()
    {
        Withdraw(ARefusedClaim()).IsRefused(Refuse.WrongState);
        Withdraw(AnAssessedClaim()).IsRefused(Refuse.WrongState);
        Withdraw(AnAppealedClaim().After(new RefusalUpheld("维持", null, "sample-approver-national"))).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_list_shows_the_refusal_again()
    {
        var (row, version) = ((ClaimRow?)null, 0L);
        foreach (var fact in (object[])[Submitted(), TheRefusal, TheAppeal, TheWithdrawal])
            row = ClaimBoard.Evolve(row, World.Recorded(fact, TheClaim.Value, "claim", ++version, Instant.FromUtc(2025, 11, 20, 4, 0)));
        Assert.Equal((ClaimStatus.Refused, false, null, Approver.Id), (row!.Status, row.Open, row.Step, row.DecidedBy));
    }

    [Fact]
    public void A_paper_for_an_appeal_is_taken_and_does_not_change_its_time()
    {
        var appealed = StateOf<Claim>([Submitted() with { Deadline = Deadline.For(ClaimStep.Check, Liangzhou, Today) },
            .. AllPapers().SkipLast(1), TheRefusal, TheAppeal]);
        foreach (var kind in (string[])["other", DisabilityPapers[^1]])
        {
            var added = Add(appealed, kind);
            Assert.Null(added.The<DocumentReceived>().Deadline);
            Assert.Equal((ClaimStatus.Appealed, TheAppeal.Deadline), (appealed.After(added).Status, appealed.After(added).Deadline));
        }
        Add(ARefusedClaim(), "other").IsRefused(Refuse.WrongState);
        Add(appealed, "pathologyReport").IsRefused(Refuse.UnknownDocumentKind, "kind");
    }

    [Fact]
    public void A_withdrawal_has_a_reason() => Assert.Equal(["reason"], new WithdrawAppeal(TheClaim, " ").BrokenFields());

    private static Decision Withdraw(Claim claim) =>
        WithdrawAppealHandler.Handle(new WithdrawAppeal(TheClaim, "申领人撤回"), claim, Officer);

    private static Decision Add(Claim claim, string kind) => AddDocumentHandler.Handle(
        new AddDocument(TheClaim, kind, "样例.pdf", Digest(55)), claim, ATruckDriver(), new DocumentId(Id(99)), Officer, Today);
}
