using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Letters;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// The letters of a claim as pages to print. A letter is of one decision: of the last of its kind, or with <c>version</c> or <c>asOf</c> of
/// the last one up to then, so that the letter of an earlier refusal can be printed again. No library on the feed sets Chinese text as PDF
/// with a font of its own (src/Decisions/0017), so a PDF is made by printing the page.
/// </summary>
public static class LetterEndpoint
{
    private const string Html = "text/html";

    private static readonly Dictionary<string, LetterKind> Kinds = new(StringComparer.Ordinal)
    {
        ["declined"] = LetterKind.Declined, ["approved"] = LetterKind.Approved, ["appeal-decision"] = LetterKind.AppealDecision,
        ["supplement"] = LetterKind.Supplement,
    };

    public static void MapLetters(this IEndpointRouteBuilder routes)
    {
        _ = LetterTemplates.All;   // a fault in a text shows when the host starts, and not when somebody prints
        routes.MapGet("/api/claims/{claim}/letters/{kind}", Show)
            .For(Role.Officer, Role.Approver, Role.Auditor).WithTags("claims").WithName("GetClaimLetter")
            .WithSummary("A decision as a letter in Chinese to print: declined, approved, appeal-decision or supplement")
            .WithMetadata(
                new QueryValue("version", "The letter of the last such decision up to this version of the claim", Type: typeof(int)),
                QueryValue.AsOf)
            .Produces<Stream>(contentType: Html).ProducesProblem(StatusCodes.Status406NotAcceptable);
    }

    private static async Task<IResult> Show(HttpContext http, RecordRoom room, string claim, string kind)
    {
        var query = new QueryText(http.Request);
        var (version, asOf) = (query.Value<int>("version"), query.Moment("asOf"));
        if (version < 1) query.Fault("version", "is 1 or more");
        if (query.Finish() is { } fault) return fault;
        var records = room.For(http.Actor()!, asOf, http.RequestAborted);
        if (Module.ById(claim) is not { } id || await records.Find<Claim>(id) is null) return Answers.Problem(Refuse.NotFound("claim"));
        if (AcceptedForm.Of(http.Request, Html) is null) return ProblemDocument.ForStatus(StatusCodes.Status406NotAcceptable);
        if (!Kinds.TryGetValue(kind, out var which)
            || await LetterOfClaim.Of(
                await room.Events.ReadStream(id, asOf: asOf, cancellation: http.RequestAborted), which, version, records) is not { } letter)
            return Answers.Problem(Refuse.NotFound("letter of this claim"));
        http.Response.SetETag(letter.Version);
        return Page(letter).Answer(http);
    }

    private static PrintedPage Page(Letter letter)
    {
        var page = new PrintedPage($"{letter.Title} {letter.Number}");
        if (letter.Notice is { } notice) page.Paragraph(notice, "warning");
        page.Heading(letter.Title).Paragraph($"编号：{letter.Number}", "number");
        foreach (var (part, place) in letter.Parts.Select((part, place) => (part, place)))
            if (part.Steps is { } steps)
                page.Table(["步骤", "依据", "计算", "结果（元或天）"],
                    steps.Select((step, number) => (IReadOnlyList<string>)
                        [$"{number + 1}. {step.TextZh}", step.Clause, step.Input, step.Output]), 3);
            else if (part.Items is { } items) page.List(items);
            else page.Paragraph(part.Text!, place == 0 ? "first" : "body");
        return page.Paragraph(letter.Office, "signature").Paragraph(letter.Day, "number")
            .Paragraph($"文书样式 {letter.Template} · 案卷版本 {letter.Version} · 以系统登记为准", "notes");
    }
}
