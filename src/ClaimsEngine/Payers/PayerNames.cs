namespace ClaimsEngine.Payers;

/// <summary>The words by which funding names the member's own share (<c>seeds/payers/own-share.csv</c>). Whatever else funding names is an
/// organisation.</summary>
public static class PayerNames
{
    private static readonly HashSet<string> Own = [.. EmbeddedData.Lines("own-share.csv")];

    /// <summary>Whether the payer is the member himself: the name, or what stands before its words in parentheses, is one of the
    /// list.</summary>
    public static bool IsMember(string payer) =>
        Own.Contains(payer) || (payer.IndexOf(" (", StringComparison.Ordinal) is > 0 and var end && Own.Contains(payer[..end]));
}
