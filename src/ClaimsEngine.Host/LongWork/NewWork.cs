using ClaimsEngine.Host.Http;

namespace ClaimsEngine.Host.LongWork;

/// <summary>A work to be started in the background.</summary>
/// <param name="Kind">what it is called in messages and file names, kebab-case: <c>what-if</c></param>
/// <param name="Region">who sees this region sees the work</param>
/// <param name="Run">
/// does it, after the request has ended: it must not hold on to the request. It heeds <see cref="WorkContext.Cancellation"/>; an exception is a
/// failure, of which the caller sees a trace id alone
/// </param>
public sealed record NewWork(string Kind, RegionCode Region, Func<WorkContext, Task<WorkEnd>> Run);

/// <summary>
/// The work that a request asks for, or what is wrong with the request. Reads every query parameter that it knows before it finds fault with anything
/// else; the others are refused. Not asked again for a request that is repeated.
/// </summary>
/// <param name="body">as it was sent; with address and query it is what an Idempotency-Key stands for</param>
public delegate Task<(NewWork? Work, ProblemDocument? Fault)> ReadWork(HttpContext http, ReadOnlyMemory<byte> body, QueryText query);

/// <summary>As <see cref="ReadWork"/>, of a body in a file.</summary>
/// <param name="file">at its beginning; closed by the work, or at once if none is given back</param>
public delegate Task<(NewWork? Work, ProblemDocument? Fault)> ReadFileWork(HttpContext http, Stream file, QueryText query);
