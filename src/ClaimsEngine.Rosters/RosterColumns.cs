using System.Collections.Frozen;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>The headings that are known, in one table.</summary>
public static class RosterColumns
{
    /// <summary>The heading of the last column of a corrected sheet.</summary>
    public const string ReasonsHeading = "错误原因";

    // what forms add to a heading without changing its meaning; anything else in brackets may (姓名（配偶）)
    private static readonly string[] Annotations =
        ["(必填)", "(必填项)", "(选填)", "(可选)", "(required)", "(optional)", "(18位)", "(代码)", "(yyyymmdd)", "(yyyy/mm/dd)"];

    /// <summary>For every column the heading that we write first, then what employers write; the API's own names are among them.</summary>
    public static readonly IReadOnlyDictionary<RosterColumn, string[]> Headings = new Dictionary<RosterColumn, string[]>
    {
        [RosterColumn.Name] = ["姓名", "名字", "职工姓名", "会员姓名", "员工姓名", "参保人", "参保人姓名", "被保障人", "被保障人姓名", "被保险人", "被保险人姓名",
            "name", "person.name", "fullName", "memberName"],
        [RosterColumn.IdNumber] = ["身份证号", "身份证", "身份证号码", "身份证件号码", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号码", "证件号", "证件号码",
            "idNumber", "person.idNumber", "idNo", "idCard", "idCardNo", "idCardNumber", "identityNumber", "identityCardNumber"],
        [RosterColumn.Occupation] = ["职业", "工种", "职业/工种", "职业(工种)", "职业工种", "从事职业", "职业名称", "occupation", "person.occupation"],
        [RosterColumn.Region] = ["地区", "行政区划", "行政区划代码", "地区代码", "区划代码", "地区/行政区划", "所属地区", "所在地区", "所属区县", "所在区县", "区县", "县区",
            "region", "person.region", "regionCode", "district"],
        [RosterColumn.Phone] = ["手机号", "手机", "手机号码", "联系电话", "联系方式", "电话", "电话号码", "移动电话", "本人手机号",
            "phone", "person.phone", "phoneNumber", "mobile", "mobilePhone", "telephone", "tel"],
        [RosterColumn.Units] = ["份数", "参保份数", "投保份数", "购买份数", "保障份数", "份数(份)", "units"],
        [RosterColumn.Bank] = ["开户行", "开户银行", "开户行名称", "开户银行名称", "银行", "银行名称", "bank", "account.bank", "person.account.bank", "bankName"],
        [RosterColumn.AccountNumber] = ["银行卡号", "账号", "帐号", "卡号", "银行账号", "银行帐号", "银行账户", "收款账号", "开户账号",
            "accountNumber", "account.number", "person.account.number", "bankAccount", "bankAccountNumber", "cardNumber", "bankCardNumber"],
        [RosterColumn.AccountHolder] = ["户名", "账户名", "账户名称", "帐户名称", "开户名", "开户人", "持卡人", "收款人户名",
            "accountHolder", "account.holder", "person.account.holder", "holder"],
        [RosterColumn.Sex] = ["性别", "sex", "gender"],
        [RosterColumn.BirthDate] = ["出生日期", "生日", "出生年月日", "birthDate", "dateOfBirth", "birthday"],
        [RosterColumn.EmployeeNumber] = ["工号", "员工号", "员工编号", "职工号", "职工编号", "employeeNumber", "employeeNo", "employeeId", "staffNumber"],
        [RosterColumn.HiredOn] = ["入职日期", "入职时间", "入职年月日", "到岗日期", "hiredOn", "hireDate", "dateOfHire"],
        [RosterColumn.Programme] = ["项目代码", "项目", "programme", "programmeCode"],
        [RosterColumn.Plan] = ["计划代码", "保障计划", "计划", "plan", "planCode"],
        [RosterColumn.Employer] = ["单位代码", "单位编码", "单位", "employer", "employerCode", "unit", "unitCode"],
        [RosterColumn.EnrolledOn] = ["参保日期", "投保日期", "办理日期", "enrolledOn", "enrolmentDate"],
        [RosterColumn.CoverFrom] = ["保障起期", "保障起始日期", "生效日期", "coverFrom"],
        [RosterColumn.CoverTo] = ["保障止期", "保障终止日期", "coverTo"],
        [RosterColumn.CoverTier] = ["保障档次", "档次", "coverTier"],
        [RosterColumn.Months] = ["保障月数", "保障期(月)", "months"],
        [RosterColumn.SerialNumber] = ["序号", "序", "no", "no.", "#", "serialNumber"],
        [RosterColumn.Note] = ["备注", "备注说明", "说明", "note", "notes", "remark", "remarks"],
        [RosterColumn.Reasons] = [ReasonsHeading, "errorReasons"],
    };

    private static readonly FrozenDictionary<string, RosterColumn> Known = Headings
        .SelectMany(pair => pair.Value.Select(Normalise).Distinct().Select(heading => (Heading: heading, Column: pair.Key)))
        .ToFrozenDictionary(entry => entry.Heading, entry => entry.Column);

    /// <summary>Known, and not read: what stands there may be anything.</summary>
    public static bool IsIgnored(this RosterColumn column) =>
        column is RosterColumn.SerialNumber or RosterColumn.Note or RosterColumn.Reasons;

    internal static bool IsDate(this RosterColumn column) => column is RosterColumn.BirthDate or RosterColumn.HiredOn
        or RosterColumn.EnrolledOn or RosterColumn.CoverFrom or RosterColumn.CoverTo;

    /// <summary>Says of a cover of the past what the sender of a roster says once for all: a roster may not hold it.</summary>
    public static bool IsOfPastCovers(this RosterColumn column) => column is >= RosterColumn.Programme and <= RosterColumn.Months;

    /// <summary>The heading that we write.</summary>
    public static string Heading(this RosterColumn column) => Headings[column][0];

    /// <summary>What a heading means, or a field of an enrolment as the API names it; null if it is not known.</summary>
    public static RosterColumn? Of(string heading) => Known.TryGetValue(Normalise(heading), out var column) ? column : null;

    private static string Normalise(string heading)
    {
        var text = CellText.Compact(heading).ToLowerInvariant().Replace("*", "", StringComparison.Ordinal).TrimEnd(':');
        foreach (var mark in (ReadOnlySpan<string>)["_", "-", "."])
            if (text.Length > mark.Length) text = text.Replace(mark, "", StringComparison.Ordinal);
        foreach (var annotation in Annotations)
            if (text.Length > annotation.Length && text.EndsWith(annotation, StringComparison.Ordinal)) text = text[..^annotation.Length];
        return text;
    }
}
