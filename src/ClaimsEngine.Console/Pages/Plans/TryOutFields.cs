using System.Text.Json.Nodes;
using ClaimsEngine.Console.Parts;
using ClaimsEngine.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>The facts of a case as they are typed to try a plan out: from a form or an address to the body of a quote.</summary>
public static class TryOutFields
{
    public const int MostRows = 12;

    /// <summary>Names that stand in the address for the page itself.</summary>
    public const string Plan = "plan", Version = "version", Example = "example";

    private static readonly (string Name, FieldKind Kind)[] Single =
    [
        ("incident.kind", FieldKind.Choice), ("incident.date", FieldKind.Date), ("incident.grade", FieldKind.Number),
        ("incident.illness", FieldKind.Text), ("incident.severity", FieldKind.Choice), ("incident.diagnosedOn", FieldKind.Date),
        ("incident.circumstances", FieldKind.Many),
        ("enrolment.units", FieldKind.Number), ("enrolment.coverFrom", FieldKind.Date), ("enrolment.coverTo", FieldKind.Date),
        ("enrolment.firstCoverFrom", FieldKind.Date), ("enrolment.birthDate", FieldKind.Date), ("enrolment.sex", FieldKind.Choice),
        ("enrolment.occupation", FieldKind.Choice), ("enrolment.region", FieldKind.Text), ("enrolment.coverTier", FieldKind.Choice),
        ("enrolment.unionCard", FieldKind.Flag), ("enrolment.seniorRank", FieldKind.Flag), ("enrolment.employer", FieldKind.Choice),
        ("used.amount", FieldKind.Money), ("used.days", FieldKind.Number), ("used.admissions", FieldKind.Number),
        ("used.deductible", FieldKind.Money), ("used.ownShare", FieldKind.Money), ("used.lifetime", FieldKind.Money),
        ("used.acrossPlans", FieldKind.Money),
        .. Enum.GetValues<IncidentKind>().Select(kind => ($"used.benefits.{CardWords.Code(kind)}", FieldKind.Money)),
    ];

    private static readonly (string Name, FieldKind Kind)[] InRows =
    [
        ("incident.admissions.{0}.admitted", FieldKind.Date), ("incident.admissions.{0}.discharged", FieldKind.Date),
        ("incident.admissions.{0}.hospitalGrade", FieldKind.Number), ("incident.admissions.{0}.total", FieldKind.Money),
        ("incident.admissions.{0}.inScope", FieldKind.Money), ("incident.admissions.{0}.ownShare", FieldKind.Money),
        ("incident.injuries.{0}.grade", FieldKind.Number), ("incident.injuries.{0}.part", FieldKind.Text),
        ("incident.otherPayments.{0}.source", FieldKind.Text), ("incident.otherPayments.{0}.amount", FieldKind.Money),
    ];

    private static readonly (string Name, FieldKind Kind)[] All =
        [.. Single, .. Enumerable.Range(0, MostRows).SelectMany(row => InRows.Select(field => (At(field.Name, row), field.Kind)))];

    public static string At(string name, int row) => name.Replace("{0}", $"{row}", StringComparison.Ordinal);

    public static IReadOnlyDictionary<string, StringValues> Values(IFormCollection form) =>
        form.ToDictionary(field => field.Key, field => field.Value);

    /// <summary>What is asked; null while not even the day of the incident is told.</summary>
    public static JsonObject? Body(IReadOnlyDictionary<string, StringValues> values)
    {
        var body = FormBody.Of(All, name => values.TryGetValue(name, out var value) ? value : StringValues.Empty);
        return body["incident"]?["date"] is null ? null : body;
    }

    /// <summary>How many lines of a list are filled.</summary>
    public static int Rows(IReadOnlyDictionary<string, StringValues> values, string list) =>
        Enumerable.Range(0, MostRows).LastOrDefault(row => values.Any(pair =>
            pair.Key.StartsWith($"{list}.{row}.", StringComparison.Ordinal) && !string.IsNullOrEmpty(pair.Value)), -1) + 1;

    /// <summary>The facts of a decided case as the form has them.</summary>
    public static IEnumerable<(string Name, string? Value)> Of(CaseFacts facts)
    {
        yield return ("incident.kind", CardWords.Code(facts.Kind));
        yield return ("incident.date", Iso(facts.Date));
        yield return ("incident.grade", facts.Grade is { } grade ? $"{grade}" : null);
        yield return ("incident.illness", facts.Illness);
        yield return ("incident.severity", facts.Severity is { } severity ? CardWords.Code(severity) : null);
        yield return ("incident.diagnosedOn", Iso(facts.DiagnosedOn));
        foreach (var circumstance in facts.Circumstances ?? []) yield return ("incident.circumstances", circumstance);
        foreach (var (i, stay) in (facts.Admissions ?? []).Index())
        {
            yield return ($"incident.admissions.{i}.admitted", Iso(stay.Admitted));
            yield return ($"incident.admissions.{i}.discharged", Iso(stay.Discharged));
            yield return ($"incident.admissions.{i}.hospitalGrade", stay.HospitalGrade is { } own ? $"{own}" : null);
            yield return ($"incident.admissions.{i}.total", stay.Total?.ToString());
            yield return ($"incident.admissions.{i}.inScope", stay.InScope?.ToString());
            yield return ($"incident.admissions.{i}.ownShare", stay.OwnShare?.ToString());
        }
        foreach (var (i, injury) in (facts.Injuries ?? []).Index())
        {
            yield return ($"incident.injuries.{i}.grade", $"{injury.Grade}");
            yield return ($"incident.injuries.{i}.part", injury.Part);
        }
        foreach (var (i, payment) in (facts.OtherPayments ?? []).Index())
        {
            yield return ($"incident.otherPayments.{i}.source", payment.Source);
            yield return ($"incident.otherPayments.{i}.amount", payment.Amount.ToString());
        }
        yield return ("enrolment.units", $"{facts.Units}");
        yield return ("enrolment.coverTier", facts.CoverTier);
        yield return ("enrolment.coverFrom", Iso(facts.Cover?.From));
        yield return ("enrolment.coverTo", Iso(facts.Cover?.To));
        yield return ("enrolment.firstCoverFrom", Iso(facts.Cover?.FirstFrom));
        if (facts.Used.IsPositive) yield return ("used.amount", facts.Used.ToString());
        // facts that do not tell the amount apart by benefits used it for others; a quote would take it as used for this one
        if (facts is { Used.IsPositive: true, Counters: null or { Benefits: null } })
            yield return ($"used.benefits.{CardWords.Code(facts.Kind)}", Kernel.Money.Zero.ToString());
        if (facts.Counters is not { } counters) yield break;
        var own1 = counters.Of(facts.Kind);
        yield return ("used.days", own1.Days is > 0 and var days ? $"{days}" : null);
        yield return ("used.admissions", own1.Admissions is > 0 and var admissions ? $"{admissions}" : null);
        yield return ("used.deductible", own1.Deductible?.ToString());
        yield return ("used.ownShare", own1.OwnShare?.ToString());
        yield return ("used.lifetime", counters.Lifetime?.ToString());
        yield return ("used.acrossPlans", counters.AcrossPlans?.ToString());
        foreach (var use in counters.Benefits ?? []) yield return ($"used.benefits.{CardWords.Code(use.Kind)}", use.Amount.ToString());
    }

    private static string? Iso(LocalDate? date) => date is { } day ? NodaTime.Text.LocalDatePattern.Iso.Format(day) : null;
}
