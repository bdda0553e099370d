namespace ClaimsEngine.Books;

/// <summary>
/// One entry of the journal: what one event posts to the books. The row of a stream is replaced by its next entry; each version is an
/// entry, stays for ever, and was posted when it was recorded. Holds no personal data.
/// </summary>
public sealed record JournalRow(
    [property: Column("id of the event that is posted")] Guid EventId,
    [property: Column("what happened: payout_ordered")] string Event,
    [property: Column("place of the event in the feed of all streams")] long FeedPosition,
    [property: Column("day on which it happened by business, Asia/Shanghai")] LocalDate Date,
    [property: Column("month of that day, yyyy-MM")] BookMonth Month,
    [property: Column("made by a closing: it belongs to its month, though that is closed")] bool Closing,
    [property: Column("code of the plan, or of the relief fund: whose books")] string Plan,
    [property: Column("code of the programme; null for direct entry, relief, and the result of a plan year")] string? Programme,
    [property: Column("GB/T 2260 code or prefix: where the stream began")] RegionCode Region,
    [property: Column("code of the employer; null for none")] string? Employer,
    [property: Column("number of the certificate, claim, application or recovery; null for none")] string? Reference,
    [property: Column("sum of the debits, in fen, and so of the credits; 0 where the stream began without a posting")] Money Amount,
    [property: Column("debits and credits, in yuan, by account and plan year"), JsonColumn] IReadOnlyList<JournalLine> Lines,
    [property: Column("what later entries of the stream need"), JsonColumn] BookStanding Standing,
    [property: Column("of a claim's reserve the month of the incident as it was submitted, yyyy-MM; null for any other")]
        string? OccurredIn = null);

/// <summary>Where the money of a stream stands after its last entry, as far as its next entry needs it.</summary>
/// <param name="PlanYear">of the book</param>
/// <param name="Amount">of the payout, the recovery or the estimate; null for a certificate</param>
/// <param name="In">the account in which a payout stands; null for any other stream</param>
/// <param name="Reserve">what an undecided claim reserves; null for any other stream</param>
/// <param name="Shares">of a certificate's contribution; null for any other stream</param>
/// <param name="Cover">of a certificate; null while it is pending, and for any other stream</param>
/// <param name="Kept">what is left of a certificate's contribution and not reversed; null for any other stream</param>
public sealed record BookStanding(
    int PlanYear, Money? Amount = null, BookAccount? In = null, Money? Reserve = null, IReadOnlyList<ShareStanding>? Shares = null,
    CoverDays? Cover = null, Money? Kept = null);

/// <param name="Account">in which the share stands until it is paid</param>
/// <param name="Due">of the share, 0.00 once it is due no longer</param>
/// <param name="Paid">of it</param>
public sealed record ShareStanding(string Payer, BookAccount Account, Money Due, Money Paid)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Money Left => Due - Paid;
}
