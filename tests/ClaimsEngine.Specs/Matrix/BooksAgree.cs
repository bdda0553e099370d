namespace ClaimsEngine.Specs.Matrix;

/// <summary>The balances of the books are what the states say: the books have no facts of their own. Every entry's lines sum to zero, or
/// the fold would throw.</summary>
public static class BooksAgree
{
    public static void Hold(World world, string place)
    {
        var entries = world.Entries;
        var lines = entries.SelectMany(entry => entry.Lines).ToArray();
        var balances = lines.GroupBy(line => line.Account)
            .ToDictionary(account => account.Key, account => Money.Sum(account.Select(line => line.Amount)));
        // closings of plan years move what was granted and earned to the reserve: it is counted with them
        foreach (var carried in world.All<PlanBooks>().SelectMany(books => books.Years).SelectMany(year => year.Balances))
            balances[carried.Account] += carried.Balance;

        Money Balance(BookAccount account) => balances.GetValueOrDefault(account);
        void Same(BookAccount account, Money expected) => Assert.True(Balance(account) == expected,
            $"{place}: the books say {Balance(account)} of {account}, the states {expected}");

        Payouts(world, Same);
        Claims(world, Same);
        Recoveries(world, Same);
        Certificates(world, Same, Balance);
        Same(BookAccount.Bank, Money.Sum(world.All<Enrolment>().SelectMany(own => own.Paid).Select(paid => paid.Amount))
            + Money.Sum(world.All<Recovery>().Select(own => own.Repaid)));
        foreach (var entry in entries)
            Assert.True(Money.Sum(entry.Lines.Select(line => line.Amount)) == Money.Zero, $"{place}: {entry.Event} is out of balance");
        NothingPostsIntoAClosedMonth(world, place, entries);
    }

    private static void Payouts(World world, Action<BookAccount, Money> same)
    {
        var live = world.All<Payout>().Where(payout => payout.ReissuedAs is null && payout.Status != PayoutStatus.Cancelled).ToArray();
        Money Of(params PayoutStatus[] statuses) =>
            Money.Sum(live.Where(payout => statuses.Contains(payout.Status)).Select(payout => payout.Amount));

        same(BookAccount.BenefitsPayable, Minus(Of(PayoutStatus.Ordered, PayoutStatus.Authorised)));
        same(BookAccount.BenefitsInTransit, Minus(Of(PayoutStatus.Sent)));
        same(BookAccount.ReturnedTransfers, Minus(Of(PayoutStatus.Returned)));
        same(BookAccount.BenefitsPaid, Minus(Of(PayoutStatus.Settled, PayoutStatus.Recovered)));
        same(BookAccount.BenefitsGranted, Money.Sum(live.Where(payout => payout.Relief is null).Select(payout => payout.Amount)));
        same(BookAccount.ReliefGranted, Money.Sum(live.Where(payout => payout.Relief is not null).Select(payout => payout.Amount)));
    }

    private static void Claims(World world, Action<BookAccount, Money> same)
    {
        var open = world.All<Claim>().Where(claim => claim.IsOpen)
            .Select(claim => claim.Assessment?.Amount ?? world.Entries.Last(entry => entry.Reference == claim.Number
                && entry.Event is "claim_submitted" or "claim_assessed" or "claim_reopened" or "refusal_reversed").Standing.Reserve!.Value);
        var reserved = Money.Sum(open);
        same(BookAccount.CaseReserves, Minus(reserved));
        same(BookAccount.ChangeInCaseReserves, reserved);
    }

    private static void Recoveries(World world, Action<BookAccount, Money> same)
    {
        var confirmed = world.All<Recovery>().Where(recovery => recovery.ConfirmedBy is not null).ToArray();
        same(BookAccount.RecoveryReceivable, Money.Sum(confirmed.Select(recovery => recovery.Outstanding)));
        same(BookAccount.BenefitsRecovered, Minus(Money.Sum(confirmed.Select(recovery => recovery.Amount))));
        same(BookAccount.WrittenOff, Money.Sum(confirmed.Select(recovery => recovery.WrittenOff)));
    }

    private static void Certificates(World world, Action<BookAccount, Money> same, Func<BookAccount, Money> balance)
    {
        // a contribution stands while the certificate is live, and where it ended within its term and nothing was owed back
        var kept = world.All<Enrolment>().Where(own => own.IsLive || own.End is { LastDay: not null, Refunds: null }).ToArray();
        var contributions = Money.Sum(kept.Select(own => own.Contribution));
        same(BookAccount.ContributionsEarned, Minus(contributions) - balance(BookAccount.UnearnedContributions));
        var due = contributions - Money.Sum(kept.SelectMany(own => own.Paid).Select(paid => paid.Amount));
        same(BookAccount.SubsidiesReceivable, due - balance(BookAccount.ContributionsReceivable));
        same(BookAccount.RefundsPayable, Minus(Money.Sum(
            world.All<Enrolment>().Except(kept).SelectMany(own => own.Paid).Select(paid => paid.Amount))));
        Assert.True(balance(BookAccount.ContributionsEarned) <= Money.Zero);
    }

    /// <summary>What a closed month holds is what its closing counted, however much was recorded since.</summary>
    private static void NothingPostsIntoAClosedMonth(World world, string place, IReadOnlyList<JournalRow> entries)
    {
        foreach (var books in world.All<PlanBooks>().Where(books => books.ClosedThrough is not null))
        {
            var closed = ClosedMonths.Of(world.Stream(books.StreamId));
            Assert.All(
                entries.Where(entry =>
                    entry.Plan == books.Plan && entry.FeedPosition > books.Closings[^1].Position && !entry.Closing),
                entry => Assert.True(closed.PostsTo(entry) > books.ClosedThrough, $"{place}: {entry.Event} posts into a closed month"));
        }
    }

    private static Money Minus(Money amount) => Money.Zero - amount;
}
