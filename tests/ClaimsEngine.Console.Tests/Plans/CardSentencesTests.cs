using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Console.Pages.Plans;

namespace ClaimsEngine.Console.Tests.Plans;

/// <summary>Every plan that comes with the engine reads as sentences, and nothing of its card is left out.</summary>
public sealed class CardSentencesTests
{
    private const string Folder = "seeds/plans/";

    private static readonly Assembly Host = Assembly.Load("ClaimsEngine.Host");

    public static TheoryData<string> Cards =>
        [.. Host.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cards))]
    public void Every_member_of_a_card_is_said_by_a_sentence(string name) => Assert.Empty(CardSentences.Unsaid(Card(name)));

    [Theory]
    [MemberData(nameof(Cards))]
    public void Another_number_in_a_card_makes_another_text(string name)
    {
        var card = Card(name);
        var before = Text(card);
        foreach (var path in Numbers(JsonNode.Parse(card.GetRawText())!, ""))
        {
            var changed = JsonNode.Parse(card.GetRawText())!;
            Change(changed, path.Split('/'));
            Assert.True(Text(JsonSerializer.SerializeToElement(changed)) != before, $"{path} changes nothing that is read");
        }
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_tells_as_many_gaps_as_it_names(string name)
    {
        var read = CardSentences.Of(Card(name));
        Assert.Equal(read.Card.NotPublished?.Count ?? 0, read.Gaps);
        Assert.True(read.Card.Assumed is null or { Count: 0 } || read.Assumed > 0);
    }

    [Fact]
    public void A_member_that_no_sentence_says_is_named()
    {
        var card = JsonNode.Parse(Card(Folder + "gansu-2025-new-employment.v1.json").GetRawText())!;
        card["prices"]![0]!["colour"] = "red";
        Assert.Throws<JsonException>(() => CardSentences.Unsaid(JsonSerializer.SerializeToElement(card)));
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_form_that_changes_nothing_leaves_the_card_as_it_was(string name)
    {
        var card = Card(name);
        var values = CardEdit.Of(card).SelectMany(group => group.Entries).ToDictionary(entry => entry.Path, entry => entry.Value ?? "");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(card.GetRawText()), CardEdit.Apply(card, values.GetValueOrDefault)));
    }

    [Fact]
    public void A_cap_that_a_form_sets_is_no_gap_any_more()
    {
        var card = Card(Folder + "yunnan-2011-hospital.v1.json");
        var after = CardSentences.Of(JsonSerializer.SerializeToElement(
            CardEdit.Apply(card, path => path == "caps.perPeriod" ? "150,000" : null)));
        Assert.Equal(Kernel.Money.Yuan(150_000), after.Card.Caps!.PerPeriod);
        Assert.DoesNotContain("caps", after.Card.NotPublished!);
    }

    [Fact]
    public void A_difference_is_told_in_sentences()
    {
        var found = SentenceDifference.Between(CardSentences.Of(Card(Folder + "fuzhou-2012-hospital.v1.json")),
            CardSentences.Of(Card(Folder + "fuzhou-2012-hospital.v2.json")));
        Assert.Contains(found, one => one.Before?.Text.Zh == "计入的费用按10%给付。" && one.After?.Text.Zh == "计入的费用按13%给付。");
    }

    private static JsonElement Card(string name)
    {
        using var json = JsonDocument.Parse(Host.GetManifestResourceStream(name)!);
        return json.RootElement.GetProperty("card").Clone();
    }

    private static string Text(JsonElement card) => string.Join("\n", CardSentences.Of(card).Sections
        .SelectMany(section => section.Sentences.Select(sentence => sentence.Text.Zh + sentence.Text.En)));

    // numbers and amounts; places in lists that name other parts of the card are no rules
    private static IEnumerable<string> Numbers(JsonNode node, string path) => node switch
    {
        JsonObject members => members.Where(member => member.Key != "format").SelectMany(member => Numbers(member.Value!, Join(path,
            member.Key))),
        JsonArray items => items.Index().SelectMany(item => Numbers(item.Item!, Join(path, $"{item.Index}"))),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number || IsAmount(value) => [path],
        _ => [],
    };

    private static bool IsAmount(JsonValue value) =>
        value.TryGetValue<string>(out var text) && text.Contains('.') && decimal.TryParse(text, out _);

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}/{member}";

    private static void Change(JsonNode node, string[] path)
    {
        var at = node;
        foreach (var part in path[..^1]) at = at is JsonArray items ? items[int.Parse(part)]! : at[part]!;
        var value = (at is JsonArray list ? list[int.Parse(path[^1])] : at[path[^1]])!.AsValue();
        JsonNode other = value.GetValueKind() == JsonValueKind.Number ? value.GetValue<int>() + 1 : "7777.00";
        if (at is JsonArray own) own[int.Parse(path[^1])] = other;
        else at[path[^1]] = other;
    }
}
