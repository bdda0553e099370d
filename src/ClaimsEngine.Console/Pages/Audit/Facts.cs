using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Audit;

/// <summary>Members of views and events in words. Their types say how a value is written; where none is known its form does.</summary>
public static partial class Facts
{
    /// <summary>The type of a member of a record, or of an item of a list; null where it is not known.</summary>
    public static Type? TypeOf(Type? owner, string segment)
    {
        if (owner is null) return null;
        if (ItemOf(owner) is { } item && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return item;
        var property = owner.GetProperties().FirstOrDefault(own => JsonNamingPolicy.CamelCase.ConvertName(own.Name) == segment);
        return property is null ? null : Plain(property.PropertyType);
    }

    /// <summary>The type of a list's items; null for what is no list.</summary>
    public static Type? ItemOf(Type? type) => type is null || type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type) ? null
        : type.IsArray ? Plain(type.GetElementType()!)
        : type.IsGenericType && type.GetGenericArguments() is [var only] ? Plain(only) : null;

    /// <summary>The type at the end of a dotted path.</summary>
    public static Type? TypeAt(Type? root, string path) => path.Split('.').Aggregate(root, TypeOf);

    public static bool IsSteps(Type? type) => ItemOf(type) == typeof(Step);

    /// <summary>A dotted path in words: <c>heirs.0.share</c> → 继承人 1 份额.</summary>
    public static string Path(string path, string table, Language language) => string.Join(" ", path.Split('.')
        .Select((segment, depth) => int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? (place + 1).ToString(CultureInfo.InvariantCulture) : Heading(depth == 0 ? table : "", segment, language)));

    /// <summary>A member in words.</summary>
    /// <param name="table">whose columns its record's members are; empty for a part of another record</param>
    public static string Heading(string table, string member, Language language) =>
        language == Language.Chinese && (table.Length > 0 ? Own : Parts).TryGetValue(member, out var words)
            ? words : Show.Heading(table, member, language);

    /// <summary>Members that mean something else in a view than the column of the same name in a list.</summary>
    private static readonly Dictionary<string, string> Own = new()
    {
        ["steps"] = "计算步骤", ["account"] = "收款账户", ["member"] = "参保人", ["events"] = "订阅事件", ["lines"] = "明细", ["step"] = "环节",
        ["secondLook"] = "复查", ["returned"] = "退回的缴费", ["closed"] = "已关闭", ["years"] = "年度结转",
    };

    private static readonly Dictionary<string, string> Parts = new(Own)
    {
        ["number"] = "号码", ["name"] = "姓名或名称", ["dueOn"] = "期限", ["deadlinePassed"] = "已逾期", ["kind"] = "类别", ["code"] = "代码",
        ["left"] = "剩余", ["paid"] = "已缴", ["plan"] = "计划",
    };

    /// <summary>Digests are long; their beginning is enough to compare by eye, and the record holds all of it.</summary>
    public static bool IsDigest(string member) => member is "sha256" or "sentSha256" or "seal";

    /// <summary>Whether a member of a part of a record only names the part inside the engine.</summary>
    public static bool IsInner(string member) => member is "id" or "contentId";

