using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Notifications;

/// <summary>The same in two languages.</summary>
public sealed record TwoTexts(string Zh, string En)
{
    /// <param name="language"><c>zh</c> or <c>en</c></param>
    public string In(string language) => language == "en" ? En : Zh;
}

/// <summary>
/// The texts of an organiser's notices (<c>seeds/notices</c>). No public text publishes them, so they are the organiser's to set; ours say
/// so under <c>assumed</c>. An organiser that has only some texts of its own takes the others of those above it.
/// </summary>
/// <param name="Region">GB/T 2260 code or prefix of the organiser; empty is the default of all</param>
/// <param name="From">the first day of events that are told in these texts</param>
/// <param name="Texts">text of each kind, with placeholders such as <c>{number}</c></param>
/// <param name="Papers">what a kind of paper is called</param>
public sealed partial record NoticeTexts(
    RegionCode Region, int Version, LocalDate From, IReadOnlyList<string> Sources, IReadOnlyList<string> Assumed,
    IReadOnlyDictionary<string, TwoTexts> Texts, IReadOnlyDictionary<string, TwoTexts> Papers)
{
    private static readonly string[] Everywhere = ["name", "number"];

    /// <summary>The placeholders that a text of each kind may have.</summary>
    private static readonly Dictionary<NoticeKind, string[]> Allowed = new()
    {
        [NoticeKind.Received] = Everywhere, [NoticeKind.ReceivedIncomplete] = [.. Everywhere, "papers"],
        [NoticeKind.PapersRequested] = [.. Everywhere, "papers", "dueOn", "note"], [NoticeKind.Approved] = [.. Everywhere, "amount"],
        [NoticeKind.ApprovedWithoutPayment] = Everywhere, [NoticeKind.Refused] = [.. Everywhere, "grounds", "dueOn"],
        [NoticeKind.RefusalUpheld] = [.. Everywhere, "grounds"], [NoticeKind.RefusalReversed] = Everywhere,
        [NoticeKind.Expired] = [.. Everywhere, "papers", "dueOn"], [NoticeKind.Paid] = [.. Everywhere, "amount"],
        [NoticeKind.TransferReturned] = [.. Everywhere, "amount"], [NoticeKind.RefundPaid] = [.. Everywhere, "amount"],
        [NoticeKind.RefundReturned] = [.. Everywhere, "amount"],
    };

    /// <summary>All versions of all organisers.</summary>
    /// <exception cref="InvalidDataException">A text has a placeholder that its kind lacks, or a default is missing.</exception>
    public static IReadOnlyList<NoticeTexts> All { get; } = Checked([.. EmbeddedData.Names("notices/")
        .Select(name => JsonSerializer.Deserialize<NoticeTexts>(EmbeddedData.Text(name), ClaimsJson.Options)!)]);

    /// <summary>The text of a notice.</summary>
    /// <param name="name">of whom it is told to</param>
    /// <param name="day">of the event, Asia/Shanghai</param>
    /// <param name="language"><c>zh</c> or <c>en</c></param>
    public static string Render(Notice notice, string name, LocalDate day, string language)
    {
        var papers = notice.Papers.Select(kind => Find(notice.Region, day, texts => texts.Papers, kind)?.In(language) ?? kind);
        var values = new Dictionary<string, string>(notice.Values)
        {
            ["name"] = name, ["papers"] = string.Join(language == "en" ? ", " : "、", papers),
        };
        var text = Find(notice.Region, day, texts => texts.Texts, Camel(notice.Kind))!.In(language);
        return Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, "")).Trim();
    }

    /// <summary>What is wrong with texts; empty when nothing is.</summary>
    public static IEnumerable<string> FaultsOf(NoticeTexts texts)
    {
        var kinds = Allowed.ToDictionary(pair => Camel(pair.Key), pair => pair.Value);
        foreach (var (kind, text) in texts.Texts)
            if (!kinds.TryGetValue(kind, out var allowed)) yield return $"there is no kind of notice {kind}";
            else
                foreach (var placeholder in Placeholder().Matches(text.Zh + text.En).Select(match => match.Groups[1].Value).Distinct())
                    if (!allowed.Contains(placeholder)) yield return $"{kind} knows no {{{placeholder}}}";
        if (texts is { Region.Level: 0, Version: 1 })
            foreach (var kind in kinds.Keys.Except(texts.Texts.Keys)) yield return $"the default has no text {kind}";
    }

    private static TwoTexts? Find(
        RegionCode region, LocalDate day, Func<NoticeTexts, IReadOnlyDictionary<string, TwoTexts>> of, string key) =>
        All.Where(texts => texts.From <= day && texts.Region.Contains(region) && of(texts).ContainsKey(key))
            .MaxBy(texts => (texts.Region.Level, texts.Version)) is { } nearest ? of(nearest)[key] : null;

    private static IReadOnlyList<NoticeTexts> Checked(IReadOnlyList<NoticeTexts> all) =>
        all.SelectMany(FaultsOf).ToArray() is { Length: > 0 } faults
            ? throw new InvalidDataException($"seeds/notices: {string.Join("; ", faults)}") : all;

    private static string Camel(NoticeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
