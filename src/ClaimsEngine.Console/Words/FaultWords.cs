using System.Text.RegularExpressions;

namespace ClaimsEngine.Console.Words;

/// <summary>
/// What is wrong with a field, in Chinese. The API says it in English; what no rule here knows is shown as the API says it.
/// </summary>
public static partial class FaultWords
{
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["is required"] = "请填写",
        ["is missing"] = "请填写",
        ["is empty"] = "请填写",
        ["has blanks around it"] = "前后不能有空格",
        ["begins like a formula (= + - @)"] = "不能以 = + - @ 开头",
        ["holds a character that is not seen, breaks the line or is none"] = "含有看不见的字符或换行",
        ["expected a string"] = "请填写文字",
        ["an id is a GUID"] = "系统编号格式不对",
        ["a date is written like 2025-10-20"] = "日期写成 2025-10-20 的样式",
        ["an instant is written like 2025-10-20T08:30:00Z"] = "时点写成 2025-10-20 或 2025-10-20 16:30 的样式",
        ["a month is written like 2025-11"] = "月份写成 2025-11 的样式",
        ["is a time of day like 09:30"] = "时间写成 09:30 的样式",
        ["an identity number has 18 characters: 17 digits and a check character 0-9 or X"] = "身份证号有18位：17位数字和1位校验码",
        ["the identity number's check character is wrong (GB 11643)"] = "身份证号校验码不对，请核对",
        ["the bank card number's check digit is wrong (Luhn)"] = "银行卡号校验位不对，请核对",
        ["a bank card number has 12 to 19 digits"] = "银行卡号有12至19位数字",
        ["the account number of an organisation has 6 to 32 digits"] = "单位账号有6至32位数字",
        ["a telephone number has 5 to 20 digits"] = "电话号码有5至20位数字",
        ["a code has 1 to 40 letters, digits and hyphens"] = "代码为1至40个字母、数字或连字符",
        ["an employer's code has 1 to 40 letters, digits and hyphens"] = "单位代码为1至40个字母、数字或连字符",
        ["a code is lower-case words joined by hyphens"] = "代码由小写单词用连字符连接",
        ["a receipt's number has 1 to 40 letters, digits and hyphens"] = "票据号为1至40个字母、数字或连字符",
        ["a reference has 1 to 64 letters, digits and / . _ -"] = "编号为1至64个字母、数字或 / . _ -",
        ["a reference has 1 to 100 letters, digits and / . _ -"] = "编号为1至100个字母、数字或 / . _ -",
        ["an amount is above 0.00"] = "金额须大于0",
        ["an amount above 0.00"] = "金额须大于0",
        ["a contribution is above 0.00"] = "互助金须大于0",
        ["a repayment is above 0.00"] = "还款须大于0",
        ["an instalment is above 0.00"] = "每期金额须大于0",
        ["a budget is above 0.00"] = "预算须大于0",
        ["what is asked back is above 0.00"] = "追回金额须大于0",
        ["what is added is above 0.00"] = "追加金额须大于0",
        ["an approved amount is not below 0.00"] = "批准金额不能低于0",
        ["an income is not below 0.00"] = "收入不能低于0",
        ["is not below 0.00"] = "不能低于0",
        ["the last day is not before the first"] = "止日不能早于起日",
        ["the period ends after it begins"] = "止日须在起日之后",
        ["each instalment is due later than the one before"] = "每一期须晚于上一期",
        ["are part of the staff"] = "不能多于职工人数",
        ["only a returned line has a reason"] = "只有退汇才填写原因",
        ["a returned line has the bank's reason"] = "退汇须填写银行的原因",
        ["name either a region or a unit"] = "地区和单位只填一项",
        ["name either a programme or a plan"] = "项目和计划只填一项",
        ["name either an enrolment or an identity number"] = "凭证和身份证号只填一项",
        ["name what is to be corrected: name, phone or both"] = "请填写要更正的姓名或电话",
        ["heirs are paid after a death only"] = "只有身故才分给继承人",
        ["the account must be the member's own"] = "必须是本人账户",
        ["only the agent's phone is kept"] = "只登记代办人的电话",
        ["only the employer's agent is named: the claimant and the officer are known"] = "只有单位代办人才填写姓名",
        ["one receipt stands there twice"] = "同一张票据写了两次",
        ["a member lives in a province, city or district"] = "请填写参保人所在的省、市或区县",
        ["an employer lies in a province, city or district"] = "请填写单位所在的省、市或区县",
        ["an applicant lives in a province, city or district"] = "请填写申请人所在的省、市或区县",
        ["places are allocated to a province, city or district"] = "名额分配到省、市或区县",
        ["an absence lasts a year at most"] = "缺勤最长一年",
        ["a delegation lasts a year at most"] = "授权最长一年",
        ["a disability has a grade"] = "请选择伤残等级",
        ["the discharge lies before the admission"] = "出院不能早于入院",
        ["what lies in scope is above the total"] = "不能高于总费用",
        ["the own share is above the total"] = "不能高于总费用",
        ["a batch is made of a list of payouts or of a filter, and not of both"] = "按清单或按条件组批，只选一种",
        ["another person's account is named with a claim, not with an entry"] = "他人账户在申领时登记，不在参保时登记",
    };

    /// <summary>The English text itself where the reader reads English, or where no Chinese is known.</summary>
    public static string Of(string text, Language language)
    {
        if (language == Language.English) return text;
        if (Whole.TryGetValue(text, out var zh)) return zh;
        if (Empty().IsMatch(text)) return "请填写";
        if (Longest().Match(text) is { Success: true } longest) return $"最多{longest.Groups[1].Value}个字符";
        if (Between().Match(text) is { Success: true } between) return $"须在{between.Groups[1].Value}至{between.Groups[2].Value}之间";
        if (Above().Match(text) is { Success: true } above) return $"须大于{above.Groups[1].Value}";
        if (AtLeast().Match(text) is { Success: true } least) return $"不能小于{least.Groups[1].Value}";
        if (OneOf().Match(text) is { Success: true } values) return $"须是下列之一：{values.Groups[1].Value}";
        if (Occupation().Match(text) is { Success: true } occupation) return $"“{occupation.Groups[1].Value}”不是登记的职业";
        if (Region().Match(text) is { Success: true } region) return $"“{region.Groups[1].Value}”不是行政区划代码（6位，或前2、4位）";
        return text.StartsWith("an amount is a decimal string", StringComparison.Ordinal) ? "金额以元为单位，最多两位小数" : text;
    }

    [GeneratedRegex(@"^('[^']+' )?(must not be empty|must not be null|is not empty)\.?$")]
    private static partial Regex Empty();

    [GeneratedRegex(@"must be ([0-9,]+) characters or fewer")]
    private static partial Regex Longest();

    [GeneratedRegex(@"must be between ([0-9.,-]*[0-9]) and ([0-9.,-]*[0-9])")]
    private static partial Regex Between();

    [GeneratedRegex(@"must be greater than '([^']+)'")]
    private static partial Regex Above();

    [GeneratedRegex(@"must be greater than or equal to '([^']+)'")]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"^is none of (.+)$")]
    private static partial Regex OneOf();

    [GeneratedRegex(@"^'(.*)' is no known occupation$")]
    private static partial Regex Occupation();

    [GeneratedRegex(@"^'(.*)' is no region of GB/T 2260")]
    private static partial Regex Region();
}
