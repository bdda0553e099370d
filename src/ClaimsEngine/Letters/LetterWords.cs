using ClaimsEngine.Plans;

namespace ClaimsEngine.Letters;

/// <summary>What a case is called in an organiser's letters.</summary>
/// <param name="Card">of the plan version that binds the certificate</param>
internal sealed record LetterWords(LetterTemplates Templates, PlanCard Card)
{
    public string Of(Incident incident) => string.Join('，', ((string?[])
    [
        Templates.Incidents[incident.Kind], LetterText.Day(incident.Date),
        incident.Grade is { } grade ? $"伤残{grade}级" : null,
        incident.Injuries is { } injuries ? $"伤残{string.Join('、', injuries.Select(injury => $"{injury.Grade}级"))}" : null,
        incident.Illness is { } illness ? IllnessOf(incident.Kind, illness) : null,
        incident.Severity is { } severity ? Templates.Severities[severity] : null,
        incident.Admissions is { } stays ? string.Join('；', stays.Select(stay =>
            $"{LetterText.Day(stay.Admitted)}至{LetterText.Day(stay.Discharged)}")) : null,
    ]).OfType<string>());

    /// <summary>The exclusions of the plan that were found; null for none.</summary>
    public string? Exclusions(Incident incident) => incident.Circumstances is not { Count: > 0 } found ? null
        : string.Join('、', found.Select(code => Card.Exclusions?.FirstOrDefault(one => one.Code == code)?.Name.Zh ?? code));

    /// <summary>A limit of time as it is written: 60日, 20个工作日.</summary>
    public static string Of(TimeLimit limit) => limit.Unit == DayUnit.WorkingDays ? $"{limit.Days}个工作日" : $"{limit.Days}日";

    private string IllnessOf(IncidentKind kind, string code) =>
        Card.BenefitFor(kind)?.Illness?.Catalogue is { } list && IllnessCatalogue.Find(list)?.Class(code) is { } known
            ? known.Name.Zh : code;
}
