using System.Collections.Concurrent;
using System.Diagnostics;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.Http;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ClaimsEngine.Host.Tests.Telemetry;

/// <summary>Listeners to activities hear the whole process, so these tests run one after another.</summary>
public sealed class ExportTests(ApiFixture api) : ApiTest(api)
{
    // nothing listens on this port: what is exported is lost
    private static readonly Dictionary<string, string?> Collector = new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9" };

    [Fact]
    public async Task Without_a_collector_nothing_listens_to_the_engines_activities()
    {
        await using var host = await TestHost.Start();
        using var source = new ActivitySource("ClaimsEngine.ExportTests.Off");
        Assert.False(source.HasListeners());
    }

    [Fact]
    public async Task With_a_collector_the_engines_activities_are_recorded_and_an_absent_one_does_not_stop_the_host()
    {
        await using var host = await TestHost.Start(configuration: Collector);
        foreach (var name in (string[])["ClaimsEngine.ExportTests.On", "Marten", "Wolverine", "Npgsql", "Microsoft.AspNetCore"])
        {
            using var source = new ActivitySource(name);
            Assert.True(source.HasListeners(), name);
        }
        using var other = new ActivitySource("NotOfTheEngine");
        Assert.False(other.HasListeners());
        Assert.Equal(200, (int)(await host.Get("/api/open")).StatusCode);
    }

    [Fact]
    public async Task Traces_hold_no_personal_data()
    {
        var recorded = new Recorded();
        await using (await TestHost.Start(configuration: Collector, services: services =>
            services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(recorded))))
        {
            var made = await Enrolled();
            await Officer.Get($"/api/enrolments?idNumber={made.Person.IdNumber}&name={Uri.EscapeDataString(made.Person.Name)}");
            await Api.Ask("SELECT $1", made.Person.IdNumber);
            foreach (var source in (string[])["Microsoft.AspNetCore", "Npgsql"])
                Assert.Contains(recorded.Activities, activity => activity.Source.Name == source);
            foreach (var activity in recorded.Activities)
            {
                var tags = activity.TagObjects.Concat(activity.Events.SelectMany(happened => happened.Tags)).ToArray();
                Assert.DoesNotContain(tags, tag => tag.Key is "url.query" or "url.full" or "client.address"
                    || tag.Key.StartsWith("enduser.", StringComparison.Ordinal));
                Assert.All([activity.DisplayName, .. tags.Select(tag => tag.Value?.ToString() ?? "")], text =>
                {
                    Assert.DoesNotContain(made.Person.IdNumber, text, StringComparison.Ordinal);
                    Assert.DoesNotContain(made.Person.Name, text, StringComparison.Ordinal);
                    Assert.DoesNotContain(Uri.EscapeDataString(made.Person.Name), text, StringComparison.Ordinal);
                });
            }
        }
    }

    /// <summary>What an exporter is given: it stands behind the host's own processors.</summary>
    private sealed class Recorded : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Activities { get; } = [];

        public override void OnEnd(Activity data) => Activities.Enqueue(data);
    }
}
