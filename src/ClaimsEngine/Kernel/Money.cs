using System.Globalization;

namespace ClaimsEngine.Kernel;

/// <summary>An amount of CNY in whole fen (1 yuan = 100 fen). Arithmetic is checked: an overflow throws, it never wraps.</summary>
/// <remarks>As text a decimal string in yuan with two places, <c>"120000.00"</c>; a JSON number is never accepted.
/// Range when read from text: up to 13 digits before the point.</remarks>
public readonly record struct Money(long Fen) : ITextValue<Money>, IComparable<Money>, ISpanFormattable
{
    public static readonly Money Zero = new(0);

    public static Money Yuan(long yuan) => new(checked(yuan * 100));

    public bool IsPositive => Fen > 0;

    public static Money operator +(Money a, Money b) => new(checked(a.Fen + b.Fen));
    public static Money operator -(Money a, Money b) => new(checked(a.Fen - b.Fen));
    public static Money operator *(Money a, int times) => new(checked(a.Fen * times));
    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;
    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;
    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;
    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;

    public static Money Min(Money a, Money b) => a <= b ? a : b;
    public static Money Max(Money a, Money b) => a >= b ? a : b;
    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Zero, (sum, amount) => sum + amount);

    /// <summary>So many whole per cent of this amount, rounded to the fen, a half away from zero.</summary>
    public Money Percent(int percent)
    {
        var (whole, rest) = Math.DivRem(checked(Fen * percent), 100);
        return new Money(rest >= 50 ? whole + 1 : rest <= -50 ? whole - 1 : whole);
    }

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    public override string ToString()
    {
        Span<char> text = stackalloc char[24];
        TryFormat(text, out var length, default, null);
        return new string(text[..length]);
    }

    string IFormattable.ToString(string? format, IFormatProvider? provider) => ToString();

    /// <summary>The one form of an amount, written in place: sentences of a decision are full of amounts.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var (yuan, fen) = Math.DivRem(Fen, 100);
        charsWritten = 0;
        if (Fen < 0)
        {
            if (destination.IsEmpty) return false;
            destination[charsWritten++] = '-';
        }
        if (!Math.Abs(yuan).TryFormat(destination[charsWritten..], out var written, default, CultureInfo.InvariantCulture)) return false;
        charsWritten += written;
        if (destination.Length < charsWritten + 3) return false;
        var part = (int)Math.Abs(fen);
        destination[charsWritten++] = '.';
        destination[charsWritten++] = (char)('0' + part / 10);
        destination[charsWritten++] = (char)('0' + part % 10);
        return true;
    }

    /// <summary>Reads yuan with at most two places and no sign but a leading minus: <c>120000.00</c>, <c>0.5</c>.</summary>
    public static bool TryParse(string text, out Money value, out string error)
    {
        value = default;
        error = "an amount is a decimal string in yuan with at most two places, like \"120000.00\"";
        var digits = text.AsSpan();
        var negative = digits.StartsWith("-");
        if (negative) digits = digits[1..];
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var part = point < 0 ? [] : digits[(point + 1)..];
        if (whole.Length is 0 or > 13 || (point >= 0 && part.Length is 0 or > 2)) return false;
        if (whole.ContainsAnyExceptInRange('0', '9') || part.ContainsAnyExceptInRange('0', '9')) return false;
        var fen = long.Parse(whole, CultureInfo.InvariantCulture) * 100;
        if (part.Length > 0) fen += int.Parse(part, CultureInfo.InvariantCulture) * (part.Length == 1 ? 10 : 1);
        value = new Money(negative ? -fen : fen);
        return true;
    }
}
