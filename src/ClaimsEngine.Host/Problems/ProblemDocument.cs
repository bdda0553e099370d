using System.Diagnostics;
using System.Text.Json;
using ClaimsEngine.Claims;

namespace ClaimsEngine.Host.Problems;

/// <summary>
/// A problem of RFC 9457, the one form of every answer that is no success. <see cref="Code"/> is the stable name that programs switch on;
/// <c>type</c> follows from it (<c>/problems/{code}</c>) and <c>traceId</c> from the request.
/// </summary>
/// <param name="Code">kebab-case, never renamed once published</param>
/// <param name="Title">what kind of problem, the same text for every occurrence</param>
/// <param name="Detail">this occurrence; never an exception's text, never personal data</param>
/// <param name="Errors">field (as in the request, <c>person.name</c>) → what is wrong with it</param>
/// <param name="TitleZh">the title for people who read Chinese</param>
/// <param name="Version">of the resource now, where the request was made on an older one</param>
/// <param name="Changes">what happened to the resource since the version that the request was made on, oldest first</param>
public sealed record ProblemDocument(
    int Status, string Code, string Title, string? Detail = null, IReadOnlyDictionary<string, string[]>? Errors = null,
    string? TitleZh = null, long? Version = null, IReadOnlyList<ChangeSince>? Changes = null) : IResult
{
    /// <summary>The media type of problem documents.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Writes the status and the document. The response must not have started.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(
            BodyOf(Status, httpContext.TraceId()), ClaimsJson.Options, ContentType, httpContext.RequestAborted);
    }

    /// <summary>The document as a member of another answer, whose status is not this one's: JSON without a status.</summary>
    public string Embedded(string traceId) => JsonSerializer.Serialize(BodyOf(null, traceId), ClaimsJson.Options);

    /// <summary>The statuses that <see cref="ForStatus"/> has a code of its own for.</summary>
    public static readonly IReadOnlyList<int> Statuses = [400, 401, 403, 404, 405, 406, 408, 413, 415, 422, 429, 500, 503, 507];

    /// <summary>A document about a bare status code, for answers that nobody else explained.</summary>
    public static ProblemDocument ForStatus(int status) => status switch
    {
        401 => new(status, "unauthenticated", "A valid bearer token is required", TitleZh: "需要有效的访问令牌"),
        403 => new(status, "forbidden", "Your role does not allow this", TitleZh: "您的角色无权执行此操作"),
        404 => new(status, "not-found", "There is no such resource", TitleZh: "资源不存在"),
        405 => new(status, "method-not-allowed", "The resource does not know this method", TitleZh: "不支持该请求方法"),
        406 => new(status, "not-acceptable", "The resource has no such representation", TitleZh: "不支持所请求的格式"),
        408 => new(status, "request-timeout", "The request arrived too slowly", TitleZh: "请求超时"),
        413 => new(status, "body-too-large", "The request body is too large", TitleZh: "请求内容过大"),
        415 => new(status, "unsupported-media-type", "The request body has an unsupported media type", TitleZh: "不支持的内容类型"),
        422 => new(status, "invalid-request", "The request is not valid", TitleZh: "请求内容无效"),
        429 => new(status, "too-many-requests", "Too many requests", TitleZh: "请求过于频繁"),
        503 => new(status, "unavailable", "The engine cannot answer now", TitleZh: "服务暂不可用"),
        507 => new(status, Refuse.StorageFull.Code, Refuse.StorageFull.Title, TitleZh: Refuse.StorageFull.TitleZh),
        >= 500 => new(status, "internal-error", "The engine failed unexpectedly", TitleZh: "系统内部错误"),
        _ => new(status, "bad-request", "The request is malformed", TitleZh: "请求格式错误"),
    };

    /// <summary>422 with what is wrong with each field.</summary>
    public static ProblemDocument Invalid(IReadOnlyDictionary<string, string[]> errors) => ForStatus(422) with { Errors = errors };

    private Body BodyOf(int? status, string traceId) =>
        new($"/problems/{Code}", Code, Title, TitleZh, status, Detail, traceId, Errors, Version, Changes);

    private sealed record Body(
        string Type, string Code, string Title, string? TitleZh, int? Status, string? Detail, string TraceId,
        IReadOnlyDictionary<string, string[]>? Errors, long? Version, IReadOnlyList<ChangeSince>? Changes);
}

/// <summary>The name under which a request is found again in logs, traces and events.</summary>
public static class RequestTrace
{
    /// <summary>The W3C trace id (32 hexadecimal digits), or the connection's request id where nothing is traced.</summary>
    public static string TraceId(this HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
