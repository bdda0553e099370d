using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Telemetry;

/// <summary>A page of metrics tells about every host of its process, so no other host may begin or end meanwhile.</summary>
[CollectionDefinition(nameof(MetricsTests), DisableParallelization = true)]
[Collection(nameof(MetricsTests))]
public sealed partial class MetricsTests : IAsyncLifetime
{
    private TestHost host = null!;
    private Meter meter = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.Start();
        meter = host.Services.GetRequiredService<IMeterFactory>().Create("ClaimsEngine.Tests");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_page_is_prometheus_text_that_parses()
    {
        await host.Get("/api/open");
        var answer = await host.Get("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var metrics = await Read();
        Assert.Contains(metrics, sample => sample.Key.StartsWith("dotnet_process_cpu_time_seconds_total{", StringComparison.Ordinal));
        Assert.Contains(metrics, sample => sample.Key.StartsWith("http_server_request_duration_seconds_bucket{", StringComparison.Ordinal)
                                           && sample.Key.Contains("http_route=\"/api/open\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Counters_add_up_by_label_set_whatever_the_order_of_labels()
    {
        var counter = meter.CreateCounter<long>("claims.submitted", "{claim}", "Claims that came in");
        counter.Add(2, new("plan", "A"), new("region", "62"));
        counter.Add(3, new("region", "62"), new("plan", "A"));
        counter.Add(1, new KeyValuePair<string, object?>("plan", "B"));
        var metrics = await Read();
        Assert.Equal(5, metrics["claims_submitted_total{plan=\"A\",region=\"62\"}"]);
        Assert.Equal(1, metrics["claims_submitted_total{plan=\"B\"}"]);
    }

    [Fact]
    public async Task Up_down_counters_and_gauges_tell_the_present()
    {
        var running = meter.CreateUpDownCounter<int>("rosters.running");
        running.Add(3);
        running.Add(-1);
        var depth = meter.CreateGauge<double>("outbox.depth");
        depth.Record(7);
        depth.Record(4.5);
        var metrics = await Read();
        Assert.Equal(2, metrics["rosters_running"]);
        Assert.Equal(4.5, metrics["outbox_depth"]);
    }

    [Fact]
    public async Task What_an_observable_no_longer_reports_disappears()
    {
        var lag = new List<Measurement<long>> { new(5, new KeyValuePair<string, object?>("projection", "claims")) };
        meter.CreateObservableGauge("projection.lag", () => lag, "s");
        Assert.Equal(5, (await Read())["projection_lag_seconds{projection=\"claims\"}"]);
        lag.Clear();
        Assert.DoesNotContain("projection_lag_seconds{projection=\"claims\"}", (await Read()).Keys);
    }

    [Fact]
    public async Task A_broken_observable_hides_no_other_metric()
    {
        meter.CreateObservableGauge("broken", long () => throw new InvalidOperationException());
        meter.CreateCounter<long>("sound").Add(1);
        Assert.Equal(1, (await Read())["sound_total"]);
    }

    [Fact]
    public async Task Histograms_count_into_cumulative_buckets()
    {
        var duration = meter.CreateHistogram("append.duration", "s", "", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in new[] { 0.05, 0.1, 0.5, 2 }) duration.Record(value);
        var metrics = await Read();
        Assert.Equal(2, metrics["append_duration_seconds_bucket{le=\"0.1\"}"]);
        Assert.Equal(3, metrics["append_duration_seconds_bucket{le=\"1\"}"]);
        Assert.Equal(4, metrics["append_duration_seconds_bucket{le=\"+Inf\"}"]);
        Assert.Equal(4, metrics["append_duration_seconds_count"]);
        Assert.Equal(2.65, metrics["append_duration_seconds_sum"], precision: 6);
    }

    [Fact]
    public async Task Labels_are_escaped_and_names_sanitised()
    {
        meter.CreateCounter<long>("odd-name/9").Add(1, new KeyValuePair<string, object?>("a.b", "say \"hi\"\\\n"));
        Assert.Equal(1, (await Read())["""odd_name_9_total{a_b="say \"hi\"\\\n"}"""]);
    }

    [Fact]
    public async Task Labels_about_a_person_or_caller_are_withheld()
    {
        meter.CreateCounter<long>("visits")
            .Add(1, new("user.name", "王"), new("client.address", "10.0.0.7"), new("url.query", "id=1"), new("plan", "A"));
        Assert.Equal(1, (await Read())["visits_total{plan=\"A\"}"]);
    }

    [Fact]
    public async Task A_label_that_varies_without_end_is_bounded()
    {
        var counter = meter.CreateCounter<long>("endless");
        for (var i = 0; i < 1500; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));
        var metrics = (await Read()).Where(sample => sample.Key.StartsWith("endless_total", StringComparison.Ordinal)).ToDictionary();
        Assert.Equal(1001, metrics.Count);
        Assert.Equal(500, metrics["endless_total{otel_metric_overflow=\"true\"}"]);
    }

    [Fact]
    public async Task Meters_of_others_are_not_published()
    {
        host.Services.GetRequiredService<IMeterFactory>().Create("Somebody.Else").CreateCounter<long>("else").Add(1);
        Assert.DoesNotContain("else_total", (await Read()).Keys);
    }

    [Theory]
    [InlineData("127.0.0.1", null, null, 200)]
    [InlineData("::1", null, null, 200)]
    [InlineData("10.0.0.7", null, null, 401)]
    [InlineData("127.0.0.1", null, "203.0.113.5", 401)]
    [InlineData("127.0.0.1", "true", null, 401)]
    [InlineData("10.0.0.7", "false", null, 200)]
    public async Task Who_may_read_them_depends_on_where_from_and_on_the_setting(
        string address, string? requireRole, string? forwardedFor, int status)
    {
        await using var other = await From(address, requireRole);
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (forwardedFor is not null) request.Headers.Add("X-Forwarded-For", forwardedFor);
        Assert.Equal(status, (int)(await other.Send(request, token: null)).StatusCode);
    }

    [Fact]
    public async Task The_role_that_may_always_read_them_is_the_operator()
    {
        await using var other = await From("10.0.0.7", "true");
        Assert.Equal(200, (int)(await other.Get("/metrics", TestHost.TokenFor("ops", "", Role.Operator))).StatusCode);
        await (await other.Get("/metrics", TestHost.TokenFor("wang", "", Role.Officer))).ShouldBeProblem(403, "forbidden");
    }

    private static Task<TestHost> From(string address, string? requireRole)
    {
        var configuration = requireRole is null ? null : new Dictionary<string, string?> { ["Metrics:RequireRole"] = requireRole };
        return TestHost.Start(configuration: configuration, services: services =>
            services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(new Caller(address)));
    }

    private async Task<Dictionary<string, double>> Read()
    {
        var text = await (await host.Get("/metrics")).Content.ReadAsStringAsync();
        var samples = new Dictionary<string, double>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(Comment().IsMatch(line) || Sample().IsMatch(line), line);
            if (line[0] == '#') continue;
            var (name, value) =
                (line[..line.LastIndexOf(' ')].Replace("{}", "", StringComparison.Ordinal), line[(line.LastIndexOf(' ') + 1)..]);
            Assert.True(samples.TryAdd(name, double.Parse(value, CultureInfo.InvariantCulture)), $"twice: {name}");
        }
        return samples;
    }

    [GeneratedRegex("^# (HELP [a-zA-Z_:][a-zA-Z0-9_:]* .*|TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge|histogram))$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)*\})? ([-+]?[0-9.eE+-]+|NaN|[+-]Inf)$""")]
    private static partial Regex Sample();

    /// <summary>Gives every request a remote address, which a server in memory has none of.</summary>
    private sealed class Caller(string address) : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return rest(context);
            });
            next(app);
        };
    }
}
