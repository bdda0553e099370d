namespace ClaimsEngine.Specs;

/// <summary>Facts of a case for specs of single rules: one unit, nothing used, cover over the year 2025, an incident in June.</summary>
public static class SampleFacts
{
    public static readonly CoverFacts Year2025 = new(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31));
    public static readonly LocalDate June1 = new(2025, 6, 1);

    public static CaseFacts Of(IncidentKind kind) => new(kind, June1, 1, Money.Zero, Cover: Year2025);

    public static CaseFacts Death() => Of(IncidentKind.AccidentDeath);

    public static CaseFacts Disability(int grade) => Of(IncidentKind.Disability) with { Grade = grade };

    public static CaseFacts Disability(params Injury[] injuries) => Of(IncidentKind.Disability) with { Injuries = injuries };

    public static CaseFacts Illness(string? illness = null, Severity? severity = null) =>
        Of(IncidentKind.CriticalIllness) with { Illness = illness, Severity = severity };

    /// <summary>A stay of ten days in each month from June on, with these own shares, wholly in scope.</summary>
    public static CaseFacts Stays(params string[] ownShares) => Of(IncidentKind.Hospitalisation) with
    {
        Admissions = [.. ownShares.Select((share, month) =>
            new Admission(June1.PlusMonths(month), June1.PlusMonths(month).PlusDays(10), InScope: Cny(share), OwnShare: Cny(share)))],
    };

    /// <summary>Stays without cost, each <c>2025-06-01…2025-06-11</c>.</summary>
    public static CaseFacts Days(params string[] stays) => Of(IncidentKind.HospitalDays) with
    {
        Admissions = [.. stays.Select(stay => stay.Split('…')).Select(ends => new Admission(Day(ends[0]), Day(ends[1])))],
    };

    public static CaseFacts With(this CaseFacts facts, Counters counters) => facts with { Counters = counters };

    /// <summary>The same with each admission changed.</summary>
    public static CaseFacts With(this CaseFacts facts, Func<Admission, Admission> change) =>
        facts with { Admissions = [.. facts.Admissions!.Select(change)] };
}
