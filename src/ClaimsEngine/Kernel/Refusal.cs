namespace ClaimsEngine.Kernel;

/// <summary>What kind of no: decides the HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request breaks a rule by itself: 422.</summary>
    Invalid,

    /// <summary>This person may not: 403.</summary>
    Forbidden,

    /// <summary>There is no such thing, or not in this person's region: 404.</summary>
    NotFound,

    /// <summary>The state of things does not allow it now: 409.</summary>
    Conflict,

    /// <summary>The request was made on an older version: 412.</summary>
    Stale,

    /// <summary>The request does not say on which version it was made: 428.</summary>
    MatchRequired,

    /// <summary>The engine has no room to store it: 507.</summary>
    NoRoom,
}

/// <summary>A stable code for one rule that can be broken. Clients branch on it; people read the titles.</summary>
/// <param name="Code">kebab-case, never changed once published</param>
public sealed record RefusalCode(string Code, RefusalKind Kind, string Title, string TitleZh);

/// <summary>A no, as a value: which rule, what about it, and which field of the request (camelCase path) if one is to blame.</summary>
public sealed record Refusal(RefusalCode Rule, string Detail, string? Field = null)
{
    /// <summary>The most faults that an answer names. Who collects faults stops there: nobody reads more, and a request is not to cost more
    /// the worse it is.</summary>
    public const int MostFaults = 100;

    /// <summary>Every fault with its field, where there may be several, up to <see cref="MostFaults"/>; null where <see cref="Field"/> says
    /// it.</summary>
    public IReadOnlyList<(string Field, string Message)>? Faults
    {
        get;
        init => field = value is { Count: > MostFaults } ? [.. value.Take(MostFaults)] : value;
    }

    /// <summary>The request breaks rules of its shape, each named with its field.</summary>
    public static Refusal Of(RefusalCode rule, IReadOnlyList<(string Field, string Message)> faults) =>
        new(rule, string.Join("; ", faults.Take(5).Select(fault => $"{fault.Field} {fault.Message}")), faults[0].Field) { Faults = faults };

    public string Code => Rule.Code;

    public override string ToString() => $"{Code}: {Detail}";
}
