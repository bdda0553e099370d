using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Books;

/// <summary>
/// What a certificate posts. Every share is due from the entry on, and the contribution is unearned until closings count its days as past.
/// A certificate that ends before its cover is reversed: what was not paid is due no longer, what was paid is owed back. Of one that ends
/// within its term without a refund the contribution is earned with the last day. It stays in the books of the office and the employer
/// that entered it: a move to another office moves no money.
/// </summary>
internal static class CertificatePostings
{
    public static Entry Started(EnrolmentStarted e)
    {
        var shares = e.Funding.GroupBy(share => share.Payer).Select(own => new ShareStanding(
            own.Key, PostingRules.Known.ReceivableFrom(own.Key), Money.Sum(own.Select(share => share.Amount)), Money.Zero)).ToArray();
        var due = Money.Sum(shares.Select(share => share.Due));
        var cover = e.Pending == true ? null : new CoverDays(e.CoverFrom, e.CoverTo);
        var standing = new BookStanding(e.CoverFrom.Year, Shares: shares, Cover: cover, Kept: due);
        return new Entry(
            Journal.Book(e.Plan, e.Programme, e.Region, standing, e.CertificateNumber, e.Employer),
            ReferenceNumber.DayOf(e.CertificateNumber) ?? e.EnrolledOn ?? e.CoverFrom,
            Due(new Posting(e.CoverFrom.Year), shares).Credit(BookAccount.UnearnedContributions, due, cover: cover));
    }

    public static Entry? Of(JournalRow row, IReadOnlyList<ShareStanding> shares, object @event, LocalDate today) => @event switch
    {
        ContributionPaid e => Paid(row, shares, e),
        CoverTookEffect e => TookEffect(row, shares, new CoverDays(e.From, e.To), today),
        EnrolmentCancelled { LastDay: { } last, Refunds: null } => EndedWithin(row, last, today),
        EnrolmentCancelled or EnrolmentVoided or EnrolmentLapsed => Reversed(row, shares, today),
        _ => null,
    };

    private static Entry Paid(JournalRow row, IReadOnlyList<ShareStanding> shares, ContributionPaid e)
    {
        var share = shares.First(own => own.Payer == e.Payer);
        return new Entry(
            row with { Standing = row.Standing with { Shares = With(shares, share with { Paid = share.Paid + e.Amount }) } }, e.PaidOn,
            new Posting(row.Standing.PlanYear).Debit(BookAccount.Bank, e.Amount).Credit(share.Account, e.Amount, e.Payer));
    }

    /// <summary>The contribution is for these days now. Where they begin in another year than was foreseen, all of it moves to that year's
    /// book, and what was paid with it.</summary>
    private static Entry? TookEffect(JournalRow row, IReadOnlyList<ShareStanding> shares, CoverDays cover, LocalDate today)
    {
        var (year, before, kept) = (row.Standing.PlanYear, row.Standing.Cover, row.Standing.Kept!.Value);
        if (before == cover) return null;
        var posting = new Posting(year).Debit(BookAccount.UnearnedContributions, kept, cover: before);
        var anew = year == cover.From.Year ? posting : new Posting(cover.From.Year);
        anew.Credit(BookAccount.UnearnedContributions, kept, cover: cover);
        if (anew != posting)
        {
            var paid = Money.Sum(shares.Select(share => share.Paid));
            foreach (var share in shares) posting.Credit(share.Account, share.Left, share.Payer);
            foreach (var share in shares) anew.Debit(share.Account, share.Left, share.Payer);
            posting.Credit(BookAccount.Bank, paid);
            posting.And(anew.Debit(BookAccount.Bank, paid));
        }
        return new Entry(row with { Standing = row.Standing with { PlanYear = cover.From.Year, Cover = cover } }, today, posting);
    }

    private static Entry? EndedWithin(JournalRow row, LocalDate last, LocalDate today)
    {
        if (row.Standing is not { Cover: { } cover, Kept: { } kept }) return null;
        var ended = cover with { To = last };
        return ended == cover ? null : new Entry(
            row with { Standing = row.Standing with { Cover = ended } }, today,
            new Posting(row.Standing.PlanYear)
                .Debit(BookAccount.UnearnedContributions, kept, cover: cover)
                .Credit(BookAccount.UnearnedContributions, kept, cover: ended));
    }

    private static Entry Reversed(JournalRow row, IReadOnlyList<ShareStanding> shares, LocalDate today)
    {
        var posting = new Posting(row.Standing.PlanYear)
            .Debit(BookAccount.UnearnedContributions, row.Standing.Kept!.Value, cover: row.Standing.Cover);
        foreach (var share in shares)
            posting.Credit(share.Account, share.Left, share.Payer).Credit(BookAccount.RefundsPayable, share.Paid, share.Payer);
        ShareStanding[] after = [.. shares.Select(share => share with { Due = share.Paid })];
        return new Entry(
            row with { Standing = row.Standing with { Shares = after, Kept = Money.Zero } }, today, posting);
    }

    private static Posting Due(Posting posting, IReadOnlyList<ShareStanding> shares) =>
        shares.Aggregate(posting, (before, share) => before.Debit(share.Account, share.Due, share.Payer));

    private static ShareStanding[] With(IReadOnlyList<ShareStanding> shares, ShareStanding changed) =>
        [.. shares.Select(share => share.Payer == changed.Payer ? changed : share)];
}
