using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <summary>
/// A plan's rules for one version, as data. Read from the JSON that was published (which is what is hashed and stored); this is the
/// form the engine computes with. Format 1 knows lump sums by death and by disability grade.
/// </summary>
/// <param name="Format">version of the card's format, here 1</param>
/// <param name="Name">what members call it, in Chinese and English</param>
/// <param name="Sources">where the numbers were published</param>
/// <param name="Assumed">parts that were not published and are assumed; shown wherever they are used</param>
public sealed record PlanCard(
    int Format,
    LocalName Name,
    string Organiser,
    IReadOnlyList<string> Sources,
    Eligibility Eligibility,
    Price Price,
    Cover Cover,
    IReadOnlyList<BenefitRule> Benefits,
    Caps Caps,
    IReadOnlyDictionary<IncidentKind, IReadOnlyList<string>> Documents,
    IReadOnlyList<Assumption>? Assumed = null)
{
    public BenefitRule? BenefitFor(IncidentKind kind) => Benefits.FirstOrDefault(benefit => benefit.Kind == kind);

    /// <summary>Whether the part at this path (<c>benefits.disability</c>) or anything above it is assumed.</summary>
    public bool IsAssumed(string path) =>
        (Assumed ?? []).Any(assumption => path == assumption.Path || path.StartsWith(assumption.Path + ".", StringComparison.Ordinal));
}

public sealed record LocalName(string Zh, string En);

/// <param name="Path">dotted path in the card: <c>benefits.disability</c></param>
public sealed record Assumption(string Path, string Because);

/// <summary>Who may enrol; null members ask for nothing, because the source names nothing.</summary>
/// <param name="AgeFrom">whole years on the first day of cover, inclusive</param>
/// <param name="AgeTo">whole years on the first day of cover, inclusive</param>
public sealed record Eligibility(
    IReadOnlyList<Occupation>? Occupations = null, IReadOnlyList<RegionCode>? Regions = null, int? AgeFrom = null, int? AgeTo = null, int MaxUnits = 1);

/// <param name="PerUnit">contribution per unit and cover period</param>
public sealed record Price(Money PerUnit);

public enum CoverStart
{
    /// <summary>The programme's period, for everybody in it (gifted cover).</summary>
    ProgrammePeriod,

    /// <summary>The day after enrolment, 00:00 in Shanghai.</summary>
    NextDay,
}

/// <param name="Months">length of cover when it starts the next day</param>
public sealed record Cover(CoverStart Start, int Months);

/// <summary>One benefit: what is paid for one kind of incident.</summary>
/// <param name="Clause">where the plan's text says so, to be read out with the decision</param>
/// <param name="PerUnit">lump sum per unit; for disability the sum that the grade's per cent is taken of</param>
/// <param name="Table">for disability: code of the grade table, <c>jrt-0083-2013</c></param>
public sealed record BenefitRule(IncidentKind Kind, string Clause, Money PerUnit, string? Table = null);

/// <param name="PerPeriod">most that one enrolment is paid in its cover period, all benefits together</param>
public sealed record Caps(Money PerPeriod);

/// <summary>What happened. The names are the HTTP contract's.</summary>
public enum IncidentKind
{
    Hospitalisation, HospitalDays, CriticalIllness, WomensIllness, AccidentMedical, Disability, AccidentDeath, IllnessDeath,
}

/// <summary>A disability grade table: per cent of the sum by grade, 1 the gravest. A versioned data file under <c>seeds/plans/tables</c>.</summary>
public sealed record GradeTable(string Code, int Version, string Source, IReadOnlyDictionary<string, int> Percent)
{

    public int? PercentFor(int grade) => Percent.TryGetValue(grade.ToString(System.Globalization.CultureInfo.InvariantCulture), out var percent) ? percent : null;

    private static readonly IReadOnlyDictionary<string, GradeTable> Known = new[] { "jrt-0083-2013.json" }
        .Select(file => JsonSerializer.Deserialize<GradeTable>(EmbeddedData.Text(file), ClaimsJson.Options)!)
        .ToDictionary(table => table.Code);

    public static GradeTable? Find(string code) => Known.GetValueOrDefault(code);
}
