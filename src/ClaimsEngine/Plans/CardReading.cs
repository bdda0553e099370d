using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <summary>Reads a published card and names everything wrong with it by path; hashes it in a form that no database reorders.</summary>
public static class CardReading
{
    /// <summary>The card, or its faults as (dotted path, reason). Nothing is guessed: an unknown member is a fault.</summary>
    public static (PlanCard? Card, IReadOnlyList<(string Path, string Reason)> Faults) Read(JsonElement json)
    {
        var (card, faults) = StrictJson.Read<PlanCard>(json);
        if (card is null) return (null, faults);
        var broken = Check(card).ToArray();
        return broken.Length == 0 ? (card, []) : (null, broken);
    }

    /// <summary><c>sha256:</c> and the hex digest of the card with members in ordinal order and no white space.</summary>
    public static string Hash(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteCanonical(writer, json);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static IEnumerable<(string, string)> Check(PlanCard card)
    {
        if (card.Format != 1) yield return ("format", $"format {card.Format} is not known; this engine reads format 1");
        if (!card.Price.PerUnit.IsPositive) yield return ("price.perUnit", "the contribution is more than 0.00");
        if (card.Cover.Months is < 1 or > 120) yield return ("cover.months", "cover lasts 1 to 120 months");
        if (card.Eligibility.MaxUnits is < 1 or > 100) yield return ("eligibility.maxUnits", "a person may hold 1 to 100 units");
        if (card.Eligibility is { AgeFrom: { } from, AgeTo: { } to } && from > to) yield return ("eligibility.ageTo", "lies below ageFrom");
        if (!card.Caps.PerPeriod.IsPositive) yield return ("caps.perPeriod", "a cap is more than 0.00");
        if (card.Benefits.Count == 0) yield return ("benefits", "a plan has at least one benefit");
        foreach (var twice in card.Benefits.GroupBy(benefit => benefit.Kind).Where(group => group.Count() > 1))
            yield return ("benefits", $"two benefits for {twice.Key}");
        for (var i = 0; i < card.Benefits.Count; i++)
        {
            var benefit = card.Benefits[i];
            if (!benefit.PerUnit.IsPositive) yield return ($"benefits.{i}.perUnit", "a benefit is more than 0.00");
            if (benefit.Kind is not (IncidentKind.Disability or IncidentKind.AccidentDeath or IncidentKind.IllnessDeath))
                yield return ($"benefits.{i}.kind", "format 1 has lump sums by death and by disability grade only");
            if (benefit.Kind == IncidentKind.Disability && (benefit.Table is null || GradeTable.Find(benefit.Table) is null))
                yield return ($"benefits.{i}.table", "a disability benefit names a known grade table");
            if (benefit.Kind != IncidentKind.Disability && benefit.Table is not null)
                yield return ($"benefits.{i}.table", "only a disability benefit has a grade table");
            if (!card.Documents.TryGetValue(benefit.Kind, out var documents) || documents.Count == 0)
                yield return ($"documents", $"no documents are named for {benefit.Kind}");
        }
        foreach (var (kind, names) in card.Documents)
            if (names.Distinct().Count() != names.Count || names.Any(name => name.Length is 0 or > 60 || name == "other"))
                yield return ($"documents.{kind}", "document kinds are named once, in 1 to 60 characters, and are not 'other'");
        foreach (var kind in card.Documents.Keys.Where(kind => card.BenefitFor(kind) is null))
            yield return ("documents", $"documents are named for {kind}, which has no benefit");
    }

    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    WriteCanonical(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray()) WriteCanonical(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when json.TryGetInt64(out var whole):
                writer.WriteNumberValue(whole);   // -0 is 0, as the database keeps it
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
