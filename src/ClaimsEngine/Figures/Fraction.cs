using System.Globalization;
using System.Numerics;

namespace ClaimsEngine.Figures;

/// <summary>An exact fraction of whole numbers. It is rounded once, where it is shown or becomes money.</summary>
public readonly record struct Fraction
{
    public static readonly Fraction One = new(1, 1);

    /// <param name="numerator">of any sign</param>
    /// <param name="denominator">not zero</param>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException();
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, Denominator) = (numerator / common, denominator / common);
    }

    /// <summary>In lowest terms.</summary>
    public BigInteger Numerator { get; }

    /// <summary>In lowest terms, above zero.</summary>
    public BigInteger Denominator { get; }

    /// <summary>One amount as a part of another; null where the other is 0.00, because there is no such part.</summary>
    public static Fraction? Of(Money part, Money whole) => whole.Fen == 0 ? null : new Fraction(part.Fen, whole.Fen);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>Whether this is so much or more.</summary>
    public bool IsAtLeast(Fraction other) => Numerator * other.Denominator >= other.Numerator * Denominator;

    /// <summary>So much of an amount in whole fen, a half rounded away from zero.</summary>
    /// <exception cref="OverflowException">The amount is larger than <see cref="Money"/> holds.</exception>
    public Money Times(Money amount) => new(checked((long)Rounded(Numerator * amount.Fen, Denominator)));

    /// <summary>As a decimal text, a half in the last place rounded away from zero: <c>1.005000</c>.</summary>
    /// <param name="places">digits after the point, 1 or more</param>
    public string ToString(int places)
    {
        var scaled = Rounded(Numerator * BigInteger.Pow(10, places), Denominator);
        var digits = BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(scaled.Sign < 0 ? "-" : "")}{digits[..^places]}.{digits[^places..]}";
    }

    public override string ToString() => ToString(6);

    /// <summary>Reads a plain decimal number: <c>0.8</c>, <c>1</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Fraction Of(string text)
    {
        var point = text.IndexOf('.');
        var digits = point < 0 ? text : text.Remove(point, 1);
        return new Fraction(
            BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            point < 0 ? 1 : BigInteger.Pow(10, text.Length - point - 1));
    }

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator)
    {
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        return BigInteger.Abs(rest) * 2 >= denominator ? whole + numerator.Sign : whole;
    }
}
