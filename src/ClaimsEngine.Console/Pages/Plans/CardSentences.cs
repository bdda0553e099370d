using System.Text.Json;
using System.Text.RegularExpressions;
using ClaimsEngine.Plans;
using static ClaimsEngine.Console.Pages.Plans.CardWords;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>A plan card as a page of sentences, in Chinese and English. Pure: the same card always reads the same.</summary>
public sealed partial class CardSentences
{
    private CardSentences(PlanCard card, IReadOnlyList<CardSection> sections) => (Card, Sections) = (card, sections);

    public PlanCard Card { get; }

    /// <summary>The parts in the order in which a member would ask for them; the sources come last.</summary>
    public IReadOnlyList<CardSection> Sections { get; }

    /// <summary>How many rules the source does not publish.</summary>
    public int Gaps => Sections.Sum(section => section.Sentences.Count(sentence => sentence.Mark == SentenceMark.NotPublished));

    /// <summary>How many sentences rest on an assumption.</summary>
    public int Assumed => Sections.Sum(section => section.Sentences.Count(sentence => sentence.IsAssumed));

    /// <summary>How many remarks tell how a published text was read.</summary>
    public int ReadingCount => Remarks.Where(remark => remark is { IsAssumed: false, IsReplaced: false }).Distinct().Count();

    public int Count => Sections.Sum(section => section.Sentences.Count);

    private IEnumerable<CardRemark> Remarks => Sections.SelectMany(section =>
        section.Remarks.Concat(section.Sentences.SelectMany(sentence => sentence.Remarks)));

    public static CardSentences Of(PlanCard card)
    {
        var sections = new List<CardSection>();
        Add("about", new("计划", "The plan"), JoiningSentences.About);
        Add("eligibility", new("谁可以参加", "Who may join"), JoiningSentences.Eligibility);
        Add("coverTiers", new("保障档次", "Tiers of cover"), JoiningSentences.Tiers);
        Add("prices", new("缴费标准", "What it costs"), JoiningSentences.Prices);
        Add("funding", new("由谁出资", "Who pays"), JoiningSentences.Funding);
        Add("cover", new("保障期限", "Term of cover"), JoiningSentences.Cover);
        Add("waiting", new("免责期与减责期", "Waiting and reduced periods"), ClaimSentences.Waiting);
        for (var i = 0; i < card.Benefits.Count; i++)
        {
            var (place, benefit) = (i, card.Benefits[i]);
            var name = CardWords.Of(benefit.Kind);
            Add($"benefits.{Code(benefit.Kind)}", new($"保障项目：{name.Zh}", $"Benefit: {name.En}"),
                (whole, to) => BenefitSentences.Of(whole, benefit, place, to), benefit.Clause,
                $"benefits.{i}.kind", $"benefits.{i}.clause");
        }
        foreach (var path in (card.NotPublished ?? []).Where(path => path.StartsWith("benefits.", StringComparison.Ordinal)))
            if (path.Split('.')[1] is var code && sections.All(section => section.Key != $"benefits.{code}") && Kind(code) is { } kind)
                Add($"benefits.{code}", new($"保障项目：{CardWords.Of(kind).Zh}", $"Benefit: {CardWords.Of(kind).En}"), (_, _) => { });
        Add("caps", new("限额", "Caps"), ClaimSentences.Caps);
        Add("notBoth", new("不兼得的项目", "Benefits that exclude each other"), ClaimSentences.NotBoth);
        Add("exclusions", new("除外责任", "Exclusions"), ClaimSentences.Exclusions);
        Add("coordination", new("与其他补助的关系", "What others have paid"), ClaimSentences.Coordination);
        Add("documents", new("申领材料", "Papers for a claim"), ClaimSentences.Documents);
        Add("claimWindow", new("申领时限", "Time for claiming"), ClaimSentences.Window);
        Add("review", new("由谁审批", "Who decides"), ClaimSentences.Review);
        Add("refund", new("期满返还", "Paying back at expiry"), ClaimSentences.Refund);
        Add("sources", new("来源", "Sources"), SaySources);
        return new CardSentences(card, CardRemarks.Attach(card, sections));

        void Add(string key, LocalName heading, Action<PlanCard, CardWriter> write, string? clause = null, params string[] members)
        {
            var to = new CardWriter();
            write(card, to);
            SayGaps(card, key, to);
            sections.Add(new CardSection(key, heading, to.Sentences, clause, key is "about" or "sources"
                || to.Sentences.All(sentence => sentence.Mark == SentenceMark.NoRule) ? [] : SourcesOf(card, key, clause))
            {
                Members = members,
            });
        }
    }

