namespace ClaimsEngine.AuditPacks;

/// <summary>So many, and their sum.</summary>
public sealed record CountedSum(long Count, Money Sum)
{
    public static readonly CountedSum None = new(0, Money.Zero);

    public CountedSum And(Money amount) => new(Count + 1, Sum + amount);
}

/// <summary>What a pack holds, counted.</summary>
/// <param name="Events">in all streams</param>
/// <param name="LastRecordedAt">when the newest of them was stored; null for none</param>
/// <param name="Certificates">with their contributions, all payers</param>
/// <param name="Paid">contributions that came in, each receipt counted</param>
/// <param name="Assessments">each of which was computed again</param>
/// <param name="Identical">of these, how many came out the same to the byte</param>
/// <param name="Sampled">decisions in the sample</param>
/// <param name="Approved">claims whose approval stands</param>
/// <param name="Ordered">payouts, without those that were cancelled or replace a returned one</param>
/// <param name="Settled">payouts that the bank paid, also where the money was asked back later</param>
/// <param name="Returned">payouts that the bank sent back</param>
/// <param name="Unsettled">payouts without a result that may still be paid</param>
/// <param name="Owed">asked back and confirmed or on its way there</param>
/// <param name="Repaid">of it, came back</param>
/// <param name="Entries">of the journal</param>
/// <param name="Debits">of all entries; the same as <paramref name="Credits"/></param>
/// <param name="PaidByBooks">what the books say that the bank has paid; the same as what is settled</param>
public sealed record PackTotals(
    long Events, Instant? LastRecordedAt, CountedSum Certificates, CountedSum Paid, long Claims, long Assessments, long Identical,
    long Sampled, CountedSum Approved, CountedSum Ordered, CountedSum Settled, CountedSum Returned, CountedSum Unsettled, long Batches,
    CountedSum Owed, Money Repaid, long Entries, Money Debits, Money Credits, Money PaidByBooks)
{
    public static readonly PackTotals Empty = new(
        0, null, CountedSum.None, CountedSum.None, 0, 0, 0, 0, CountedSum.None, CountedSum.None, CountedSum.None, CountedSum.None,
        CountedSum.None, 0, CountedSum.None, Money.Zero, 0, Money.Zero, Money.Zero, Money.Zero);
}
