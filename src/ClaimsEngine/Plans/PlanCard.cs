using System.Text.Json.Serialization;

namespace ClaimsEngine.Plans;

/// <summary>
/// A plan's rules for one version, as data (format 2). Read from the JSON that was published, which is what is hashed and stored; cards of
/// format 1 are lifted to this form when they are read (<see cref="LumpSum1"/>). What the source does not publish is absent and named in
/// <paramref name="NotPublished"/>: asking for it is refused by that name.
/// </summary>
/// <param name="Format">version of the card's format</param>
/// <param name="Name">what members call it, in Chinese and English</param>
/// <param name="Sources">where the numbers were published</param>
/// <param name="CoverTiers">choices of cover (26, 50, 74 or 100 yuan; with or without refund); the first if none is named</param>
/// <param name="Prices">the first line whose conditions all hold is the price</param>
/// <param name="Waiting">waiting and reduced-benefit periods; at most one for a kind of incident</param>
/// <param name="NotBoth">groups of kinds of which a member is paid only the higher: what was paid for one is taken off the other</param>
/// <param name="Review">which union level decides, by amount, rising; the last line has no limit</param>
/// <param name="Assumed">parts that were not published and are assumed; shown wherever they are used</param>
/// <param name="Readings">how a published rule was read where its text leaves room; shown beside the card</param>
/// <param name="NotPublished">paths of rules that the source does not publish: <c>prices</c>, <c>waiting.0.reducedPercent</c></param>
/// <param name="Originals">from which amount somebody must have seen papers on paper; null where scans do for every amount</param>
public sealed record PlanCard(
    int Format,
    LocalName Name,
    string Organiser,
    IReadOnlyList<string> Sources,
    Eligibility Eligibility,
    IReadOnlyList<Benefit> Benefits,
    IReadOnlyDictionary<IncidentKind, IReadOnlyList<string>> Documents,
    IReadOnlyList<CoverTier>? CoverTiers = null,
    IReadOnlyList<PriceLine>? Prices = null,
    FundingRule? Funding = null,
    Cover? Cover = null,
    IReadOnlyList<WaitingPeriod>? Waiting = null,
    Caps? Caps = null,
    IReadOnlyList<IReadOnlyList<IncidentKind>>? NotBoth = null,
    IReadOnlyList<Exclusion>? Exclusions = null,
    Coordination? Coordination = null,
    ClaimWindow? ClaimWindow = null,
    IReadOnlyList<ReviewLevel>? Review = null,
    RefundKind? Refund = null,
    IReadOnlyList<Assumption>? Assumed = null,
    IReadOnlyList<Assumption>? Readings = null,
    IReadOnlyList<string>? NotPublished = null,
    OriginalsRule? Originals = null)
{
    public Benefit? BenefitFor(IncidentKind kind) => Benefits.FirstOrDefault(benefit => benefit.Kind == kind);

    /// <summary>Whether the part at this path (<c>benefits.disability</c>) or anything above it is assumed.</summary>
    public bool IsAssumed(string path) => Lies(path, Assumed);

    /// <summary>Whether the card says that its source does not publish this rule.</summary>
    public bool IsUnpublished(string path) => NotPublished?.Contains(path) == true;

    /// <summary>The cover tier of this code, the first for null; null if there is none.</summary>
    public CoverTier? TierOf(string? code) => code is null ? CoverTiers?[0] : CoverTiers?.FirstOrDefault(tier => tier.Code == code);

    /// <summary>Length of cover in this tier where nothing else is chosen; null where the source does not publish it.</summary>
    public int? MonthsFor(string? tier) => TierOf(tier)?.Months ?? Cover?.Months;

    /// <summary>The union level that decides an amount; null where the plan names none.</summary>
    public UnionLevel? LevelFor(Money amount) => Review?.First(line => line.UpTo is null || amount <= line.UpTo).Level;

    private static bool Lies(string path, IReadOnlyList<Assumption>? within)
    {
        if (within is null) return false;
        for (var i = 0; i < within.Count; i++)
        {
            var above = within[i].Path;
            if (path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || path[above.Length] == '.')) return true;
        }
        return false;
    }
}

