using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Recoveries;
using ClaimsEngine.Relief;

namespace ClaimsEngine.Books;

/// <summary>
/// The journal: every event that moves money, as debits and credits. Nobody types a posting; the same events give the same books. What a
/// stream posts stands beside the other modules' facts: <see cref="CertificatePostings"/>, <see cref="ClaimPostings"/>,
/// <see cref="PayoutPostings"/>, <see cref="RecoveryPostings"/>, <see cref="ReliefPostings"/>, <see cref="ClosingPostings"/>.
/// </summary>
public static class Journal
{
    /// <summary>The sums of the lines by book, account, month and cover, kept by the store.</summary>
    public static readonly Totals Sums = new(
        "journal_totals", "Debits and credits of the journal by book, account, month, payer and cover, in fen",
        [
            nameof(JournalRow.Plan), "Lines.PlanYear", "Lines.Account", nameof(JournalRow.Month), nameof(JournalRow.Region),
            nameof(JournalRow.Programme), nameof(JournalRow.Closing), "Lines.Payer", "Lines.CoverFrom", "Lines.CoverTo",
        ],
        ["Lines.Debit", "Lines.Credit"], TotalsOf.EveryVersion, nameof(JournalRow.Lines));

    /// <summary>The sums of the lines by the month of the incident: what is reserved for incidents of which month.</summary>
    public static readonly Totals Incidents = new(
        "journal_incidents", "Debits and credits of the journal by book, account and month of the incident, in fen",
        [
            "Lines.Account", nameof(JournalRow.Plan), "Lines.PlanYear", nameof(JournalRow.Programme), nameof(JournalRow.Region),
            nameof(JournalRow.OccurredIn),
        ],
        ["Lines.Debit", "Lines.Credit"], TotalsOf.EveryVersion, nameof(JournalRow.Lines));

    public static readonly ReadModel<JournalRow> Model = new(
        "journal", "Journal entries, one for each event that moves money; each version of a row is an entry. No personal data",
        [
            Enrolment.StreamType, Claim.StreamType, Payout.StreamType, Recovery.StreamType, ReliefFund.StreamType, PlanBooks.StreamType,
        ],
        Evolve)
    {
        Totals = [Sums, Incidents],
    };

    /// <summary>The entry of the stream's last event that posted something.</summary>
    /// <exception cref="InvalidOperationException">The entry is out of balance.</exception>
    public static JournalRow? Evolve(JournalRow? row, RecordedEvent recorded)
    {
        var entry = Begins(recorded) ?? (row is null ? null : Moves(row, recorded));
        if (entry is null) return row;
        var lines = entry.Posting.Balanced();
        // a stream that begins without a posting is kept for what follows; any other event that posts nothing is no entry
        if (row is not null && lines.Count == 0) return row;
        return entry.Book with
        {
            EventId = recorded.Id, Event = recorded.Type, FeedPosition = recorded.Position, Date = entry.Date,
            Month = BookMonth.Of(entry.Date), Amount = Money.Sum(lines.Select(line => line.Debit ?? Money.Zero)), Lines = lines,
        };
    }

    private static Entry? Begins(RecordedEvent recorded) => recorded.Data switch
    {
        EnrolmentStarted e => CertificatePostings.Started(e),
        ClaimSubmitted e => ClaimPostings.Submitted(e, recorded.RecordedAt.Date()),
        PayoutOrdered e => PayoutPostings.Ordered(e),
        ReliefPayoutOrdered e => PayoutPostings.Ordered(e),
        RecoveryOpened e => RecoveryPostings.Opened(e),
        ReliefFundOpened e => ReliefPostings.Opened(e),
        ContributionsEarned e => ClosingPostings.Earned(e),
        PlanYearClosed e => ClosingPostings.YearClosed(e),
        _ => null,
    };

    private static Entry? Moves(JournalRow row, RecordedEvent recorded)
    {
        var today = recorded.RecordedAt.Date();
        return row.Standing switch
        {
            { Shares: { } shares } => CertificatePostings.Of(row, shares, recorded.Data, today),
            { Reserve: not null } => ClaimPostings.Of(row, recorded.Data, today),
            { In: { } account } => PayoutPostings.Of(row, account, recorded.Data, today),
            _ => RecoveryPostings.Of(row, recorded.Data, today),
        };
    }

    /// <summary>The book of a stream that begins: the entry's own members are filled in by <see cref="Evolve"/>.</summary>
    internal static JournalRow Book(
        string plan, string? programme, RegionCode region, BookStanding standing, string? reference, string? employer = null,
        bool closing = false) =>
        new(Guid.Empty, "", 0, default, default, closing, plan, programme, region, employer, reference, Money.Zero, [], standing);
}

/// <summary>What an event posts.</summary>
/// <param name="Book">whose books, with what stands there afterwards</param>
/// <param name="Date">business date, Asia/Shanghai</param>
internal sealed record Entry(JournalRow Book, LocalDate Date, Posting Posting);
