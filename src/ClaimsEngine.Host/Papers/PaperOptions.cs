namespace ClaimsEngine.Host.Papers;

/// <summary>Where the files of documents lie (configuration section <c>Papers</c>): in a folder, or in a bucket where one is
/// named.</summary>
public sealed class PaperOptions
{
    /// <summary>Null for <c>papers</c> in the engine's data folder. Hosts that share a database share this folder, or a bucket.</summary>
    public string? Folder { get; set; }

    /// <summary>Of an S3-compatible store. It must be there; null for the folder.</summary>
    public string? Bucket { get; set; }

    /// <summary>Address of the S3-compatible store, such as <c>https://minio.example:9000</c>; null for Amazon's own in
    /// <see cref="Region"/>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Of the bucket, as requests are signed for.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Null, as the secret, for the credentials of the machine: environment, profile or role.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket stands in the path and not in the host's name. Most stores but Amazon's want that.</summary>
    public bool PathStyle { get; set; } = true;
}
