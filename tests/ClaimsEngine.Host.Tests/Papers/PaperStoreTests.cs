using System.Collections.Concurrent;
using System.Security.Cryptography;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Host.Tests.Papers;

/// <summary>The two stores keep the same promises: one in a folder, one in a bucket, over real HTTP.</summary>
public sealed class PaperStoreTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-store-{Guid.NewGuid():N}");
    private readonly FakeS3 bucket = new();

    public async ValueTask InitializeAsync() => await bucket.Start();

    public async ValueTask DisposeAsync()
    {
        await bucket.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_put_once_read_again_and_deleted(bool inFolder)
    {
        var store = Store(inFolder);
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Null(await store.Open(digest, None));
        await store.Delete(digest, None);   // nothing is there, and that is as it should be

        using var content = new MemoryStream(bytes);
        content.Position = 17;   // wherever it stood
        Assert.True(await store.Put(digest, content, None));
        Assert.False(await store.Put(digest, content, None));
        Assert.Equal(bytes, await Read(store, digest));

        await store.Delete(digest, None);
        Assert.Null(await store.Open(digest, None));
    }

    [Fact]
    public async Task A_put_that_breaks_off_leaves_nothing_in_the_folder()
    {
        var store = Store(inFolder: true);
        await Assert.ThrowsAsync<IOException>(() => store.Put(new string('a', 64), new Breaking(), None));
        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Null(await store.Open(new string('a', 64), None));
    }

    [Fact]
    public async Task What_a_killed_process_left_unfinished_is_swept()
    {
        var store = Store(inFolder: true);
        await store.Sweep(TimeSpan.Zero, None);   // there is no folder yet
        var left = Path.Combine(folder, "unfinished", "left");
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        await File.WriteAllTextAsync(left, "x", TestContext.Current.CancellationToken);
        await store.Sweep(TimeSpan.FromHours(1), None);
        Assert.True(File.Exists(left));
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        await store.Sweep(TimeSpan.FromHours(1), None);
        Assert.False(File.Exists(left));
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable, false)]
    [InlineData(StatusCodes.Status403Forbidden, false)]
    [InlineData(StatusCodes.Status507InsufficientStorage, true)]
    public async Task A_bucket_that_does_not_serve_fails_as_a_disk_does(int status, bool full)
    {
        var store = Store(inFolder: false);
        bucket.Says = status;
        var failed = await Assert.ThrowsAsync<IOException>(() => store.Put(new string('a', 64), new MemoryStream([1]), None));
        Assert.Equal((full, true), (Postgres.IsFull(failed), Postgres.IsGone(failed)));
        Assert.Empty(bucket.Objects);
    }

    private IPaperStore Store(bool inFolder) => inFolder ? new FolderPaperStore(folder) : new S3PaperStore(new PaperOptions
    {
        Bucket = "papers", Endpoint = bucket.Address, AccessKey = "sample-key", SecretKey = "sample-secret",
    });

    private static async Task<byte[]> Read(IPaperStore store, string digest)
    {
        await using var file = await store.Open(digest, None);
        using var bytes = new MemoryStream();
        await file!.CopyToAsync(bytes, None);
        return bytes.ToArray();
    }

    private sealed class Breaking : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            destination.Write("half"u8);
            throw new IOException("broken");
        }
    }
}

/// <summary>As much of S3's protocol as the engine speaks: objects are put, headed, got and deleted under a signature.</summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    private readonly WebApplication app;

    public FakeS3()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(Serve);
    }

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>Answers every request with this status; 0 for serving.</summary>
    public int Says { get; set; }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public Task Start() => app.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Serve(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var (key, digest) = (http.Request.Path.Value!, Convert.ToHexStringLower(SHA256.HashData(body.ToArray())));
        var signed = http.Request.Headers.Authorization.ToString().StartsWith(
            "AWS4-HMAC-SHA256 Credential=sample-key/", StringComparison.Ordinal);
        http.Response.StatusCode = Says > 0 ? Says
            : !signed || !key.StartsWith("/papers/", StringComparison.Ordinal) ? 403
            : http.Request.Method switch
            {
                // what is signed is what arrives
                "PUT" => http.Request.Headers["x-amz-content-sha256"] == digest && Objects.TryAdd(key, body.ToArray()) ? 200 : 400,
                "DELETE" => Objects.TryRemove(key, out _) ? 204 : 204,
                _ => Objects.ContainsKey(key) ? 200 : 404,
            };
        if (http.Response.StatusCode != 200 || !Objects.TryGetValue(key, out var stored) || http.Request.Method == "PUT") return;
        http.Response.ContentLength = stored.Length;
        if (http.Request.Method == "GET") await http.Response.Body.WriteAsync(stored);
    }
}