public sealed record LocalName(string Zh, string En);

/// <param name="Path">dotted path in the card: <c>benefits.disability</c></param>
public sealed record Assumption(string Path, string Because);

/// <summary>Who may enrol; null members ask for nothing, because the source names nothing.</summary>
/// <param name="Ages">one of them must hold; none asks for no age</param>
/// <param name="Insurance">the basic insurance a member must have, as a person would read it</param>
/// <param name="MaxUnits">most units a person may hold; null where the source names none, which is read as one</param>
/// <param name="SameUnitsPerEmployer">every member of one employer holds the same number of units</param>
/// <param name="ExcessUnits">what becomes of units beyond <paramref name="MaxUnits"/></param>
public sealed record Eligibility(
    IReadOnlyList<AgeRule>? Ages = null, IReadOnlyList<Occupation>? Occupations = null, IReadOnlyList<RegionCode>? Regions = null,
    LocalName? Insurance = null, Participation? Participation = null, int? MaxUnits = null, bool SameUnitsPerEmployer = false,
    ExcessUnits ExcessUnits = ExcessUnits.Refused, EntryWindow? Entry = null)
{
    /// <summary>Most units that one person may enter with. A source that names no number sells one cover a person, not many.</summary>
    [JsonIgnore]
    public int MostUnits => MaxUnits ?? 1;

    /// <summary>The units that are held and paid for: no more than the limit where the plan voids what is above it.</summary>
    public int UnitsHeld(int asked) => ExcessUnits == ExcessUnits.Void ? Math.Min(asked, MaxUnits ?? asked) : asked;

    /// <summary>Whether so many units are refused to a person; a plan that voids what is above its limit refuses none.</summary>
    /// <param name="field">that names the units in the request</param>
    public Refusal? TooMany(int units, string field) => ExcessUnits == ExcessUnits.Refused && units > MostUnits
        ? new Refusal(Refuse.TooManyUnits, MaxUnits is null
            ? "the plan's source names no number of units, so a person holds one" : $"a certificate holds at most {MostUnits}", field)
        : null;

    public bool Covers(Occupation occupation) => Occupations is null || Occupations.Contains(occupation);

    public bool Covers(RegionCode region) => Regions is null || Regions.Any(own => own.Contains(region));

    /// <summary>Whether any age rule is for this sex: a plan for women names them there.</summary>
    public bool Covers(Sex sex) => Ages is null || Ages.Any(rule => rule.Sex is null || rule.Sex == sex);

    /// <param name="age">whole years on the first day of cover</param>
    /// <param name="sex">null where it is not told: a rule for either sex may hold</param>
    public bool Covers(int age, Sex? sex, bool seniorRank, bool renewing) => Ages is null || Ages.Any(rule =>
        (rule.Sex is null || sex is null || rule.Sex == sex) && (rule.SeniorRank is null || rule.SeniorRank == seniorRank)
            && (rule.Entry is null || rule.Entry == EntryKind.Renewal == renewing)
        && !(age < rule.From) && !(age > rule.To));
}

/// <summary>Whole years on the first day of cover, both ends inclusive; the conditions narrow whom the rule speaks of.</summary>
/// <param name="SeniorRank">only for section heads and senior titles (Tianjin 2019)</param>
/// <param name="Entry">only for who enters anew, or who renews without a gap (Yunnan, 22nd period)</param>
public sealed record AgeRule(int? From = null, int? To = null, Sex? Sex = null, bool? SeniorRank = null, EntryKind? Entry = null);

public enum EntryKind { New, Renewal }

