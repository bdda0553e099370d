using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Console.Parts;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>A member of a card that a form edits.</summary>
/// <param name="Path">in the card's JSON: <c>benefits.0.medical.percent</c></param>
/// <param name="Value">as it is now; null where the card has none</param>
public sealed record CardEntry(string Path, LocalName Label, FieldKind Kind, string? Value);

/// <summary>Entries under one heading of the form.</summary>
public sealed record CardEntries(LocalName Heading, IReadOnlyList<CardEntry> Entries);

/// <summary>The common parts of a card as fields of a form: names, prices, amounts, shares, days and caps. All else is edited as
/// JSON.</summary>
public static class CardEdit
{
    /// <summary>Members that are amounts in yuan, wherever they stand.</summary>
    private static readonly HashSet<string> Amounts =
        ["perUnit", "perDay", "amount", "deductible", "funeral", "perClaim", "perPeriod", "perLifetime", "upTo"];

    /// <summary>Members that may be absent and are offered all the same, by the part that would hold them.</summary>
    private static readonly (string Part, string[] Names)[] Offered =
    [
        ("eligibility", ["maxUnits"]), ("caps", ["perClaim", "perPeriod", "perUnit", "perLifetime"]),
        ("claimWindow", ["noticeDays", "applicationMonths"]),
    ];

    public static IReadOnlyList<CardEntries> Of(JsonElement json)
    {
        var card = JsonObject.Create(json)!;
        var groups = new List<CardEntries>
        {
            new(new("名称与来源", "Name and sources"),
            [
                Entry("name.zh", FieldKind.Text), Entry("name.en", FieldKind.Text), Entry("organiser", FieldKind.Text),
                new("sources", CardWords.Member("sources"), FieldKind.Area,
                    string.Join("\n", (card["sources"] as JsonArray ?? []).Select(source => $"{source}"))),
            ]),
        };
        Group("eligibility", new("参保条件", "Who may join"));
        Group("prices", new("缴费标准", "Prices"));
        Group("funding", new("各方出资", "Who pays"));
        Group("cover", new("保障期限", "Term of cover"));
        Group("waiting", new("免责期与减责期", "Waiting and reduced periods"));
        foreach (var (i, benefit) in (card["benefits"] as JsonArray ?? []).Index())
        {
            var name = CardWords.Kind($"{benefit?["kind"]}") is { } kind ? CardWords.Of(kind) : new($"{i + 1}", $"{i + 1}");
            Group($"benefits.{i}", new($"保障项目：{name.Zh}", $"Benefit: {name.En}"));
        }
        Group("caps", new("限额", "Caps"));
        Group("claimWindow", new("申领时限", "Time for claiming"));
        return groups;

        CardEntry Entry(string path, FieldKind kind) => new(path, CardWords.Place(path), kind, Node(card, path)?.ToString());

        void Group(string part, LocalName heading)
        {
            var entries = Leaves(Node(card, part), part).Select(leaf =>
                new CardEntry(leaf.Path, Label(part, leaf.Path), leaf.Kind, leaf.Value)).ToList();
            foreach (var path in Absent(card, part).Where(path => entries.All(entry => entry.Path != path)))
                entries.Add(new CardEntry(path, Label(part, path), KindOf(path), null));
            if (entries.Count > 0) groups.Add(new CardEntries(heading, entries));
        }
    }

