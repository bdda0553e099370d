using System.Text.Json;

namespace ClaimsEngine.Host.LongWork;

/// <summary>A work to be started in the background.</summary>
/// <param name="Kind">of the <see cref="ILongWork"/> that does it, kebab-case: <c>what-if</c></param>
/// <param name="Region">who sees this region sees the work</param>
/// <param name="Instruction">what is to be done: stored as JSON, since another process may have to go on with it</param>
/// <param name="Input">a file that the work reads; closed by the starter, null without one</param>
public sealed record NewWork(string Kind, RegionCode Region, object Instruction, Stream? Input = null);

/// <summary>What does the works of one kind. It heeds the context's cancellation; an exception is a failure, of which the caller sees a
/// trace id alone.</summary>
public interface ILongWork
{
    /// <summary>What its works are called in messages and file names.</summary>
    string Kind { get; }

    /// <param name="instruction">as it was given when the work was started</param>
    Task<WorkEnd> Run(JsonElement instruction, WorkContext context);
}

/// <summary>What stands in the stored instruction of every work.</summary>
/// <param name="Trace">of the request that started it: a failure is logged and shown under it</param>
internal sealed record WorkInstruction(string Trace, JsonElement Order);
