using System.Text.Json.Serialization;

namespace ClaimsEngine.Plans;

/// <summary>What is paid for one kind of incident. It has one form, or none if the source publishes only that it exists.</summary>
/// <param name="Clause">where the plan's text says so, to be read out with the decision</param>
/// <param name="LumpSum">a sum for a death</param>
/// <param name="ByGrade">a share of a sum by disability grade</param>
/// <param name="Illness">a sum by illness class and severity</param>
/// <param name="Medical">a share of the cost that the member bore</param>
/// <param name="Allowance">a sum a day in hospital</param>
/// <param name="MinHospitalGrade">admissions to hospitals below this grade (1 to 3) are not counted</param>
/// <param name="Once">paid once in the cover period</param>
/// <param name="Cap">this benefit's own caps, below the plan's</param>
/// <param name="CoverTiers">only who holds one of these tiers has it (Qingdao 2025: critical illness with accident, or with women's
/// illness); null is every tier</param>
public sealed record Benefit(
    IncidentKind Kind, string Clause, LumpSumRule? LumpSum = null, GradeRule? ByGrade = null, IllnessRule? Illness = null,
    MedicalRule? Medical = null, AllowanceRule? Allowance = null, int? MinHospitalGrade = null, bool Once = false, BenefitCap? Cap = null,
    IReadOnlyList<string>? CoverTiers = null)
{
    /// <summary>How many forms it has; a sound card has one at most.</summary>
    [JsonIgnore]
    public int Forms => (LumpSum is null ? 0 : 1) + (ByGrade is null ? 0 : 1) + (Illness is null ? 0 : 1) + (Medical is null ? 0 : 1)
        + (Allowance is null ? 0 : 1);
}

public sealed record BenefitCap(Money? PerClaim = null, Money? PerPeriod = null);

/// <param name="PerUnit">for each unit held; null if only some tiers' sums are published</param>
/// <param name="ByCoverTier">sums by cover tier, for each unit</param>
/// <param name="Funeral">paid on top, once and not by units</param>
public sealed record LumpSumRule(Money? PerUnit = null, IReadOnlyDictionary<string, Money>? ByCoverTier = null, Money? Funeral = null)
{
    public Money? For(CoverTier? tier) =>
        tier is not null && ByCoverTier is { } byTier && byTier.TryGetValue(tier.Code, out var sum) ? sum : PerUnit;
}

/// <param name="PerUnit">the sum that the grade's per cent is taken of, for each unit</param>
/// <param name="Table">code of the grade table, <c>jrt-0083-2013</c></param>
public sealed record GradeRule(string Table, Money? PerUnit = null, IReadOnlyDictionary<string, Money>? ByCoverTier = null)
{
    public Money? For(CoverTier? tier) =>
        tier is not null && ByCoverTier is { } byTier && byTier.TryGetValue(tier.Code, out var sum) ? sum : PerUnit;
}

/// <param name="Catalogue">code of the illness catalogue; null where the plan's list is not published</param>
/// <param name="Amounts">the first that fits class and severity counts</param>
/// <param name="Excluded">severities for which nothing is paid</param>
/// <param name="DiagnosedInCover">only what was first diagnosed after cover began is paid</param>
public sealed record IllnessRule(IReadOnlyList<IllnessAmount> Amounts, string? Catalogue = null, IReadOnlyList<Severity>? Excluded = null,
    bool DiagnosedInCover = false);

/// <param name="Class">class code of the catalogue; null is every class</param>
/// <param name="Severity">null is every severity that the plan pays for without grading: severe</param>
public sealed record IllnessAmount(Money PerUnit, string? Class = null, Severity? Severity = null);

/// <summary>Shares of a base that the member bore, in tiers from its first yuan on.</summary>
/// <param name="Base">which cost counts</param>
/// <param name="Per">what the deductible and the tiers are reckoned over</param>
/// <param name="Deductible">not counted; the first tier begins there</param>
/// <param name="Tiers">marginal: each ratio is for the part of the base that lies in its tier</param>
/// <param name="Percent">one ratio for all; instead of tiers</param>
/// <param name="ByAdmission">ratio of the first, second, … admission of the cover period; instead of tiers</param>
public sealed record MedicalRule(
    CostBase Base, Per Per, Money? Deductible = null, IReadOnlyList<MedicalTier>? Tiers = null, int? Percent = null,
    IReadOnlyList<int>? ByAdmission = null)
{
    /// <summary>False where the source does not publish what share is paid.</summary>
    [JsonIgnore]
    public bool HasRatios => Tiers is not null || Percent is not null || ByAdmission is not null;
}

public enum CostBase
{
    /// <summary>What the member bore after basic insurance (自付).</summary>
    OwnShare,

    /// <summary>The same, never above what lies in the insurance's scope.</summary>
    InScopeOwnShare,

    /// <summary>The insured cost in total (Fuzhou 2012).</summary>
    Total,
}

public enum Per
{
    Admission,

    /// <summary>All treatment after one accident together (Henan 2024).</summary>
    Accident,

    /// <summary>Accumulated over the cover period's admissions (Weihai 2013).</summary>
    Year,
}

/// <param name="From">of the base, in yuan from its first; exclusive of the fen below</param>
/// <param name="To">null on the last tier: no ceiling</param>
/// <param name="Percent">1 to 100</param>
public sealed record MedicalTier(Money From, int Percent, Money? To = null);

/// <param name="PerDay">for each unit held</param>
/// <param name="FirstPaidDay">1 pays from the first day of a stay, 4 from the fourth</param>
/// <param name="MaxDays">most days in a cover period</param>
/// <param name="Counting">whether the day of discharge is a day of the stay, as the day of admission is; null where the plan's text does
/// not say it: the two count as one day then, as on the national form for discharge records</param>
/// <param name="MaxDaysCount">whether <paramref name="MaxDays"/> counts days paid or days stayed</param>
public sealed record AllowanceRule(
    Money PerDay, DayCounting? Counting = null, int FirstPaidDay = 1, int? MaxDays = null, DaysCounted MaxDaysCount = DaysCounted.Paid);

public enum DaysCounted { Paid, Stayed }
