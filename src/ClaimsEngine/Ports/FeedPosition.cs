using System.Globalization;

namespace ClaimsEngine.Ports;

/// <summary>
/// A place in the feed of all events. The order is (epoch, transaction, sequence): the order in which a reader that waits for running
/// transactions sees events, without gaps. As text <c>epoch.transaction.sequence</c>.
/// </summary>
public readonly record struct FeedPosition(short Epoch, ulong Transaction, long Sequence) : ITextValue<FeedPosition>, IComparable<FeedPosition>
{
    public static readonly FeedPosition Start = default;

    public int CompareTo(FeedPosition other) => (Epoch, Transaction, Sequence).CompareTo((other.Epoch, other.Transaction, other.Sequence));

    public static bool operator <(FeedPosition a, FeedPosition b) => a.CompareTo(b) < 0;
    public static bool operator >(FeedPosition a, FeedPosition b) => a.CompareTo(b) > 0;
    public static bool operator <=(FeedPosition a, FeedPosition b) => a.CompareTo(b) <= 0;
    public static bool operator >=(FeedPosition a, FeedPosition b) => a.CompareTo(b) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Transaction}.{Sequence}");

    public static bool TryParse(string text, out FeedPosition position, out string error)
    {
        position = default;
        error = "a feed position is three numbers, like 1.748.12";
        var parts = text.Split('.');
        if (parts.Length != 3
            || !short.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            || !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        position = new FeedPosition(epoch, transaction, sequence);
        return true;
    }
}
