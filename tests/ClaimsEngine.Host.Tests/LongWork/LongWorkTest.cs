using System.Net.Http.Headers;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>Long work over real HTTP, with works of the tests' own. All such tests share one host and run one after another.</summary>
[Collection(Name)]
public abstract class LongWorkTest(SampleWorks samples, ApiFixture api) : IAsyncLifetime
{
    public const string Name = "long work";

    protected SampleWorks Samples { get; } = samples;
    protected ApiFixture Api { get; } = api;
    protected Caller Officer { get; private set; } = null!;

    /// <summary>Works of a test may wait for it. It opens at the end at the latest, so that no work outlives its test.</summary>
    protected TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask InitializeAsync() => Officer = await Samples.As("wang");

    public ValueTask DisposeAsync()
    {
        Gate.TrySetResult();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static WorkEnd Done() => WorkEnd.Done(new SampleWorks.Found(3, new Money(1250)));

    /// <summary>The request for a work that ends once the gate is open.</summary>
    protected object AtTheGate(Func<WorkEnd> end) => Samples.Does(async _ =>
    {
        await Gate.Task;
        return end();
    });

    protected Task<Reply> Ended(Reply accepted) => Officer.Ended(accepted);

    /// <summary>An answer whose body is still coming.</summary>
    /// <param name="watch">by which <see cref="SampleWorks.Left"/> knows the request</param>
    /// <param name="at">the first host, unless another one is named</param>
    protected Task<HttpResponseMessage> Ask(Caller caller, string path, string accept, string? watch = null, HttpClient? at = null)
    {
        var request = caller.Request(HttpMethod.Get, path, null, message =>
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
            if (watch is not null) message.Headers.Add("Watch", watch);
        });
        return (at ?? Samples.Http).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc cref="Ask"/>
    protected Task<HttpResponseMessage> Watch(Caller caller, string path, string? watch = null, HttpClient? at = null) =>
        Ask(caller, path, "text/event-stream", watch, at);
}

/// <summary>They share one host.</summary>
[CollectionDefinition(LongWorkTest.Name)]
public sealed class OneHostOfSamples : ICollectionFixture<SampleWorks>;
