using System.Text.Json.Nodes;
using System.Text.Json;
using ClaimsEngine.Storage.LongWork;

namespace ClaimsEngine.Host.LongWork;

/// <summary>A work as its caller sees it; the members of its result stand beside these.</summary>
/// <param name="Done">Steps done of total, in whatever the work counts</param>
/// <param name="Total">Steps in all, once that is known</param>
/// <param name="Problem">Why it was refused or failed: a problem document</param>
public sealed record WorkView(Guid Id, string Kind, WorkStatus Status, long Done, long? Total, Instant StartedAt, Instant? FinishedAt,
    JsonObject? Problem)
{
    /// <summary>What every work has, so that no result may.</summary>
    internal static readonly IReadOnlyList<string> Members =
        [.. typeof(WorkView).GetConstructors()[0].GetParameters()
            .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!))];

    public static string Json(StoredWork work)
    {
        var view = new WorkView(work.Id, work.Kind, work.Status, work.Done, work.Total, work.StartedAt, work.FinishedAt,
            Parsed(work.Problem));
        var shown = JsonSerializer.SerializeToNode(view, ClaimsJson.Options)!.AsObject();
        foreach (var (name, value) in Parsed(work.Result) ?? []) shown[name] = value?.DeepClone();
        return shown.ToJsonString(ClaimsJson.Options);
    }

    private static JsonObject? Parsed(string? json) => json is null ? null : JsonNode.Parse(json)!.AsObject();
}

/// <summary>The answer to the request that starts a work: the same whenever it is sent again under its key.</summary>
/// <param name="Total">Steps in all; absent, since only the work itself finds out</param>
public sealed record WorkStarted(Guid Id, string Kind, WorkStatus Status = WorkStatus.Running, long Done = 0, long? Total = null);
