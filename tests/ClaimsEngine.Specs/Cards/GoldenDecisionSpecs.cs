using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ClaimsEngine.Specs;

/// <summary>
/// What an interpreter decided once, it decides for ever, to the byte. Each file holds an interpreter, a card (of a seeded
/// plan's version, or its own), facts and the assessment. Those of <c>lump-sum/1</c> were written by the code that first decided in it;
/// when a text must change, an interpreter gets a new name.
/// </summary>
public class GoldenDecisionSpecs
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), NewLine = "\n" };

    private static readonly string Folder = Repository.Seeds("decisions");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_decision_is_made_again_to_the_byte(string file)
    {
        var golden = Read(file);
        var card = golden.Card ?? Cards.Plan(golden.Plan).Version(golden.Version)!.Json;
        Assert.Equal(golden.RuleHash, CardReading.Hash(card));
        var (assessment, refusal) = Adjudication.Assess(golden.Interpreter, CardReading.OfRecord(card), golden.Facts);
        Assert.Null(refusal);
        Assert.Equal(Repository.Json(Path.Combine(Folder, file))["assessment"]!.ToJsonString(ClaimsJson.Options),
            JsonSerializer.Serialize(assessment, ClaimsJson.Options));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_facts_are_read_and_written_again_the_same(string file) =>
        Assert.Equal(Repository.Json(Path.Combine(Folder, file))["facts"]!.ToJsonString(ClaimsJson.Options),
            JsonSerializer.Serialize(Read(file).Facts, ClaimsJson.Options));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_stands_in_the_folder_of_its_interpreter_and_is_written_as_all_are(string file)
    {
        Assert.Equal(Read(file).Interpreter.Replace('/', '-'), Path.GetDirectoryName(file));
        var path = Path.Combine(Folder, file);
        Assert.Equal(Repository.Json(path).ToJsonString(Indented) + "\n", File.ReadAllText(path));
    }

    [Fact]
    public void Every_interpreter_has_decisions()
    {
        var folders = Directory.GetDirectories(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(new[] { LumpSum1.Interpreter, PlanRules1.Interpreter, PlanRules2.Interpreter }.Select(name => name.Replace('/', '-')),
            folders);
    }

    [Fact]
    public void Every_benefit_of_a_seeded_card_whose_numbers_are_published_has_one()
    {
        var decided = Files.Select(row => Read(row.Data)).Where(golden => golden.Card is null)
            .Select(golden => (golden.Plan, golden.Version, golden.Facts.Kind)).ToHashSet();
        Assert.All(Cards.Codes, code => Assert.All(Cards.Plan(code).Versions, version => Assert.All(version.Card.Benefits, benefit =>
            Assert.True(Cards.MinimalQuote(code, version.Number, benefit.Kind).Quote is null
                || decided.Contains((code, version.Number, benefit.Kind)),
                $"no golden decision for {benefit.Kind} of {code}, version {version.Number}"))));
    }

    [Fact]
    public void Another_interpreters_name_computes_nothing() =>
        Assert.Throws<ArgumentException>(() =>
            Adjudication.Assess("plan-rules/0", Cards.Card("hubei-2025-hospital"), Read(Files.First().Data).Facts));

    private static Golden Read(string file) =>
        JsonSerializer.Deserialize<Golden>(File.ReadAllText(Path.Combine(Folder, file)), ClaimsJson.Options)!;

    /// <param name="Card">null for a seeded plan's version</param>
    private sealed record Golden(
        string Interpreter, string Plan, int Version, string RuleHash, CaseFacts Facts, JsonElement Assessment, JsonElement? Card = null);
}
