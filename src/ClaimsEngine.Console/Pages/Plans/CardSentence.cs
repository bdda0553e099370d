using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>What kind of statement a sentence of a card is.</summary>
public enum SentenceMark
{
    /// <summary>The card says it.</summary>
    Said,

    /// <summary>The card has no such rule, so nothing is asked for or taken off.</summary>
    NoRule,

    /// <summary>The source does not publish it: asking for it is refused.</summary>
    NotPublished,
}

/// <summary>A remark of the card on one of its parts.</summary>
/// <param name="IsAssumed">the part was not published and is assumed; otherwise it tells how a published text was read</param>
/// <param name="Path">dotted path in the card, benefits by their kind</param>
/// <param name="Sources">what a reading rests on, where that is not the card's own sources</param>
/// <param name="IsReplaced">the interpreter reads the same place in another way now, which counts</param>
public sealed record CardRemark(bool IsAssumed, string Path, string Because, IReadOnlyList<string>? Sources = null,
    bool IsReplaced = false);

/// <summary>One sentence of a card, in both languages.</summary>
/// <param name="Rule">path of the rule as remarks and steps name it: <c>benefits.hospitalisation.tiers.1</c></param>
/// <param name="Members">the members of the card's JSON that it says: <c>benefits.0.medical.tiers.1.percent</c></param>
public sealed record CardSentence(
    string Rule, LocalName Text, IReadOnlyList<string> Members, SentenceMark Mark = SentenceMark.Said)
{
    /// <summary>Whether the card assumes what the sentence says.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>Remarks on this sentence alone.</summary>
    public IReadOnlyList<CardRemark> Remarks { get; init; } = [];
}

/// <summary>A part of a card under its heading.</summary>
/// <param name="Key">path of the part: <c>prices</c>, <c>benefits.disability</c></param>
/// <param name="Clause">where the plan's text says it; null where the card quotes none</param>
/// <param name="Sources">numbers (from 1) of the card's sources that the part rests on</param>
public sealed record CardSection(
    string Key, LocalName Heading, IReadOnlyList<CardSentence> Sentences, string? Clause = null, IReadOnlyList<int>? Sources = null)
{
    /// <summary>Remarks on the part as a whole.</summary>
    public IReadOnlyList<CardRemark> Remarks { get; init; } = [];

    /// <summary>Members of the card's JSON that the heading, the clause and the remarks say.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    public bool IsAssumed => Remarks.Any(remark => remark.IsAssumed);
}
