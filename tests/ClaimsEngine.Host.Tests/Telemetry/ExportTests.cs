using System.Diagnostics;
using ClaimsEngine.Host.Tests.Http;

namespace ClaimsEngine.Host.Tests.Telemetry;

public sealed class ExportTests
{
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
        using var source = new ActivitySource("NotOfTheEngine");
        await using var host = await TestHost.Start(configuration: new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9" });
        using var engine = new ActivitySource("ClaimsEngine.ExportTests.On");
        Assert.True(engine.HasListeners());
        Assert.False(source.HasListeners());
        Assert.Equal(200, (int)(await host.Get("/api/open")).StatusCode);
    }
}
