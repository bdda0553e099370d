using System.Text.Json;

namespace ClaimsEngine.Plans.Rules;

/// <summary>How kinds of incident and severities are written in paths and read out in sentences.</summary>
internal static class Names
{
    private static readonly string[] Codes = [.. Enum.GetNames<IncidentKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
    private static readonly string[] Paths = [.. Codes.Select(code => $"benefits.{code}")];

    public static string Code(this IncidentKind kind) => Codes[(int)kind];

    /// <summary>The benefit's place in the card, by its kind.</summary>
    public static string Path(this IncidentKind kind) => Paths[(int)kind];

    public static string English(this IncidentKind kind) => kind switch
    {
        IncidentKind.Hospitalisation => "hospital cost",
        IncidentKind.HospitalDays => "days in hospital",
        IncidentKind.CriticalIllness => "critical illness",
        IncidentKind.WomensIllness => "women's illness",
        IncidentKind.AccidentMedical => "medical cost of an accident",
        IncidentKind.Disability => "disability",
        IncidentKind.AccidentDeath => "death by accident",
        _ => "death by illness",
    };

    public static string Chinese(this IncidentKind kind) => kind switch
    {
        IncidentKind.Hospitalisation => "住院医疗",
        IncidentKind.HospitalDays => "住院津贴",
        IncidentKind.CriticalIllness => "重大疾病",
        IncidentKind.WomensIllness => "女职工特殊疾病",
        IncidentKind.AccidentMedical => "意外医疗",
        IncidentKind.Disability => "意外伤残",
        IncidentKind.AccidentDeath => "意外身故",
        _ => "疾病身故",
    };

    public static string Code(this Severity severity) => JsonNamingPolicy.CamelCase.ConvertName(severity.ToString());

    public static string English(this Severity severity) =>
        severity switch { Severity.InSitu => "in situ", Severity.Mild => "mild", _ => "severe" };

    public static string Chinese(this Severity severity) =>
        severity switch { Severity.InSitu => "原位癌", Severity.Mild => "轻症", _ => "重症" };

    public static string Iso(this LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
