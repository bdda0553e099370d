using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace ClaimsEngine.Host.Papers;

/// <summary>Files in a bucket of Amazon S3 or of any store that speaks its protocol (MinIO, Ceph, OSS): <c>ab/cd/abcd…</c>, by
/// digest.</summary>
public sealed class S3PaperStore : IPaperStore, IDisposable
{
    /// <summary>What Linux calls a full disk, as this machine's own would be told.</summary>
    private const int Full = 28;

    private readonly AmazonS3Client client;
    private readonly string bucket;

    /// <exception cref="ArgumentException">No bucket is named.</exception>
    public S3PaperStore(PaperOptions options)
    {
        bucket = options.Bucket ?? throw new ArgumentException("no bucket is named", nameof(options));
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            // Other stores than Amazon's know no newer checksums. What arrives is checked all the same: its SHA-256 is signed.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = options.Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        client = options is { AccessKey: { } key, SecretKey: { } secret }
            ? new AmazonS3Client(new BasicAWSCredentials(key, secret), config) : new AmazonS3Client(config);
    }

    public async Task<bool> Put(string sha256, Stream content, CancellationToken cancellation)
    {
        if (await Answered(() => client.GetObjectMetadataAsync(bucket, KeyOf(sha256), cancellation)) is not null) return false;
        content.Position = 0;
        var stored = await Answered(() => client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket, Key = KeyOf(sha256), InputStream = content, AutoCloseStream = false, UseChunkEncoding = false,
            ContentType = "application/octet-stream",
        }, cancellation));
        return stored is not null ? true : throw new IOException($"the bucket {bucket} is not there");
    }

    public async Task<Stream?> Open(string sha256, CancellationToken cancellation) =>
        (await Answered(() => client.GetObjectAsync(bucket, KeyOf(sha256), cancellation)))?.ResponseStream;

    public async Task Delete(string sha256, CancellationToken cancellation) =>
        await Answered(() => client.DeleteObjectAsync(bucket, KeyOf(sha256), cancellation));

    public void Dispose() => client.Dispose();

    /// <returns>null where there is no such object</returns>
    /// <exception cref="IOException">The store is full, refuses us, or does not answer: what a disk would say.</exception>
    private async Task<T?> Answered<T>(Func<Task<T>> ask) where T : class
    {
        try
        {
            return await ask();
        }
        catch (AmazonServiceException no) when (no.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonServiceException full) when (full.StatusCode == HttpStatusCode.InsufficientStorage)
        {
            throw new IOException($"the bucket {bucket} is full", Full);
        }
        catch (Exception failed) when (failed is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IOException($"the bucket {bucket} does not serve us", failed);
        }
    }

    private static string KeyOf(string sha256) => $"{sha256[..2]}/{sha256[2..4]}/{sha256}";
}
