using ClaimsEngine.Host.Problems;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Text;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// A certificate to print: one A4 page in Chinese and English, without script. Its one style is allowed by its hash, so nothing that stands
/// in the data could bring another. The identity number is shown without the birth date, which the page does not need.
/// </summary>
public static class CertificatePage
{
    private const string Style = """
        @page { size: A4; margin: 12mm }
        @media screen { body { padding: 8mm 0 } }
        body { font: 10.5pt/1.35 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #1a1a1a }
        body { max-width: 178mm; margin: 0 auto }
        header { text-align: center; border-bottom: 1.2pt solid #a02020; padding-bottom: 4mm; margin-bottom: 5mm }
        h1 { font-size: 21pt; letter-spacing: .25em; margin: 0; color: #a02020 }
        small, td span { display: block; font-size: 8.5pt; color: #555; letter-spacing: 0 }
        .number { font: 11pt "DejaVu Sans Mono", Consolas, monospace; margin: 3mm 0 0 }
        .status { border: 1.2pt solid #a02020; color: #a02020; text-align: center; padding: 2mm; margin: 0 0 5mm; font-weight: bold }
        table { width: 100%; border-collapse: collapse; margin-bottom: 5mm }
        th, td { border: .5pt solid #999; padding: 1.1mm 2.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        th { width: 24%; background: #f7f3ee; font-weight: normal }
        .amount { text-align: right; white-space: nowrap }
        .notes { font-size: 9pt; color: #333 }
        footer { font-size: 8.5pt; color: #555; border-top: .5pt solid #999; padding-top: 2mm }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What the parts of a card are called on paper.</summary>
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["benefits"] = "保障责任", ["caps"] = "给付限额", ["eligibility"] = "参保条件", ["documents"] = "申领材料",
        ["prices"] = "会费标准", ["funding"] = "缴费分担", ["waiting"] = "等待期", ["cover"] = "保障期规定",
        ["coverTiers"] = "保障档次", ["coordination"] = "待遇衔接", ["exclusions"] = "责任免除", ["claimWindow"] = "申领时限",
        ["review"] = "审核权限", ["refund"] = "退保规定", ["notBoth"] = "不重复给付规定",
    };

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static void MapCertificates(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/enrolments/{enrolment}/certificate", Page)
        .For(Role.Officer, Role.Approver, Role.Finance, Role.Auditor)
        .WithTags("enrolments").WithName("GetCertificate").WithSummary("The certificate as a page to print (A4, Chinese and English)")
        .Produces<Stream>(contentType: "text/html");

    private static async Task<IResult> Page(HttpContext http, RecordRoom room, IClock clock, string enrolment)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        return await Show(http, room, clock, http.Actor()!, enrolment);
    }

    /// <summary>The page as this person may see it, or the problem that there is none.</summary>
    internal static async Task<IResult> Show(HttpContext http, RecordRoom room, IClock clock, Actor by, string enrolment)
    {
        var records = room.For(by, cancellation: http.RequestAborted);
        if (Module.ById(enrolment) is not { } id || await records.Find<Enrolment>(id) is not { } found)
            return Answers.Problem(Refuse.NotFound("enrolment"));
        var plan = await records.Find<Plan>(PlanId.Of(found.Plan).Value);
        var programme = found.Programme is { } code ? await records.Find<Programme>(ProgrammeId.Of(code).Value) : null;
        var member = await records.FindAnywhere<Person>(found.Member.Value);
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.SetETag(found.StreamVersion);
        var html = Html(found, plan!.Version(found.PlanVersion)!.Card, programme, member!, clock.GetCurrentInstant().Date());
        return Results.Text(html, "text/html; charset=utf-8");
    }

    private static string Html(Enrolment enrolment, PlanCard card, Programme? programme, Person member, LocalDate today)
    {
        var page = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head><meta charset="utf-8"><title>{Text(enrolment.CertificateNumber)}</title><style>{Style}</style></head>
            <body>
            <header><h1>互助保障凭证</h1><small>Certificate of Mutual Aid Cover</small>
            <p class="number">{Text(enrolment.CertificateNumber)}</p></header>
            {Status(enrolment)}
            <table>

            """);
        Row("参保人", "Member", member.Name);
        Row("证件号码", "Identity number", Masked(member.IdNumber));
        Row("保障计划", "Plan", card.Name.Zh, card.Name.En);
        Row("组织单位", "Organiser", card.Organiser);
        if (programme is not null) Row("项目", "Programme", programme.Name, $"主办 Sponsor: {programme.Sponsor}");
        Row("职业 · 地区", "Occupation · Region", $"{enrolment.Occupation.ChineseName} · {enrolment.Region.Name}",
            $"{enrolment.Occupation} · {enrolment.Region}");
        if (enrolment.Employer is { } employer) Row("所在单位", "Employer", employer);
        Row("保障期", "Cover", $"{Day(enrolment.CoverFrom)} 至 {Day(enrolment.CoverTo)}（首尾两日在内）",
            $"{enrolment.CoverFrom:uuuu-MM-dd} to {enrolment.CoverTo:uuuu-MM-dd}, both days included");
        if (enrolment.FirstCoverFrom is { } first) Row("连续参保自", "Unbroken since", Day(first), $"{first:uuuu-MM-dd}");
        Row("份数", "Units", $"{enrolment.Units} 份");
        page.Append("</table>\n<table>\n");
        Line("缴费方<small>Payer</small>", "状态<span>Status</span>", "金额（元）<span>Amount, CNY</span>");
        foreach (var share in enrolment.Funding.Select(share => ShareView.Of(share, enrolment.PaidBy(share.Payer))))
        {
            var (zh, en) = share.Status switch
            {
                ShareStatus.Paid => ("已缴", "paid"),
                ShareStatus.Due => ($"待缴（已缴 {share.Paid}）", $"due ({share.Paid} paid)"),
                _ => ("承担", "guaranteed"),
            };
            Line(Text(share.Payer), $"{zh}<span>{en}</span>", $"{share.Amount}");
        }
        Line("合计<small>Total</small>", "", $"{enrolment.Contribution}");
        page.Append("</table>\n");
        if (enrolment.End?.Refunds is { } refunds)
        {
            page.Append("<table>\n");
            Line("应退缴费方<small>To be paid back to</small>", "不早于<span>Not before</span>", "金额（元）<span>Amount, CNY</span>");
            foreach (var refund in refunds) Line(Text(refund.Payer), Day(refund.DueOn), $"{refund.Amount}");
            page.Append("</table>\n");
        }
        if (card.Assumed is { Count: > 0 } assumed)
        {
            var parts = assumed.Select(part => part.Path.Split('.')[0]).Distinct().ToArray();
            var named = Text(string.Join('、', parts.Select(part => Parts.GetValueOrDefault(part, part))));
            page.Append($"<p class=\"notes\">说明：本计划的{named}未见公开文本，系按假定执行，依据见计划卡。");
            page.Append($"<small>Assumed, since no published text states them: {Text(string.Join(", ", parts))}. ");
            page.Append("The reasons stand in the plan's card.</small></p>\n");
        }
        page.Append($"""
            <footer>计划 {Text(enrolment.Plan)} 第 {enrolment.PlanVersion} 版 · 打印日期 {today:uuuu-MM-dd}（北京时间） · 以系统登记为准
            <small>Plan {Text(enrolment.Plan)}, version {enrolment.PlanVersion}. Printed {today:uuuu-MM-dd}.
            The register decides.</small></footer>
            </body>
            </html>

            """);
        return page.ToString();

        void Row(string zh, string en, string value, string? below = null) =>
            page.Append($"<tr><th>{zh}<small>{en}</small></th><td>{Text(value)}")
                .Append(below is null ? "" : $"<span>{Text(below)}</span>").Append("</td></tr>\n");

        void Line(string what, string how, string amount) =>
            page.Append($"<tr><th>{what}</th><td>{how}</td><td class=\"amount\">{amount}</td></tr>\n");
    }

    /// <summary>What a reader must not overlook: nothing for a certificate in force.</summary>
    private static string Status(Enrolment enrolment) => enrolment.Status switch
    {
        EnrolmentStatus.InForce => "",
        EnrolmentStatus.Pending => Banner(
            "尚未生效：待缴部分缴清后生效，保障期为预计", "Not in force yet: a share that is due has not been paid; the period is foreseen"),
        EnrolmentStatus.Cancelled when enrolment.End?.LastDay is not null =>
            Banner("已退保，保障至下列末日止", "Cancelled: cover ended on the last day below"),
        EnrolmentStatus.Cancelled => Banner("已退保，未曾生效", "Cancelled before cover began"),
        EnrolmentStatus.Void => Banner("作废，自始无效", "Void from the beginning"),
        EnrolmentStatus.Lapsed => Banner("已失效，未曾生效", "Lapsed, never in force"),
        _ => throw new ArgumentOutOfRangeException(nameof(enrolment), enrolment.Status, "no words are set for this status"),
    };

    private static string Banner(string zh, string en) => $"<p class=\"status\">{zh}<small>{en}</small></p>";

    private static string Text(string text) => Encoder.Encode(text);

    private static string Day(LocalDate day) => $"{day.Year}年{day.Month}月{day.Day}日";

    private static string Masked(IdentityNumber number) => $"{number.Value[..6]}********{number.Value[14..]}";
}
