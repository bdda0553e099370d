using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>Collects the sentences of one part of a card.</summary>
internal sealed class CardWriter
{
    private readonly List<CardSentence> sentences = [];

    public IReadOnlyList<CardSentence> Sentences => sentences;

    /// <summary>A sentence, and the members of the card's JSON that it says.</summary>
    public void Say(string rule, string zh, string en, params IEnumerable<string> members) =>
        sentences.Add(new CardSentence(rule, new LocalName(zh, en), [.. members]));

    /// <summary>That the card has no such rule.</summary>
    public void No(string rule, string zh, string en) =>
        sentences.Add(new CardSentence(rule, new LocalName(zh, en), [], SentenceMark.NoRule));

    public void NotPublished(string rule, string zh, string en, string member) =>
        sentences.Add(new CardSentence(rule, new LocalName(zh, en), [member], SentenceMark.NotPublished));
}
