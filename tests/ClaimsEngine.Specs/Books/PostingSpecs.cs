using static ClaimsEngine.Kernel.BookAccount;

namespace ClaimsEngine.Specs.Books;

/// <summary>What each event posts. A line is written as its account and its amount: a debit above 0.00, a credit below.</summary>
public class PostingSpecs
{
    private static readonly EnrolmentStarted Pending = EnrolledPending();

    [Fact]
    public void A_certificate_makes_every_share_due_and_the_contribution_unearned() => Posts(Entries(Pending).Single(),
        (SubsidiesReceivable, 80), (ContributionsReceivable, 40), (UnearnedContributions, -120));

    [Fact]
    public void A_payment_of_a_share_comes_to_the_bank_on_the_day_of_the_payment()
    {
        var paid = Entries(Pending, Paid(15)).Last();
        Posts(paid, (Bank, 15), (ContributionsReceivable, -15));
        Assert.Equal((new LocalDate(2025, 3, 3), Pending.Funding[1].Payer), (paid.Date, paid.Lines[1].Payer));
    }

    [Fact]
    public void Cover_that_takes_effect_says_for_which_days_the_contribution_is() => Assert.Equal(
        [(-120, new LocalDate(2025, 4, 1))],
        Entries(Pending, new CoverTookEffect(new LocalDate(2025, 4, 1), new LocalDate(2025, 12, 31), Cashier.Id)).Last().Lines
            .Where(line => line.CoverFrom is not null).Select(line => ((int)(line.Amount.Fen / 100), line.CoverFrom!.Value)));

