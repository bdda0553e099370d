namespace ClaimsEngine.Storage.Reading;

/// <summary>A question for counts and sums over a read model, answered from kept totals where some have what is asked, and from the rows
/// where none has.</summary>
/// <param name="By">what to group by: dimensions as <see cref="Totals"/> declares them. A kept <c>"Region"</c> also answers
/// <c>"Region:2"</c></param>
/// <param name="Sums">what to sum beside the count: measures as <see cref="Totals"/> declares them</param>
public sealed record TotalsQuestion(IReadOnlyList<string> By, IReadOnlyList<string> Sums)
{
    /// <summary>All of these hold of what is counted.</summary>
    public IReadOnlyList<TotalsFilter> Where { get; init; } = [];

    /// <summary>As known then; null is now.</summary>
    public Instant? AsOf { get; init; }

    public TotalsOf Of { get; init; } = TotalsOf.CurrentRows;

    /// <summary>The property whose lines are counted instead of rows.</summary>
    public string? Spread { get; init; }
}

/// <param name="Dimension">as <see cref="Totals"/> declares it</param>
/// <param name="Value">a text, text value, enum, date, whole number, bool, Guid, or money; null equals only what is missing</param>
public sealed record TotalsFilter(string Dimension, TotalsMatch Match, object? Value);

public enum TotalsMatch
{
    Equal,

    /// <summary>A text that begins so; the value holds neither <c>%</c> nor <c>_</c>, as region codes do not.</summary>
    Prefix,

    /// <summary>That or more.</summary>
    From,

    /// <summary>That or less.</summary>
    To,
}

/// <summary>One group of an answer.</summary>
/// <param name="Keys">the values of <see cref="TotalsQuestion.By"/>, as the columns hold them</param>
/// <param name="Count">rows, or lines where lines are counted</param>
/// <param name="Sums">of <see cref="TotalsQuestion.Sums"/>; money in fen</param>
public sealed record TotalsGroup(IReadOnlyList<object?> Keys, long Count, IReadOnlyList<long> Sums);
