using System.Globalization;
using System.Xml.Linq;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Parts.Charts;

/// <summary>
/// Draws a chart as one SVG element that needs no stylesheet, so that the picture on the page and the file are the same. Colours differ in
/// lightness as well, and every bar has an outline: the print in black and white is as legible.
/// </summary>
public static class ChartDrawing
{
    private const double Width = 860, Left = 92, Right = 18, PlotHeight = 240, FontSize = 12;
    private const string Ink = "#1f1f1f", Quiet = "#595959", Grid = "#d0d5db";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // from dark to light and apart in hue
    private static readonly string[] Fills = ["#12355b", "#e3a857", "#3d86c6", "#f5e3bf", "#a3471a", "#b7d7f0"];

    public static XElement Of(ChartData data, ChartKind kind, Language language)
    {
        var (low, high) = Range(data, kind);
        var step = StepOf(high - low);
        (low, high) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        if (high == low) high = low + step;
        var legend = data.Series.Count > 1 ? Legend(data.Series, kind == ChartKind.Lines ? Strokes : Fills) : (Elements: [], Height: 0d);
        var top = 40 + legend.Height;
        var slot = (Width - Left - Right) / Math.Max(1, data.Places.Count);
        var slanted = data.Places.Count > 0 && data.Places.Max(TextWidth) > slot - 6;
        var below = slanted ? Math.Min(110, 26 + data.Places.Max(TextWidth) * .64) : 30;
        var picture = new XElement(Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Text(Width)} {Text(top + PlotHeight + below)}"), new XAttribute("role", "img"),
            new XAttribute("aria-label", Sentence(data, language)), new XAttribute("width", Text(Width)),
            new XAttribute("height", Text(top + PlotHeight + below)),
            new XAttribute("font-family", "'Noto Sans CJK SC', 'Microsoft YaHei', SimHei, sans-serif"),
            new XAttribute("font-size", Text(FontSize)),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#ffffff")),
            Word(data.Title, 8, 20, "start", 15, Ink, bold: true),
            legend.Elements);

        double Y(decimal value) => top + PlotHeight - (double)((value - low) / (high - low)) * PlotHeight;