    /// <summary>A value that is no object and no list.</summary>
    /// <param name="member">the member's own name</param>
    public static string Text(JsonElement value, string member, Type? type, Language language)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True: return language.Of("是", "Yes");
            case JsonValueKind.False: return language.Of("否", "No");
            case JsonValueKind.Null or JsonValueKind.Undefined: return "—";
            case JsonValueKind.Number:
                return value.TryGetInt64(out var number) && type != typeof(int) ? Show.Number(number) : value.GetRawText();
            case JsonValueKind.String: return Text(value.GetString()!, member, type, language);
            default: return value.GetRawText();
        }
    }

    private static string Text(string text, string member, Type? type, Language language)
    {
        if (type is { IsEnum: true }) return Show.Word(type, text, language);
        if (type == typeof(RegionCode) && RegionCode.TryParse(text, out var region, out _)) return Show.Region(region, language);
        if (type == typeof(Occupation) && language == Language.Chinese && Occupation.TryParse(text, out var occupation, out _))
            return occupation.ChineseName;
        if (type == typeof(Instant) || MomentForm().IsMatch(text))
            return NodaTime.Text.InstantPattern.ExtendedIso.Parse(text) is { Success: true } at ? Show.Moment(at.Value) : text;
        if (type == typeof(Money) || type is null && AmountForm().IsMatch(text)) return Show.Money(text);
        if (member is "idNumber" || NumberForm().IsMatch(text)) return Show.Masked(text);
        if (IsDigest(member) && text.Length > 16) return text[..12] + "…";
        if (member is "phone") return Phone(text);
        if (member is "birthDate") return "****-**-**";   // it is what the mask of the number hides
        if (type == typeof(string) && WordForm().IsMatch(text) && language == Language.Chinese) return Texts.Chinese(text) ?? text;
        return text;
    }

    /// <summary>The differences with whole objects and lists taken apart, so that each line is one value.</summary>
    /// <param name="root">the type of what differs. A step of a computation is one line: its sentence.</param>
    public static IEnumerable<FieldDifference> Leaves(IEnumerable<FieldDifference> differences, Type? root, Language language)
    {
        var sentence = language.Of("textZh", "text");
        foreach (var difference in differences)
        {
            var (before, after) = (Flat(difference.Path, difference.Before), Flat(difference.Path, difference.After));
            foreach (var path in after.Keys.Union(before.Keys).Where(path => !IsHidden(path)))
                yield return new FieldDifference(IsStep(path) ? path[..path.LastIndexOf('.')] : path, Of(before, path), Of(after, path));
        }

        bool IsHidden(string path)
        {
            if (path.LastIndexOf('.') is not (> 0 and var dot)) return false;
            return IsInner(path[(dot + 1)..]) || (IsStep(path) && path[(dot + 1)..] != sentence);
        }

        bool IsStep(string path) => path.LastIndexOf('.') is > 0 and var dot && TypeAt(root, path[..dot]) == typeof(Step);

        static JsonElement? Of(Dictionary<string, JsonElement> values, string path) =>
            values.TryGetValue(path, out var value) ? value : null;
    }

    /// <summary>An event's data as indented JSON, with the numbers of people and accounts masked.</summary>
    public static string Json(JsonElement data)
    {
        var text = JsonSerializer.Serialize(data, Indented);
        text = QuotedNumber().Replace(text, match => $"\"{Show.Masked(match.Groups[1].Value)}\"");
        return PhoneMember().Replace(text, match => $"{match.Groups[1].Value}\"{Phone(match.Groups[2].Value)}\"");
    }

    /// <summary><c>139****0001</c></summary>
    private static string Phone(string number) => number.Length < 8
        ? new string('*', number.Length) : $"{number[..3]}{new string('*', number.Length - 7)}{number[^4..]}";

    private static readonly JsonSerializerOptions Indented = new(ClaimsJson.Options) { WriteIndented = true };

    private static Dictionary<string, JsonElement> Flat(string path, JsonElement? value)
    {
        var leaves = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (value is { } some) Put(path, some);
        return leaves;

        void Put(string at, JsonElement of)
        {
            if (of.ValueKind == JsonValueKind.Object)
                foreach (var member in of.EnumerateObject()) Put($"{at}.{member.Name}", member.Value);
            else if (of.ValueKind == JsonValueKind.Array)
                foreach (var (place, item) in of.EnumerateArray().Index()) Put($"{at}.{place}", item);
            else if (of.ValueKind != JsonValueKind.Null) leaves[at] = of;
        }
    }

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    private static partial Regex MomentForm();

    [GeneratedRegex(@"^-?\d+\.\d\d$")]
    private static partial Regex AmountForm();

    // identity numbers and bank accounts
    [GeneratedRegex(@"^\d{14,29}[\dX]$")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^[a-z][A-Za-z-]*$")]
    private static partial Regex WordForm();

    [GeneratedRegex(@"""(\d{14,29}[\dX])""")]
    private static partial Regex QuotedNumber();

    [GeneratedRegex(@"(""phone"": )""([^""]+)""")]
    private static partial Regex PhoneMember();
}
