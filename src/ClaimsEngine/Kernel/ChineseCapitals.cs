using System.Text;

namespace ClaimsEngine.Kernel;

/// <summary>
/// An amount in capital numerals (大写), as it stands on Chinese vouchers: 壹拾贰万元整. By the rules of the People's Bank for filling in
/// vouchers (支付结算办法, annex 1): 整 follows where nothing follows the yuan, and after jiao where no fen follow; never after fen. One 零
/// stands for any run of zeros between digits; before qian or jiao, where the rules leave it free, it is left out.
/// </summary>
public static class ChineseCapitals
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";

    private static readonly string[] Places = ["仟", "佰", "拾", ""];

    /// <param name="amount">0.00 or more</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is below 0.00.</exception>
    public static string Of(Money amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Fen);
        var (yuan, (jiao, fen)) = (amount.Fen / 100, Math.DivRem(amount.Fen % 100, 10));
        var text = new StringBuilder(yuan > 0 ? $"{Whole(yuan)}元" : jiao + fen == 0 ? "零元" : "");
        if (jiao > 0) text.Append(Digits[(int)jiao]).Append('角');
        else if (yuan > 0 && fen > 0) text.Append('零');
        return (fen > 0 ? text.Append(Digits[(int)fen]).Append('分') : text.Append('整')).ToString();
    }

    /// <param name="number">above 0</param>
    private static string Whole(long number)
    {
        foreach (var (unit, name) in ((long, string)[])[(100_000_000, "亿"), (10_000, "万")])
        {
            var (above, below) = Math.DivRem(number, unit);
            if (above == 0) continue;
            return Whole(above) + name + (below == 0 ? "" : (below < unit / 10 ? "零" : "") + Whole(below));
        }
        var text = new StringBuilder();
        var skipped = false;
        for (var (place, divisor) = (0, 1000); place < 4; place++, divisor /= 10)
        {
            var digit = (int)(number / divisor % 10);
            if (digit == 0)
            {
                skipped = text.Length > 0;
                continue;
            }
            if (skipped) text.Append('零');
            skipped = false;
            text.Append(Digits[digit]).Append(Places[place]);
        }
        return text.ToString();
    }
}
