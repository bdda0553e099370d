using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClaimsEngine.Claims;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Letters;

/// <summary>Which text a letter has.</summary>
public enum LetterForm
{
    Declined,
    Approved,

    /// <summary>Approved, and nothing is paid: the claim counts toward a deductible.</summary>
    Counted,

    AppealUpheld,
    AppealReversed,

    /// <summary>A request for papers.</summary>
    Supplement,
}

/// <summary>
/// An organiser's letters in Chinese, as data (<c>seeds/letters</c>). A paragraph names what stands in the case in braces,
/// <c>{reason}</c>; a paragraph of which a value is absent in the case is left out. <c>{steps}</c>, <c>{papers}</c> and <c>{payees}</c>
/// are paragraphs of their own. No public text fixes the words: they are ours, and the file says so under <c>assumed</c>.
/// </summary>
/// <param name="Region">GB/T 2260 code or prefix of the organiser; empty is the default of all</param>
/// <param name="From">the first day of decisions that these letters tell of</param>
/// <param name="Office">what signs, by its <c>{region}</c></param>
/// <param name="Superseded">stands above a letter of a decision that no longer holds</param>
/// <param name="Papers">kinds of documents by their codes; a kind without a name is shown by its code</param>
public sealed partial record LetterTemplates(
    RegionCode Region, int Version, LocalDate From, IReadOnlyList<string> Sources, IReadOnlyList<string> Assumed, string Office,
    string Superseded, IReadOnlyDictionary<LetterForm, LetterTemplate> Letters, IReadOnlyDictionary<IncidentKind, string> Incidents,
    IReadOnlyDictionary<Severity, string> Severities, IReadOnlyDictionary<Relation, string> Relations,
    IReadOnlyDictionary<string, string> Papers)
{
    /// <summary>Values that stand alone in their paragraph.</summary>
    public static readonly FrozenSet<string> Blocks = FrozenSet.Create("steps", "papers", "payees");

    private static readonly string[] OfEveryLetter =
        ["claimant", "member", "number", "certificate", "plan", "planVersion", "incident", "submittedOn", "office", "day"];

    private static readonly FrozenDictionary<LetterForm, string[]> Known = new Dictionary<LetterForm, string[]>
    {
        [LetterForm.Declined] =
            ["reason", "clause", "exclusions", "assessed", "steps", "appealTime", "appealUntil", "appealTo"],
        [LetterForm.Approved] = ["reason", "amount", "amountInWords", "assessed", "steps", "payees"],
        [LetterForm.Counted] = ["reason", "assessed", "steps"],
        [LetterForm.AppealUpheld] = ["reason", "clause", "appealReason", "refusedOn", "refusedBy"],
        [LetterForm.AppealReversed] = ["reason", "appealReason", "refusedOn", "refusedBy", "nextBy"],
        [LetterForm.Supplement] = ["papers", "note", "answerBy"],
    }.ToFrozenDictionary();

    /// <summary>Without these no letter tells what it is for.</summary>
    private static readonly FrozenDictionary<LetterForm, string[]> Needed = new Dictionary<LetterForm, string[]>
    {
        [LetterForm.Declined] = ["claimant", "number", "plan", "incident", "reason", "clause", "steps", "appealUntil", "appealTo"],
        [LetterForm.Approved] = ["claimant", "number", "plan", "incident", "amount", "amountInWords", "steps"],
        [LetterForm.Counted] = ["claimant", "number", "plan", "incident", "steps"],
        [LetterForm.AppealUpheld] = ["claimant", "number", "reason", "refusedOn"],
        [LetterForm.AppealReversed] = ["claimant", "number", "reason", "refusedOn"],
        [LetterForm.Supplement] = ["claimant", "number", "papers", "answerBy"],
    }.ToFrozenDictionary();

    /// <summary>All versions of all organisers, each without a fault.</summary>
    /// <exception cref="InvalidDataException">A file has a fault; the message says which and where.</exception>
    public static IReadOnlyList<LetterTemplates> All { get; } = [.. EmbeddedData.Names("letters/").Select(name =>
    {
        var read = JsonSerializer.Deserialize<LetterTemplates>(EmbeddedData.Text(name), ClaimsJson.Options)!;
        return read.Faults().FirstOrDefault() is { } fault ? throw new InvalidDataException($"{name}: {fault}") : read;
    })];

    /// <summary>The letters of the nearest organiser above a region, in the newest version of that day.</summary>
    public static LetterTemplates For(RegionCode region, LocalDate day) =>
        All.Where(letters => letters.From <= day && letters.Region.Contains(region))
            .MaxBy(letters => (letters.Region.Value.Length, letters.Version))!;

    /// <summary>What is wrong with the texts: a letter is missing, or a name in braces is unknown, is lacking or stands in the wrong
    /// place.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Office.Contains("{region}", StringComparison.Ordinal)) yield return "office: names no {region}";
        foreach (var form in Enum.GetValues<LetterForm>())
        {
            if (!Letters.TryGetValue(form, out var letter))
            {
                yield return $"{form}: is missing";
                continue;
            }
            var named = letter.Paragraphs.SelectMany(Named).ToHashSet();
            foreach (var unknown in named.Except([.. OfEveryLetter, .. Known[form]])) yield return $"{form}: knows no {{{unknown}}}";
            foreach (var lacking in Needed[form].Except(named)) yield return $"{form}: lacks {{{lacking}}}";
            foreach (var paragraph in letter.Paragraphs)
            {
                if (Named(paragraph).FirstOrDefault(Blocks.Contains) is { } block && paragraph != $"{{{block}}}")
                    yield return $"{form}: {{{block}}} stands alone in its paragraph";
                if (Placeholder().Replace(paragraph, "").AsSpan().ContainsAny('{', '}')) yield return $"{form}: a brace is not closed";
            }
        }
        foreach (var kind in Enum.GetValues<IncidentKind>().Where(kind => !Incidents.ContainsKey(kind)))
            yield return $"incidents: {kind} has no name";
        foreach (var severity in Enum.GetValues<Severity>().Where(severity => !Severities.ContainsKey(severity)))
            yield return $"severities: {severity} has no name";
        foreach (var relation in Enum.GetValues<Relation>().Where(relation => !Relations.ContainsKey(relation)))
            yield return $"relations: {relation} has no name";
    }

    public string OfficeOf(RegionCode region) => Office.Replace("{region}", region.FullName, StringComparison.Ordinal);

    public string PaperOf(string kind) => Papers.GetValueOrDefault(kind, kind);

    /// <summary>The paragraph with its values, put in once: what stands in a value is never read as a name. Null where a value is
    /// absent.</summary>
    internal static string? Filled(string paragraph, IReadOnlyDictionary<string, string?> values) =>
        Named(paragraph).Any(name => values.GetValueOrDefault(name) is null) ? null
            : Placeholder().Replace(paragraph, match => values[match.Groups[1].Value]!);

    private static IEnumerable<string> Named(string paragraph) => Placeholder().Matches(paragraph).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Placeholder();
}

public sealed record LetterTemplate(string Title, IReadOnlyList<string> Paragraphs);
