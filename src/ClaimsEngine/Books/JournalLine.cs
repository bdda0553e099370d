namespace ClaimsEngine.Books;

/// <summary>One line of a journal entry: a debit or a credit, never both.</summary>
/// <param name="PlanYear">of the book: the calendar year in which the cover begins</param>
/// <param name="Debit">above 0.00; null for a credit</param>
/// <param name="Credit">above 0.00; null for a debit</param>
/// <param name="Payer">of a share; null where the line is about none</param>
/// <param name="CoverFrom">first day of the cover that a contribution is for; null where the line is about none, or it has not
/// begun</param>
/// <param name="CoverTo">last day of that cover, inclusive</param>
public sealed record JournalLine(
    BookAccount Account, int PlanYear, Money? Debit = null, Money? Credit = null, string? Payer = null, LocalDate? CoverFrom = null,
    LocalDate? CoverTo = null)
{
    /// <summary>Above 0.00 for a debit, below for a credit.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Money Amount => (Debit ?? Money.Zero) - (Credit ?? Money.Zero);
}

/// <summary>The lines of one entry while they are put together.</summary>
/// <param name="year">plan year of the book</param>
internal sealed class Posting(int year)
{
    private readonly List<JournalLine> lines = [];

    /// <param name="amount">a negative one is posted on the other side; 0.00 posts nothing</param>
    public Posting Debit(BookAccount account, Money amount, string? payer = null, CoverDays? cover = null)
    {
        if (amount == Money.Zero) return this;
        lines.Add(amount.IsPositive
            ? new JournalLine(account, year, Debit: amount, Payer: payer, CoverFrom: cover?.From, CoverTo: cover?.To)
            : new JournalLine(account, year, Credit: Money.Zero - amount, Payer: payer, CoverFrom: cover?.From, CoverTo: cover?.To));
        return this;
    }

    public Posting Credit(BookAccount account, Money amount, string? payer = null, CoverDays? cover = null) =>
        Debit(account, Money.Zero - amount, payer, cover);

    /// <summary>The same lines with those of another book.</summary>
    public Posting And(Posting other)
    {
        lines.AddRange(other.lines);
        return this;
    }

    /// <exception cref="InvalidOperationException">A book's debits differ from its credits: a mistake in the postings.</exception>
    public IReadOnlyList<JournalLine> Balanced()
    {
        foreach (var book in lines.GroupBy(line => line.PlanYear))
            if (Money.Sum(book.Select(line => line.Amount)) is var off && off != Money.Zero)
                throw new InvalidOperationException($"the entry is out of balance by {off} in the book of {book.Key}");
        return lines;
    }
}

/// <summary>The days that a contribution is for.</summary>
/// <param name="To">last day, inclusive</param>
public sealed record CoverDays(LocalDate From, LocalDate To)
{
    public int Days => Period.DaysBetween(From, To) + 1;

    /// <summary>How much of a contribution is earned by the end of a day: by days of cover, rounded down to the fen, so that the last day
    /// takes the rest. Never more than the contribution, whatever its sign.</summary>
    public Money Earned(Money contribution, LocalDate by)
    {
        if (by >= To) return contribution;
        return by < From ? Money.Zero : new Money((long)((Int128)contribution.Fen * (Period.DaysBetween(From, by) + 1) / Days));
    }
}
