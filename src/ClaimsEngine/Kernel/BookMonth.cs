using System.Globalization;

namespace ClaimsEngine.Kernel;

/// <summary>A calendar month of the books, <c>2025-11</c>, in Asia/Shanghai; of the years 1900 to 2999.</summary>
public readonly record struct BookMonth(int Year, int Month) : ITextValue<BookMonth>, IComparable<BookMonth>
{
    public static BookMonth Of(LocalDate day) => new(day.Year, day.Month);

    public LocalDate LastDay => new LocalDate(Year, Month, 1).PlusMonths(1).PlusDays(-1);

    public BookMonth Next => Month == 12 ? new BookMonth(Year + 1, 1) : new BookMonth(Year, Month + 1);

    public BookMonth Before => Month == 1 ? new BookMonth(Year - 1, 12) : new BookMonth(Year, Month - 1);

    public static BookMonth Later(BookMonth a, BookMonth b) => a > b ? a : b;

    public static bool operator <(BookMonth a, BookMonth b) => a.CompareTo(b) < 0;
    public static bool operator >(BookMonth a, BookMonth b) => a.CompareTo(b) > 0;
    public static bool operator <=(BookMonth a, BookMonth b) => a.CompareTo(b) <= 0;
    public static bool operator >=(BookMonth a, BookMonth b) => a.CompareTo(b) >= 0;

    public int CompareTo(BookMonth other) => (Year, Month).CompareTo((other.Year, other.Month));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    /// <exception cref="FormatException">The text is no such month.</exception>
    public static BookMonth Of(string text) => TryParse(text, out var month, out var error) ? month : throw new FormatException(error);

    public static bool TryParse(string text, out BookMonth value, out string error)
    {
        value = default;
        error = "a month is written like 2025-11";
        if (text.Length != 7 || text[4] != '-' || text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9')
            || text.AsSpan(5).ContainsAnyExceptInRange('0', '9')) return false;
        value = new BookMonth(int.Parse(text.AsSpan(0, 4), CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(5), CultureInfo.InvariantCulture));
        return value.Year is >= 1900 and <= 2999 && value.Month is >= 1 and <= 12;
    }
}
