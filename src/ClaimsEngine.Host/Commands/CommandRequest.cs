using ClaimsEngine.Storage.Commands;

namespace ClaimsEngine.Host.Commands;

/// <summary>A command as it arrived, over HTTP or from a scenario.</summary>
/// <param name="Path">the address it was sent to; with method and body what an Idempotency-Key stands for</param>
/// <param name="Body">the raw JSON; may be empty when the command has no members of its own</param>
/// <param name="IfMatch">the version it was made on; absent if not said</param>
/// <param name="RequestId">the trace it belongs to</param>
/// <param name="On">the past day by whose rules it is decided, as an import's row has one; null is today, as for all that comes over
/// HTTP</param>
/// <param name="Quiet">a seed: nobody is sent a notice of it</param>
public sealed record CommandRequest(
    IUseCase UseCase, string Path, IReadOnlyDictionary<string, string> RouteValues, ReadOnlyMemory<byte> Body, Actor By,
    VersionMatch IfMatch, string? IdempotencyKey, string RequestId, LocalDate? On = null,
    bool Quiet = false);
