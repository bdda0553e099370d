using System.Text.Json.Nodes;
using System.Text.Json;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.LongWork;

namespace ClaimsEngine.Host.LongWork;

/// <summary>How a work ended: done, or refused. A <see cref="Refusal"/> is one by itself.</summary>
public sealed record WorkEnd
{
    internal static readonly WorkEnd Failed = new(WorkStatus.Failed, null, null);

    private WorkEnd(WorkStatus status, string? result, NotDone? no) => (Status, Result, No) = (status, result, no);

    internal WorkStatus Status { get; }

    /// <summary>A JSON object.</summary>
    internal string? Result { get; }

    internal NotDone? No { get; }

    /// <param name="result">its members become members of the answer</param>
    /// <exception cref="ArgumentException">The result is no JSON object, or has a member that every work has, such as
    /// <c>status</c>.</exception>
    public static WorkEnd Done(object result) => new(WorkStatus.Done, Members(result), null);

    /// <param name="no">the rule, and every fault of what was sent</param>
    /// <param name="result">what there is to show all the same; its members become members of the answer</param>
    /// <exception cref="ArgumentException">The result is no JSON object, or has a member that every work has, such as
    /// <c>status</c>.</exception>
    public static WorkEnd Refused(NotDone no, object? result = null) =>
        new(WorkStatus.Refused, result is null ? null : Members(result), no);

    public static implicit operator WorkEnd(Refusal refusal) => Refused(NotDone.For(refusal));

    private static string Members(object result)
    {
        if (JsonSerializer.SerializeToNode(result, result.GetType(), ClaimsJson.Options) is not JsonObject members)
            throw new ArgumentException("the result of a work is a JSON object", nameof(result));
        if (WorkView.Members.FirstOrDefault(members.ContainsKey) is { } taken)
            throw new ArgumentException($"every work has a member '{taken}' of its own", nameof(result));
        return members.ToJsonString(ClaimsJson.Options);
    }
}