    [Fact]
    public void Cover_that_begins_in_another_year_moves_to_that_years_book_with_what_was_paid()
    {
        var moved = Entries(Pending, Paid(15), new CoverTookEffect(new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31), Cashier.Id))
            .Last();
        Posts(moved.Lines.Where(line => line.PlanYear == 2025),
            (UnearnedContributions, 120), (SubsidiesReceivable, -80), (ContributionsReceivable, -25), (Bank, -15));
        Posts(moved.Lines.Where(line => line.PlanYear == 2026),
            (UnearnedContributions, -120), (SubsidiesReceivable, 80), (ContributionsReceivable, 25), (Bank, 15));
    }

    [Fact]
    public void A_certificate_that_never_covers_is_reversed_and_what_was_paid_is_owed_back()
    {
        foreach (var end in (object[])
        [
            new EnrolmentLapsed("逾期未缴", Cashier.Id), new EnrolmentVoided("重复参保", null, Officer.Id),
            new EnrolmentCancelled("误录", null, Officer.Id, [new Refund(Pending.Funding[1].Payer, Money.Yuan(15), Today)]),
        ])
            Posts(Entries(Pending, Paid(15), end).Last(),
                (UnearnedContributions, 120), (SubsidiesReceivable, -80), (ContributionsReceivable, -25), (RefundsPayable, -15));
    }

    [Fact]
    public void A_certificate_that_ends_within_its_term_without_a_refund_is_earned_with_its_last_day()
    {
        var last = new LocalDate(2025, 9, 30);
        var ended = Entries(Enrolled(), new EnrolmentCancelled("离职", last, Officer.Id)).Last();
        Posts(ended, (UnearnedContributions, 120), (UnearnedContributions, -120));
        Assert.Equal(last, ended.Lines[1].CoverTo);
    }

    [Fact]
    public void A_claim_reserves_its_first_estimate_then_what_was_assessed_and_nothing_once_it_is_decided()
    {
        var submitted = Golden<ClaimSubmitted>(7) with { Reserve = Money.Yuan(12_000) };
        var entries = Entries(submitted, Assessed() with { Amount = Money.Yuan(84_000) }, Approved(), Revoked()).ToArray();
        var first = submitted.Reserve!.Value.Fen / 100;
        Posts(entries[0], (ChangeInCaseReserves, first), (CaseReserves, -first));
        Posts(entries[1], (ChangeInCaseReserves, 84_000 - first), (CaseReserves, first - 84_000));
        Posts(entries[2], (ChangeInCaseReserves, -84_000), (CaseReserves, 84_000));
        Posts(entries[3], (ChangeInCaseReserves, 84_000), (CaseReserves, -84_000));
    }

    [Fact]
    public void A_claim_whose_rules_had_no_answer_reserves_the_assumed_amount_of_its_kind()
    {
        var submitted = Golden<ClaimSubmitted>(7) with { Reserve = null };
        var assumed = PostingRules.Known.FirstReserve[submitted.Incident.Kind].Fen / 100;
        Posts(Entries(submitted).Single(), (ChangeInCaseReserves, assumed), (CaseReserves, -assumed));
    }

    [Fact]
    public void A_payout_is_granted_then_in_transit_then_paid()
    {
        var entries = Entries(Ordered(), new PayoutAuthorised(Cashier.Id), new PayoutBatched(TheBatch, Cashier.Id),
            new PayoutSent(TheBatch, Releaser.Id), new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id)).ToArray();
        Assert.Equal(3, entries.Length);
        Posts(entries[0], (BenefitsGranted, 120_000), (BenefitsPayable, -120_000));
        Posts(entries[1], (BenefitsPayable, 120_000), (BenefitsInTransit, -120_000));
        Posts(entries[2], (BenefitsInTransit, 120_000), (BenefitsPaid, -120_000));
    }

    [Fact]
    public void What_the_bank_sends_back_is_granted_no_second_time_when_it_is_ordered_anew()
    {
        Posts(Entries(Ordered(), new PayoutSent(TheBatch, Releaser.Id),
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id)).Last(),
            (BenefitsInTransit, 120_000), (ReturnedTransfers, -120_000));
        Posts(Entries(Ordered() with { Payout = OtherPayout, Reissues = ThePayout }).Single(),
            (ReturnedTransfers, 120_000), (BenefitsPayable, -120_000));
    }

    [Fact]
    public void A_payout_that_is_cancelled_is_taken_out_of_where_it_stood()
    {
        Posts(Entries(Ordered(), new PayoutCancelled(Approver.Id)).Last(), (BenefitsPayable, 120_000), (BenefitsGranted, -120_000));
        Posts(Entries(Ordered(), new PayoutSent(TheBatch, Releaser.Id),
            new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id), new PayoutCancelled(Approver.Id)).Last(),
            (ReturnedTransfers, 120_000), (BenefitsGranted, -120_000));
    }

    [Fact]
    public void Relief_stands_in_the_book_of_its_fund()
    {
        var fund = Entries(ReliefGiven.FundOpened()).Single();
        Posts(fund, (AppropriationsReceivable, 10_000), (ReliefAppropriations, -10_000));
        var granted = Entries(ReliefGiven.ReliefOrdered()).Single();
        Posts(granted, (BookAccount.ReliefGranted, 2_000), (BenefitsPayable, -2_000));
        Assert.Equal((ReliefGiven.FundCode, fund.Lines[0].PlanYear), (granted.Plan, granted.Lines[0].PlanYear));
    }

    [Fact]
    public void A_recovery_is_owed_once_it_is_confirmed_then_paid_back_or_given_up()
    {
        var entries = Entries(Reclaimed(), new RecoveryConfirmed(Approver.Id), TheInstalments,
            new RepaymentReceived(Money.Yuan(5_000), Today, "SAMPLE-BANK-0003", Cashier.Id), new WriteOffProposed("无遗产", Cashier.Id),
            new WriteOffApproved(Money.Yuan(15_000), "同意核销", Approver.Id)).ToArray();
        Assert.Empty(entries[0].Lines);
        Posts(entries[1], (RecoveryReceivable, 20_000), (BenefitsRecovered, -20_000));
        Posts(entries[2], (Bank, 5_000), (RecoveryReceivable, -5_000));
        Posts(entries[3], (WrittenOff, 15_000), (RecoveryReceivable, -15_000));
    }

    [Fact]
    public void A_closing_moves_what_is_earned_and_a_plan_year_its_result()
    {
        var cover = new EarnedCover(
            2025, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), Money.Yuan(120), Money.Yuan(90), Money.Yuan(10));
        var earned = Entries(new ContributionsEarned(PlanCode, BookMonth.Of("2025-10"), null, Liangzhou, [cover])).Single();
        Posts(earned, (UnearnedContributions, 10), (BookAccount.ContributionsEarned, -10));
        Assert.Equal((true, new LocalDate(2025, 10, 31)), (earned.Closing, earned.Date));
        Posts(Entries(new PlanYearClosed(PlanCode, 2025, 9, Today, Gansu,
            [new AccountBalance(BookAccount.ContributionsEarned, Money.Yuan(-120)), new AccountBalance(BenefitsGranted, Money.Yuan(50))],
            Money.Yuan(70), Money.Yuan(60), Money.Yuan(10), Cashier.Id)).Single(),
            (BookAccount.ContributionsEarned, 120), (BenefitsGranted, -50), (RiskReserve, -60), (SurplusCarried, -10));
    }

    [Fact]
    public void An_entry_out_of_balance_is_a_mistake_that_shows() =>
        Assert.Throws<InvalidOperationException>(() => Entries(new PlanYearClosed(PlanCode, 2025, 9, Today, Gansu,
            [new AccountBalance(BenefitsGranted, Money.Yuan(50))], Money.Yuan(-50), Money.Zero, Money.Zero, Cashier.Id)).ToArray());

    [Fact]
    public void Every_account_has_a_code_and_a_name_in_every_chart_and_a_default_for_every_kind() => Assert.Multiple(
        () => Assert.All(ChartOfAccounts.All, chart => Assert.Equal(
            Enum.GetValues<BookAccount>().Order(), chart.Accounts.Select(line => line.Key).Order())),
        () => Assert.All(ChartOfAccounts.All, chart => Assert.NotEmpty(chart.Assumed)),
        () => Assert.Equal("102", ChartOfAccounts.For(RegionCode.Of("1501"))[Bank].Code),
        () => Assert.Equal("1002", ChartOfAccounts.For(Gansu)[Bank].Code),
        () => Assert.Equal(Enum.GetValues<IncidentKind>().Order(), PostingRules.Known.FirstReserve.Keys.Order()));

    private static ContributionPaid Paid(int yuan) =>
        new(Pending.Funding[1].Payer, Money.Yuan(yuan), "T-1", new LocalDate(2025, 3, 3), Cashier.Id);

    private static ClaimApproved Approved() => new(Money.Yuan(84_000), ThePayout, Approver.Id, "材料齐全");

    private static ApprovalRevoked Revoked() => new(RevocationCause.OfficeError, Money.Yuan(84_000), Approver.Id);

    private static IEnumerable<JournalRow> Entries(params object[] events) => BookReckoning.EntriesOf(events.Select((data, i) =>
        World.Recorded(data, Id(1), "stream", i + 1, Instant.FromUtc(2025, 11, 20, 4, 0))));

    private static void Posts(JournalRow entry, params (BookAccount Account, long Yuan)[] lines) => Posts(entry.Lines, lines);

    private static void Posts(IEnumerable<JournalLine> posted, params (BookAccount Account, long Yuan)[] lines) =>
        Assert.Equal(lines.Select(line => (line.Account, Money.Yuan(line.Yuan))), posted.Select(line => (line.Account, line.Amount)));
}