    /// <summary>The same of a card as it was published, in whatever format.</summary>
    /// <exception cref="JsonException">It was never a card.</exception>
    public static CardSentences Of(JsonElement json) => Of(CardReading.OfRecord(json));

    /// <summary>Members of a card that no sentence says. Empty for every card: what is stored is also read.</summary>
    /// <param name="json">as it was published; a card of an older format is looked at in today's form</param>
    public static IReadOnlyList<string> Unsaid(JsonElement json)
    {
        var read = Of(json);
        var whole = json.GetProperty("format").GetInt32() == CardReading.Format
            ? json : JsonSerializer.SerializeToElement(read.Card, ClaimsJson.Options);
        var said = read.Sections.SelectMany(section => section.Members.Concat(section.Sentences.SelectMany(sentence => sentence.Members)))
            .ToHashSet();
        return [.. Leaves(whole, "").Where(leaf => !said.Contains(leaf.Path) && !IsDefault(leaf.Value)).Select(leaf => leaf.Path)];
    }

    // "false" and an empty list stand where the card has no such rule, and that is said by a sentence of its own
    private static bool IsDefault(JsonElement value) =>
        value.ValueKind == JsonValueKind.False || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static IEnumerable<(string Path, JsonElement Value)> Leaves(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Leaves(member.Value, Join(path, member.Name))),
        JsonValueKind.Array when json.GetArrayLength() > 0 =>
            json.EnumerateArray().SelectMany((item, i) => Leaves(item, Join(path, $"{i}"))),
        _ => [(path, json)],
    };

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private static void SaySources(PlanCard card, CardWriter to)
    {
        for (var i = 0; i < card.Sources.Count; i++)
            to.Say($"sources.{i}", card.Sources[i], card.Sources[i], $"sources.{i}");
    }

    /// <summary>What the source does not publish of a part.</summary>
    private static void SayGaps(PlanCard card, string key, CardWriter to)
    {
        for (var i = 0; i < (card.NotPublished?.Count ?? 0); i++)
        {
            var path = card.NotPublished![i];
            if (!Belongs(path, key)) continue;
            // in its own part, a gap need not name the part again
            var place = path.StartsWith(key + ".", StringComparison.Ordinal) && key != "waiting" ? Place(path, key) : Place(path);
            if (path == key && key.StartsWith("benefits.", StringComparison.Ordinal))
                to.NotPublished(path, "来源只公布有此项保障，没有公布给付标准：遇此项申领，系统不作计算并说明缘由。",
                    "The source publishes only that this benefit exists, not what it pays: "
                        + "a claim for it is not computed, and is told why.",
                    $"notPublished.{i}");
            else to.NotPublished(path, $"{place.Zh}：原文没有写明。", $"{Upper(place.En)}: the source does not say it.", $"notPublished.{i}");
        }
    }

    /// <summary>Whether a path is of a part; what fits no part belongs to the first.</summary>
    internal static bool Belongs(string path, string key) => path == key || path.StartsWith(key + ".", StringComparison.Ordinal)
        || (key == "documents" && path.Split('.')[0] == "originals")
        || (key == "about"
            && path.Split('.')[0] is "name" or "organiser" or "format" or "notPublished" or "assumed" or "readings" or "benefits"
            && (path.Split('.')[0] != "benefits" || path == "benefits"));

    /// <summary>The numbers of the sources that a text names by their marks (S10, F22), or those of the whole part.</summary>
    internal static IReadOnlyList<int> SourcesOf(PlanCard card, string key, string? text)
    {
        var marks = Mark().Matches(text ?? "").Select(match => match.Value).Where(mark => mark[0] != 'P').ToHashSet();
        var named = Numbers(source => Mark().Matches(source).Any(match => marks.Contains(match.Value)));
        if (named.Count > 0) return named;
        return key == "documents" ? Numbers(OfPapers) : Numbers(source => !OfPapers(source));

        IReadOnlyList<int> Numbers(Func<string, bool> fits) =>
            [.. card.Sources.Index().Where(pair => fits(pair.Item)).Select(pair => pair.Index + 1)];
    }

    private static bool OfPapers(string source) => source.Contains("documents", StringComparison.Ordinal);

    [GeneratedRegex(@"\b[A-Z]\d{1,3}\b")]
    private static partial Regex Mark();
}
