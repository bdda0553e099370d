namespace ClaimsEngine.Console.Doors;

/// <summary>What the API answered: a value, or the problem that it told.</summary>
/// <param name="Version">of the resource, for the next command; null where the answer named none</param>
public sealed record Answer<T>(T? Value, Problem? Problem, long? Version = null, string? Location = null) where T : class;

/// <summary>A problem document of the API (RFC 9457).</summary>
/// <param name="Errors">field as in the request → what is wrong with it</param>
/// <param name="Version">of the resource now, where the command rested on an older one</param>
/// <param name="Changes">what happened since, oldest first</param>
public sealed record Problem(
    int Status, string Code, string Title, string? TitleZh = null, string? Detail = null,
    IReadOnlyDictionary<string, string[]>? Errors = null, long? Version = null,
    IReadOnlyList<Claims.ChangeSince>? Changes = null)
{
    /// <summary>Whether somebody else changed the resource since the page was read.</summary>
    public bool IsStale => Status == 412;

    public bool IsMissing => Status == 404;

    /// <summary>The API did not answer at all, or not as it says it does.</summary>
    public static readonly Problem Unreachable =
        new(503, "unavailable", "The engine cannot answer now", "服务暂不可用");
}

/// <summary>A page of a list.</summary>
/// <param name="Next">cursor of the page after; null at the end</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null);
