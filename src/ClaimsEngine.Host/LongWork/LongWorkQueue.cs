using JasperFx.CodeGeneration;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.Runtime.Handlers;

namespace ClaimsEngine.Host.LongWork;

/// <summary>Configuration section <c>LongWork</c>.</summary>
public sealed class LongWorkOptions
{
    /// <summary>Works that this process runs at once; further ones wait for their turn.</summary>
    public int AtOnce { get; set; } = 2;

    /// <summary>Days after its end that a work, with its output and its Idempotency-Key, is deleted.</summary>
    public int KeepDays { get; set; } = 30;
}

/// <summary>The queue of long works, and the kinds of work that there are.</summary>
public static class LongWorkQueue
{
    /// <summary>The registration that every process needs which starts or runs works.</summary>
    public static void AddLongWork(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LongWorkOptions>().BindConfiguration("LongWork")
            .Validate(
                options => options is { AtOnce: > 0, KeepDays: > 0 }, "LongWork:AtOnce and LongWork:KeepDays are whole numbers above 0.")
            .ValidateOnStart();
        builder.Services.AddSingleton<LongWorkRunner>();
        builder.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LongWorkRunner>());
    }

    /// <summary>A durable local queue: a message outlives the process that put it in line.</summary>
    public static void Configure(WolverineOptions wolverine, IConfiguration configuration)
    {
        wolverine.PublishMessage<RunLongWork>().ToLocalQueue("long-work")
            .MaximumParallelMessages(configuration.GetValue("LongWork:AtOnce", new LongWorkOptions().AtOnce))
            .UseDurableInbox();
        wolverine.Policies.Add<AsLongAsItTakes>();
    }

    /// <summary>Wolverine gives a handler a minute by default.</summary>
    private sealed class AsLongAsItTakes : IHandlerPolicy
    {
        public void Apply(IReadOnlyList<HandlerChain> chains, GenerationRules rules, JasperFx.IServiceContainer container)
        {
            foreach (var chain in chains.Where(chain => chain.MessageType == typeof(RunLongWork)))
                chain.ExecutionTimeoutInSeconds = (int)TimeSpan.FromDays(7).TotalSeconds;
        }
    }
}
