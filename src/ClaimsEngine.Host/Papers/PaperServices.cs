using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Papers;

/// <summary>What keeps the files of documents.</summary>
internal static class PaperServices
{
    public static void AddPapers(this IServiceCollection services)
    {
        services.AddOptions<PaperOptions>().BindConfiguration("Papers");
        services.AddSingleton<IPaperStore>(given => given.GetRequiredService<IOptions<PaperOptions>>().Value is var options
            && !string.IsNullOrWhiteSpace(options.Bucket) ? new S3PaperStore(options)
            : new FolderPaperStore(string.IsNullOrWhiteSpace(options.Folder)
                ? Path.Combine(HostDatabase.DataFolder, "papers") : Path.GetFullPath(options.Folder)));
        services.AddSingleton<PaperDesk>();
    }
}
