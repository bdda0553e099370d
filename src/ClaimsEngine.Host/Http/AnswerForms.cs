using System.Text.Json;

namespace ClaimsEngine.Host.Http;

/// <summary>A page of a list, for the API's description.</summary>
/// <param name="Next">the cursor of the next page; absent on the last one</param>
internal sealed record Page<TRow>(IReadOnlyList<TRow> Items, string? Next);

/// <summary>A list that is answered as a whole.</summary>
internal sealed record All<T>(IReadOnlyList<T> Items);

/// <summary>An event as CloudEvents 1.0 has it, for the API's description. Its headers are further members.</summary>
/// <param name="Subject">the stream</param>
/// <param name="Version">of the stream, which the event made</param>
/// <param name="Position">in the feed</param>
/// <param name="User">who did it</param>
/// <param name="Causation">the command that it came of</param>
/// <param name="Correlation">the request that it came of</param>
/// <param name="Data">the event itself; its members depend on type</param>
internal sealed record CloudEvent(
    string Specversion, Guid Id, string Source, string Type, Guid Subject, Instant Time, string Datacontenttype, long Version,
    long Position, string? User, string? Causation, string? Correlation, JsonElement Data);

/// <summary>A page of the log, for the API's description.</summary>
/// <param name="Next">to be sent as after; absent where the log ends</param>
internal sealed record LogPage(IReadOnlyList<CloudEvent> Events, long? Next);

/// <summary>One stream's history, for the API's description.</summary>
internal sealed record StreamHistory(Guid Id, string StreamType, long Version, IReadOnlyList<CloudEvent> Events);

internal sealed record StatusForm(string Status);

internal sealed record ReadyForm(string Status, int ReadModels);

internal sealed record HealthForm(string Status, IReadOnlyList<HealthCheckForm> Checks);

internal sealed record HealthCheckForm(string Name, string Status, string? Description, double Seconds);

/// <param name="Code">stable, for programs</param>
internal sealed record ProblemCode(string Code, int Status, string Title, string? TitleZh);
