namespace ClaimsEngine.Rosters;

/// <summary>Keeps equal texts once: the same few reasons stand beside a million rows.</summary>
internal sealed class SharedTexts
{
    private readonly HashSet<string> texts = [];

    public string Of(string text)
    {
        if (texts.TryGetValue(text, out var known)) return known;
        texts.Add(text);
        return text;
    }
}