/// <param name="Percent">of the employer's people that must take part, 1 to 100</param>
/// <param name="EveryoneBelow">employers with fewer people than this enrol everyone</param>
public sealed record Participation(int Percent, ParticipationBase Of = ParticipationBase.Staff, int? EveryoneBelow = null)
{
    /// <summary>Whether the person is one of those whose part is measured.</summary>
    public bool Counts(Sex sex) => Of != ParticipationBase.Women || sex == Sex.Female;
}

public enum ParticipationBase { Staff, Women }

public enum ExcessUnits
{
    /// <summary>Nobody is enrolled with more.</summary>
    Refused,

    /// <summary>What is above the limit is void and counts for nothing (Shanghai 2006).</summary>
    Void,
}

/// <param name="LateJoinerDays">days after the start in which others may still join</param>
/// <param name="NewHireMonths">months in which new hires may join</param>
/// <param name="Individual">whether a person may enter without an employer</param>
public sealed record EntryWindow(int? LateJoinerDays = null, int? NewHireMonths = null, bool? Individual = null);

/// <param name="Code">what an enrolment names: <c>100</c></param>
/// <param name="Months">length of cover in this tier (Shanghai 2006 sells units of one year and of three); null is the plan's</param>
public sealed record CoverTier(string Code, LocalName Name, int? Months = null);

/// <summary>A contribution per unit and cover period, and for whom. Conditions that are null ask for nothing.</summary>
/// <param name="Months">only for cover of this length: half a year, three years</param>
/// <param name="Refunded">the contribution is paid back at expiry (Shanghai 2006, 410 yuan)</param>
public sealed record PriceLine(
    Money PerUnit, string? CoverTier = null, bool? HighRisk = null, bool? UnionCard = null, bool? Renewing = null,
    [property: JsonPropertyName("employer")] EmployerKind? EmployerKind = null, Sex? Sex = null, int? Months = null, bool Refunded = false);

public enum EmployerKind { Enterprise, Institution }

/// <summary>Who pays the contribution.</summary>
/// <param name="Shares">per unit, where published; together they are the price under the same conditions</param>
public sealed record FundingRule(IReadOnlyList<FundingKind> Kinds, IReadOnlyList<FundingPart>? Shares = null);

public enum FundingKind { Gift, Union, Employer, Member }

/// <param name="Payer">as it is written on the certificate: <c>city union</c></param>
public sealed record FundingPart(LocalName Payer, Money Amount, bool? UnionCard = null, Sex? Sex = null, int? Months = null);

public enum CoverStart
{
    /// <summary>The programme's period, for everybody in it (gifted cover).</summary>
    ProgrammePeriod,

    /// <summary>The day after enrolment, 00:00 in Shanghai.</summary>
    NextDay,
}

/// <param name="Months">length of cover when it starts the next day and no other term is chosen</param>
/// <param name="OtherMonths">other terms that may be chosen</param>
public sealed record Cover(CoverStart Start, int Months, IReadOnlyList<int>? OtherMonths = null, Renewal? Renewal = null);

/// <param name="GraceDays">a renewal within so many days after expiry continues the earlier period: waiting is over</param>
public sealed record Renewal(int GraceDays);

/// <summary>A time after the beginning of cover in which nothing, then less, is paid.</summary>
/// <param name="Kinds">the incidents it stands before</param>
/// <param name="Days">nothing is paid up to this day of cover</param>
/// <param name="ReducedToDay">less is paid up to this day</param>
/// <param name="ReducedPercent">how much of the benefit is paid then, 1 to 99; null is not published</param>
/// <param name="Counting">whether the first day of cover is day 1 (and the last day named is in) or day 0</param>
/// <param name="Trigger">the date that is compared</param>
/// <param name="Triggers">other dates for classes of illness: a cancer counts from its pathology report (Tianjin 2019)</param>
/// <param name="WaivedOnRenewal">counts from the first of unbroken periods</param>
public sealed record WaitingPeriod(
    IReadOnlyList<IncidentKind> Kinds, string Clause, int Days, DayCounting Counting, Trigger Trigger, int? ReducedToDay = null,
    int? ReducedPercent = null, IReadOnlyDictionary<string, Trigger>? Triggers = null, bool WaivedOnRenewal = true);

