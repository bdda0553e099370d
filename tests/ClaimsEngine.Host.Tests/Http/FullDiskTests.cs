using System.Text;
using ClaimsEngine.Host.Http;
using Microsoft.AspNetCore.Builder;

namespace ClaimsEngine.Host.Tests.Http;

/// <summary>The disk to which bodies are spooled fails: that is not the sender's fault.</summary>
public sealed class FullDiskTests
{
    private const string ContentType = "multipart/form-data; boundary=b";

    private static readonly byte[] Form = Encoding.UTF8.GetBytes(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n姓名,身份证号\r\n--b--\r\n");

    [Fact]
    public async Task A_full_disk_is_told_apart_from_a_broken_form_and_the_file_is_closed()
    {
        var disk = new Disk(Full());
        await Assert.ThrowsAsync<IOException>(() =>
            FormFile.Read(ContentType, new MemoryStream(Form), () => disk, TestContext.Current.CancellationToken));
        Assert.True(disk.IsClosed);
    }

    [Fact]
    public async Task A_broken_form_leaves_no_file_open()
    {
        var disk = new Disk(null);
        var (file, fault) = await FormFile.Read(
            ContentType, new MemoryStream(Form[..^8]), () => disk, TestContext.Current.CancellationToken);
        Assert.Null(file);
        Assert.Equal((422, "invalid-request"), (fault!.Status, fault.Code));
        Assert.True(disk.IsClosed);
    }

    [Fact]
    public async Task A_full_disk_is_answered_507_and_one_that_fails_otherwise_503()
    {
        await using var host = await TestHost.Start(routes: app =>
        {
            app.MapGet("/api/full", string () => throw Full());
            app.MapGet("/api/failing", string () => throw new IOException("Input/output error", 5));
        });
        await (await host.Get("/api/full")).ShouldBeProblem(507, "storage-full");
        await (await host.Get("/api/failing")).ShouldBeProblem(503, "unavailable");
    }

    /// <summary>What the operating system says of a disk without room; where it has no such device, the number that it would say.</summary>
    private static IOException Full()
    {
        if (!File.Exists("/dev/full"))
            return new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
        return Assert.Throws<IOException>(() =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write([1]);
        });
    }

    private sealed class Disk(IOException? fault) : MemoryStream
    {
        public bool IsClosed { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            fault is null ? base.WriteAsync(buffer, cancellationToken) : throw fault;

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