        picture.Add(Word(data.Unit, Left - 8, top - 8, "end", 11, Quiet));
        for (var tick = low; tick <= high; tick += step)
            picture.Add(Line(Left, Y(tick), Width - Right, Y(tick), tick == 0 ? Ink : Grid),
                Word(Short(tick, language), Left - 8, Y(tick) + 4, "end", FontSize, Quiet));
        foreach (var (nth, place) in data.Places.Index())
            picture.Add(PlaceName(place, Left + slot * (nth + .5), top + PlotHeight + 18, slanted));
        picture.Add(kind == ChartKind.Lines ? Lines(data, slot, Y, language) : Bars(data, kind, slot, Y, language));
        return picture;
    }

    /// <summary>The picture as an address that a link can save.</summary>
    public static string Address(XElement picture) =>
        "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(picture.ToString(SaveOptions.DisableFormatting)));

    /// <summary>A number as short as an axis wants it: <c>12万</c>, <c>1.2m</c>.</summary>
    public static string Short(decimal value, Language language)
    {
        var size = Math.Abs(value);
        var (unit, word) = language == Language.Chinese
            ? size >= 100_000_000 ? (100_000_000m, "亿") : size >= 10_000 ? (10_000m, "万") : (1m, "")
            : size >= 1_000_000 ? (1_000_000m, "m") : size >= 10_000 ? (1_000m, "k") : (1m, "");
        return (value / unit).ToString(size / unit < 100 ? "#,##0.##" : "#,##0", CultureInfo.InvariantCulture) + word;
    }

    private static (decimal Low, decimal High) Range(ChartData data, ChartKind kind)
    {
        decimal[] values = kind == ChartKind.StackedBars
            ? [.. Enumerable.Range(0, data.Places.Count).SelectMany(nth => (decimal[])[Stack(data, nth, above: true), Stack(data, nth, above: false)])]
            : [.. data.Series.SelectMany(series => series.Values).OfType<decimal>()];
        return (Math.Min(0, values.Append(0).Min()), Math.Max(values.Append(0).Max(), 0));
    }

    private static decimal Stack(ChartData data, int place, bool above) =>
        data.Series.Sum(series => series.Values[place] is { } value && value > 0 == above ? value : 0);

    /// <summary>1, 2 or 5 of a power of ten: four to eight lines.</summary>
    private static decimal StepOf(decimal span)
    {
        if (span <= 0) return 1;
        var power = 1m;
        while (power * 10 <= span / 5) power *= 10;
        while (power > span / 5 && power > .01m) power /= 10;
        foreach (var times in (int[])[1, 2, 5, 10])
            if (span / (power * times) <= 6) return power * times;
        return power * 10;
    }

    private static IEnumerable<XElement> Bars(ChartData data, ChartKind kind, double slot, Func<decimal, double> y, Language language)
    {
        var stacked = kind == ChartKind.StackedBars;
        var across = Math.Min(slot * .72, 90 * (stacked ? 1 : data.Series.Count));
        var one = stacked ? across : across / Math.Max(1, data.Series.Count);
        foreach (var (nth, place) in data.Places.Index())
        {
            var (up, down) = (0m, 0m);
            var from = Left + slot * (nth + .5) - across / 2;
            foreach (var (row, series) in data.Series.Index())
            {
                if (series.Values[nth] is not { } value || (stacked && value == 0)) continue;
                var begin = stacked ? value > 0 ? up : down : 0;
                if (stacked && value > 0) up += value;
                else if (stacked) down += value;
                var (a, b) = (y(begin), y(begin + value));
                var x = stacked ? from : from + one * row;
                yield return new XElement(Svg + "rect",
                    new XAttribute("x", Text(x)), new XAttribute("y", Text(Math.Min(a, b))), new XAttribute("width", Text(one)),
                    new XAttribute("height", Text(Math.Abs(a - b))), new XAttribute("fill", Fills[row % Fills.Length]),
                    new XAttribute("stroke", Ink), new XAttribute("stroke-width", "0.75"), Told(place, series, value, data.Unit));
                if (!stacked && one >= TextWidth(Short(value, language)))
                    yield return Word(Short(value, language), x + one / 2, Math.Min(a, b) - 4, "middle", 11, Ink);
            }
            var all = up + down;
            if (stacked && (up != 0 || down != 0) && slot >= TextWidth(Short(all, language)))
                yield return Word(Short(all, language), Left + slot * (nth + .5), y(up) - 4, "middle", 11, Ink);
        }
    }

    // A line of its own dashes for each series: without colours they are told apart too.
    private static readonly string[] Dashes = ["", "7 4", "2 3", "10 3 2 3", "4 2", "1 2"];
    private static readonly string[] Strokes = ["#12355b", "#a3471a", "#2a6f45", "#3d86c6", "#6b4f00", "#5a5a5a"];

    private static IEnumerable<XElement> Lines(ChartData data, double slot, Func<decimal, double> y, Language language)
    {
        foreach (var (row, series) in data.Series.Index())
        {
            (double X, double Y, decimal Value, string Place)[] points = [.. series.Values.Index().Where(pair => pair.Item is not null)
                .Select(pair => (Left + slot * (pair.Index + .5), y(pair.Item!.Value), pair.Item.Value, data.Places[pair.Index]))];
            yield return new XElement(Svg + "polyline",
                new XAttribute("points", string.Join(' ', points.Select(point => $"{Text(point.X)},{Text(point.Y)}"))),
                new XAttribute("fill", "none"), new XAttribute("stroke", Strokes[row % Strokes.Length]), new XAttribute("stroke-width", "2"),
                Dashes[row % Dashes.Length] is { Length: > 0 } dashes ? new XAttribute("stroke-dasharray", dashes) : null);
            foreach (var point in points)
                yield return new XElement(Svg + "circle",
                    new XAttribute("cx", Text(point.X)), new XAttribute("cy", Text(point.Y)), new XAttribute("r", "3.5"),
                    new XAttribute("fill", Strokes[row % Strokes.Length]), Told(point.Place, series, point.Value, data.Unit));
            if (points.Length > 0 && data.Series.Count == 1 && slot >= 48)
                foreach (var point in points)
                    yield return Word(Short(point.Value, language), point.X, point.Y - 8, "middle", 11, Ink);
        }
    }

    private static (XElement[] Elements, double Height) Legend(IReadOnlyList<ChartSeries> series, string[] colours)
    {
        var elements = new List<XElement>();
        var (x, y) = (8d, 34d);
        foreach (var (row, one) in series.Index())
        {
            var wide = TextWidth(one.Name) + 34;
            if (x + wide > Width - Right && x > 8) (x, y) = (8, y + 18);
            elements.Add(new XElement(Svg + "rect",
                new XAttribute("x", Text(x)), new XAttribute("y", Text(y)), new XAttribute("width", "14"), new XAttribute("height", "12"),
                new XAttribute("fill", colours[row % colours.Length]), new XAttribute("stroke", Ink), new XAttribute("stroke-width", "0.75")));
            elements.Add(Word(one.Name, x + 20, y + 10, "start", FontSize, Ink));
            x += wide;
        }
        return ([.. elements], y - 34 + 22);
    }

    private static XElement PlaceName(string place, double x, double y, bool slanted)
    {
        var word = Word(place, x, y, slanted ? "end" : "middle", FontSize, Ink);
        if (slanted) word.Add(new XAttribute("transform", $"rotate(-38 {Text(x)} {Text(y)})"));
        return word;
    }

    private static XElement Told(string place, ChartSeries series, decimal value, string unit) => new(Svg + "title",
        $"{place}{(series.Name.Length > 0 ? " · " + series.Name : "")}: {value.ToString("#,##0.##", CultureInfo.InvariantCulture)} {unit}");

    private static XElement Word(string text, double x, double y, string anchor, double size, string colour, bool bold = false) =>
        new(Svg + "text", new XAttribute("x", Text(x)), new XAttribute("y", Text(y)), new XAttribute("text-anchor", anchor),
            new XAttribute("font-size", Text(size)), new XAttribute("fill", colour), bold ? new XAttribute("font-weight", "600") : null, text);

    private static XElement Line(double x1, double y1, double x2, double y2, string colour) => new(Svg + "line",
        new XAttribute("x1", Text(x1)), new XAttribute("y1", Text(y1)), new XAttribute("x2", Text(x2)), new XAttribute("y2", Text(y2)),
        new XAttribute("stroke", colour));

    // What is read out instead of looking: the title and where the highest value stands. The table beside it has them all.
    private static string Sentence(ChartData data, Language language)
    {
        var values = data.Series.SelectMany(series => series.Values.Index().Where(pair => pair.Item is not null)
            .Select(pair => (Place: data.Places[pair.Index], series.Name, Value: pair.Item!.Value))).ToArray();
        if (values.Length == 0) return language.Of($"{data.Title}：没有数据", $"{data.Title}: no data");
        var most = values.MaxBy(cell => cell.Value);
        var number = most.Value.ToString("#,##0.##", CultureInfo.InvariantCulture);
        var where = most.Name.Length > 0 ? $"{most.Place} · {most.Name}" : most.Place;
        return language.Of(
            $"{data.Title}：共 {data.Places.Count} 项，最大为 {where}，{number} {data.Unit}。全部数值见下表",
            $"{data.Title}: {data.Places.Count} places, the highest is {where} with {number} {data.Unit}. The table below has all values");
    }

    private static double TextWidth(string text) => text.Sum(letter => letter > '\u2e7f' ? FontSize : FontSize * .6);

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
