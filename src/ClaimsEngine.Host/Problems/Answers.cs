using System.Globalization;
using ClaimsEngine.Storage.Commands;

namespace ClaimsEngine.Host.Problems;

/// <summary>Answers in the contract's form.</summary>
public static class Answers
{
    public const string PositionHeader = "Event-Position";

    /// <summary>What a rule says in general, for the list of codes.</summary>
    public static ProblemDocument Problem(RefusalCode rule) => new(StatusOf(rule.Kind), rule.Code, rule.Title, TitleZh: rule.TitleZh);

    public static ProblemDocument Problem(Refusal refusal) => Problem(NotDone.For(refusal));

    public static ProblemDocument Problem(NotDone answer) => new(
        StatusOf(answer.Rule.Kind), answer.Rule.Code, answer.Rule.Title, answer.Detail,
        answer.Faults.Count == 0 ? null : answer.Faults.GroupBy(fault => fault.Field.Length == 0 ? "body" : fault.Field)
            .ToDictionary(group => group.Key, group => group.Select(fault => fault.Message).ToArray()),
        answer.Rule.TitleZh, answer.Version, answer.Changes);

    public static ProblemDocument Invalid(string field, string message) =>
        Problem(new NotDone(Refuse.InvalidRequest, $"{field} {message}", [(field, message)]));

    public static IResult Json(object value) => Results.Json(value, ClaimsJson.Options);

    /// <summary>JSON that is already text.</summary>
    public static IResult Text(string json, int status = StatusCodes.Status200OK) =>
        Results.Text(json, "application/json; charset=utf-8", statusCode: status);

    public static void SetETag(this HttpResponse response, long version) => response.Headers.ETag = $"\"{version}\"";

    /// <param name="position">of the last event that was stored; 0 if none was</param>
    public static void SetPosition(this HttpResponse response, long position)
    {
        if (position > 0) response.Headers[PositionHeader] = position.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The HTTP status of a kind of refusal.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.MatchRequired => StatusCodes.Status428PreconditionRequired,
        RefusalKind.NoRoom => StatusCodes.Status507InsufficientStorage,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no status is set for this kind of refusal"),
    };
}