public enum DayCounting { Inclusive, Exclusive }

public enum Trigger { PathologyReport, Admission, Incident }

/// <summary>Most that is paid; null members set no cap.</summary>
/// <param name="PerPeriod">one enrolment in its cover period</param>
/// <param name="PerUnit">one enrolment in its cover period, for each unit held</param>
/// <param name="PerLifetime">one member under all enrolments in this plan, ever</param>
/// <param name="AcrossPlans">one member under all plans that name the same group</param>
public sealed record Caps(
    Money? PerClaim = null, Money? PerPeriod = null, Money? PerUnit = null, Money? PerLifetime = null, GroupCap? AcrossPlans = null);

/// <param name="Group">name that the plans share</param>
/// <param name="Kinds">the benefits that count; null is all</param>
public sealed record GroupCap(string Group, Money Amount, IReadOnlyList<IncidentKind>? Kinds = null)
{
    public bool Counts(IncidentKind kind) => Kinds is null || Kinds.Contains(kind);
}

/// <param name="Code">what an officer finds in the circumstances of the incident: <c>drunkDriving</c></param>
public sealed record Exclusion(string Code, LocalName Name);

/// <summary>How what others have paid counts.</summary>
/// <param name="Less">sources whose payments are taken off the benefit: <c>criticalRelief</c></param>
/// <param name="WithinOwnShare">all payments together are never above the member's own share</param>
public sealed record Coordination(IReadOnlyList<string>? Less = null, bool WithinOwnShare = false);

/// <param name="NoticeDays">days after the incident in which the office wants to be told</param>
/// <param name="ApplicationMonths">months after the incident, or the last discharge, after which the right is given up</param>
public sealed record ClaimWindow(int? NoticeDays = null, int? ApplicationMonths = null)
{
    public const int MostMonths = 240;

    /// <summary>The last day on which the benefit may be applied for; null where the right is not given up. A card that was
    /// published before its numbers had bounds is read as one with the widest window that there is now.</summary>
    /// <param name="lastDay">of the incident</param>
    public LocalDate? ClosesAfter(LocalDate lastDay) =>
        ApplicationMonths is { } months ? lastDay.PlusMonths(Math.Min(months, MostMonths)) : null;
}

/// <param name="UpTo">amounts up to this; null on the last line</param>
/// <param name="Level">the union level that decides, or any above it</param>
public sealed record ReviewLevel(UnionLevel Level, Money? UpTo = null);

/// <summary>From some amount on, scans do not do: an officer must have seen the originals on paper (Anhui 2026: from 3,000 yuan).</summary>
/// <param name="From">approved amounts of this and more</param>
/// <param name="Kinds">of these papers, where the claim asks for them; null for every paper that it asks for</param>
public sealed record OriginalsRule(Money From, IReadOnlyList<string>? Kinds = null);

/// <summary>From the widest reach to the smallest.</summary>
public enum UnionLevel { National, Province, City, District }

public enum RefundKind
{
    /// <summary>Nothing is paid back, benefit drawn or not.</summary>
    None,

    /// <summary>Contributions of price lines that say so are paid back at expiry.</summary>
    AtExpiry,
}

/// <summary>What happened. The names are the HTTP contract's.</summary>
public enum IncidentKind
{
    Hospitalisation, HospitalDays, CriticalIllness, WomensIllness, AccidentMedical, Disability, AccidentDeath, IllnessDeath,
}

/// <summary>How far an illness had come: in situ (原位癌), mild (轻症), severe (重症).</summary>
public enum Severity { InSitu, Mild, Severe }