    /// <summary>The card with what was typed; what was emptied is taken away.</summary>
    /// <param name="typed">by path; null for a field that the form did not have</param>
    public static JsonObject Apply(JsonElement json, Func<string, string?> typed)
    {
        var card = JsonObject.Create(json)!.DeepClone().AsObject();
        foreach (var entry in Of(json).SelectMany(group => group.Entries))
        {
            if (typed(entry.Path) is not { } text) continue;
            if (entry.Kind == FieldKind.Area)
                card[entry.Path] = new JsonArray([.. text.Split('\n',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(line => (JsonNode)line)]);
            else if (text.Trim() != (entry.Value ?? "")) Put(card, entry.Path, FormBody.Of([("value", entry.Kind)], _ => text)["value"]);
        }
        foreach (var part in new[] { "caps", "claimWindow" })
            if (card[part] is JsonObject { Count: 0 }) card.Remove(part);
        // what now stands in the card is not a gap any more
        if (card["caps"] is not null && card["notPublished"] is JsonArray gaps)
        {
            foreach (var gap in gaps.Where(gap => $"{gap}" == "caps").ToArray()) gaps.Remove(gap);
            if (gaps.Count == 0) card.Remove("notPublished");
        }
        return card;
    }

    private static IEnumerable<string> Absent(JsonObject card, string part)
    {
        foreach (var (own, names) in Offered)
            if (own == part) foreach (var name in names) yield return $"{part}.{name}";
        if (!part.StartsWith("benefits.", StringComparison.Ordinal)) yield break;
        if (Node(card, $"{part}.medical") is not null
            || Node(card, $"{part}.allowance") is not null) yield return $"{part}.minHospitalGrade";
        if (Node(card, $"{part}.medical") is not null) yield return $"{part}.medical.deductible";
        if (Node(card, $"{part}.allowance") is not null) yield return $"{part}.allowance.maxDays";
        yield return $"{part}.cap.perClaim";
        yield return $"{part}.cap.perPeriod";
    }

    private static IEnumerable<(string Path, FieldKind Kind, string Value)> Leaves(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject members:
                // the database keeps members in an order of its own; "from" is asked before "to"
                return members.OrderBy(member => member.Key == "to").SelectMany(member => Leaves(member.Value, $"{path}.{member.Key}"));
            case JsonArray items:
                return items.Index().SelectMany(item => Leaves(item.Item, $"{path}.{item.Index}"));
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number || IsAmount(path)
                || path.EndsWith(".clause", StringComparison.Ordinal):
                return [(path, KindOf(path), value.ToString())];
            default:
                return [];
        }
    }

    private static FieldKind KindOf(string path) => path.EndsWith(".clause", StringComparison.Ordinal) ? FieldKind.Text
        : IsAmount(path) ? FieldKind.Money : FieldKind.Number;

    private static bool IsAmount(string path)
    {
        var parts = path.Split('.');
        return Amounts.Contains(parts[^1]) || parts.Contains("byCoverTier")
            || (parts.Contains("tiers") && parts[^1] is "from" or "to" && parts[0] == "benefits")
            || path == "originals.from";
    }

    private static LocalName Label(string part, string path)
    {
        var rest = path[(part.Length + 1)..];
        // the form of a benefit is told by its members
        foreach (var form in new[] { "lumpSum.", "byGrade.", "illness.", "medical.", "allowance." })
            if (rest.StartsWith(form, StringComparison.Ordinal)) rest = rest[form.Length..];
        var parts = rest.Split('.');
        // a line of a list that has no name of its own
        if (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            var label = CardWords.Place(string.Join('.', parts[1..]));
            return new($"第{line + 1}行 · {label.Zh}", $"line {line + 1} · {label.En}");
        }
        return part == "caps" && rest == "perUnit" ? new("每份限额", "cap of each unit") : CardWords.Place(rest);
    }

    private static JsonNode? Node(JsonNode? from, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (from is JsonArray items)
                from = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < items.Count
                    ? items[place] : null;
            else from = (from as JsonObject)?[part];
        }
        return from;
    }

    private static void Put(JsonObject card, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        JsonNode at = card;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            var next = at is JsonArray items ? items[int.Parse(parts[i], CultureInfo.InvariantCulture)] : at[parts[i]];
            if (next is null)
            {
                if (value is null) return;
                at[parts[i]] = next = new JsonObject();
            }
            at = next;
        }
        if (at is JsonArray list && value is not null) list[int.Parse(parts[^1], CultureInfo.InvariantCulture)] = value.DeepClone();
        else if (at is JsonArray shorter) shorter.RemoveAt(int.Parse(parts[^1], CultureInfo.InvariantCulture));
        else if (value is null)
        {
            at.AsObject().Remove(parts[^1]);
            if (parts[^2] == "cap" && at.AsObject().Count == 0) at.Parent!.AsObject().Remove("cap");
        }
        else at[parts[^1]] = value.DeepClone();
    }
}
