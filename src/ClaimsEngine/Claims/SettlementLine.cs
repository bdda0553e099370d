using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>One line of a feed of hospital insurance: one person's stay in hospital, settled. Amounts in CNY.</summary>
/// <param name="Source">the insurance office that settled</param>
/// <param name="SettlementNumber">unique within the source</param>
/// <param name="Total">cost in total</param>
/// <param name="InScope">of that, what lies in basic insurance's catalogues</param>
/// <param name="OwnShare">what the person bore after basic insurance</param>
/// <param name="HospitalGrade">1 to 3, 3 the highest; null where the hospital has none</param>
/// <param name="Illness">class code of the plan's illness catalogue</param>
public sealed partial record SettlementLine(
    string Source, string SettlementNumber, IdentityNumber IdNumber, string Name, LocalDate Admitted, LocalDate Discharged, Money Total,
    Money InScope, Money OwnShare, int? HospitalGrade = null, string? Illness = null)
{
    /// <summary>What a line may hold, in the order in which we write it.</summary>
    public static readonly IReadOnlyList<SettlementColumn> Columns =
    [
        new("source", "经办机构", "a name of 1 to 60 characters", "1至60个字符的名称"),
        new("settlementNumber", "结算单号", "1 to 64 letters, digits, dots, hyphens and underscores", "1至64位字母、数字、点、连字符或下划线"),
        new("idNumber", "身份证号", "an identity number of 18 characters (GB 11643)", "18位身份证号（GB 11643）"),
        new("name", "姓名", "a name of 1 to 60 characters", "1至60个字符的姓名"),
        new("admitted", "入院日期", "a date like 2025-10-20, from 1900 to 2200", "日期（如2025-10-20）"),
        new("discharged", "出院日期", "a date like 2025-10-20, from 1900 to 2200", "日期（如2025-10-20）"),
        new("hospitalGrade", "医院等级", "1, 2 or 3", "1、2或3（级）", Needed: false),
        new("total", "总费用", "an amount in yuan like 12873.46", "金额（元，如12873.46）"),
        new("inScope", "政策范围内费用", "an amount in yuan like 12873.46", "金额（元，如12873.46）"),
        new("ownShare", "个人自付", "an amount in yuan like 12873.46", "金额（元，如12873.46）"),
        new("illness", "病种", "a class code of 1 to 60 letters, digits, dots and hyphens", "1至60位的病种代码", Needed: false),
    ];

    /// <summary>The line, or everything that is wrong with it. No fault repeats what stands in the line: that is personal data.</summary>
    public static (SettlementLine? Line, IReadOnlyList<LineFault> Faults) Read(JsonElement json)
    {
        var (line, unread) = StrictJson.Read<SettlementLine>(json);
        LineFault[] faults = [.. line?.Faults() ?? unread.Select(fault => LineFault.Of(fault.Path, fault.Reason))];
        return faults.Length == 0 ? (line, []) : (null, faults);
    }

    public Settlement ToSettlement() => new(Source, SettlementNumber);

    public Incident ToIncident() => new(IncidentKind.Hospitalisation, Admitted, Illness: Illness,
        Admissions: [new Admission(Admitted, Discharged, HospitalGrade, Total, InScope, OwnShare)]);

    /// <summary>Digest of the line in one form, whatever the form in which it came: 64 hex digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, ClaimsJson.Options)));

    /// <summary>Nothing of its contents: logs would keep the personal data in it.</summary>
    public override string ToString() => nameof(SettlementLine);

    private IEnumerable<LineFault> Faults()
    {
        if (!IsName(Source)) yield return LineFault.Invalid("source");
        if (!Settlement.IsNumber(SettlementNumber)) yield return LineFault.Invalid("settlementNumber");
        if (!IsName(Name)) yield return LineFault.Invalid("name");
        if (Illness is { } code && !ClassCode().IsMatch(code)) yield return LineFault.Invalid("illness");
        // The day of the incident is the day of admission: what is wrong with one is wrong with the other, and told once.
        foreach (var (field, reason) in ToIncident().Contradictions(IdNumber.BirthDate).Where(fault => fault.Field != "date"))
            yield return LineFault.Contradiction(field == "admissions" ? "discharged" : field.Split('.')[^1], reason);
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 60 && PlainText.Fault(text) is null;

    [GeneratedRegex(@"^[0-9A-Za-z.-]{1,60}\z")]
    private static partial Regex ClassCode();
}

/// <summary>A column of a feed.</summary>
/// <param name="Name">in JSON</param>
/// <param name="Heading">in a sheet, as we write it</param>
/// <param name="Takes">what may stand there</param>
/// <param name="Needed">whether a line without it is refused</param>
public sealed record SettlementColumn(string Name, string Heading, string Takes, string TakesZh, bool Needed = true);

/// <summary>What is wrong with a line of a feed.</summary>
/// <param name="Column">as the feed names it; null for the line as a whole</param>
/// <param name="Code">kebab-case, never changed once published</param>
public sealed record LineFault(string? Column, string Code, string Text, string TextZh)
{
    /// <summary>The line is no object, or no text.</summary>
    public static LineFault Unreadable(string text, string textZh) => new(null, "line-unreadable", text, textZh);

    internal static LineFault Invalid(string column)
    {
        var known = SettlementLine.Columns.First(known => known.Name == column);
        return new(column, "value-invalid", $"takes {known.Takes}", $"应为{known.TakesZh}");
    }

    internal static LineFault Contradiction(string column, string reason) =>
        new(column, "value-contradicts", reason, "与本行其他内容矛盾或超出范围");

    /// <summary>A fault of the strict reading.</summary>
    internal static LineFault Of(string path, string reason)
    {
        var column = path.Split('.')[0];
        if (column.Length == 0) return Unreadable("the line is no JSON object", "该行不是 JSON 对象");
        if (SettlementLine.Columns.All(known => known.Name != column))
            return new(column.Length <= 40 ? column : column[..40], "unknown-member", "is no column of a settlement", "无此列");
        return reason is "is required" or "must not be null" ? new(column, "value-missing", "is needed", "不能为空")
            : reason == "stands twice" ? new(column, "value-contradicts", "stands twice", "重复出现")
            : Invalid(column);
    }
}
