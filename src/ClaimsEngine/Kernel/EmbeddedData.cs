using System.Text;

namespace ClaimsEngine.Kernel;

/// <summary>Data files of <c>seeds/</c> that are compiled into this assembly, so that the pure core needs no file system.</summary>
internal static class EmbeddedData
{
    /// <summary>The lines of a CSV file without its header and without blank lines.</summary>
    public static IEnumerable<string> Lines(string name) =>
        Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1);

    /// <summary>The files of a folder, <c>tables/</c>, in ordinal order.</summary>
    public static IEnumerable<string> Names(string folder) =>
        typeof(EmbeddedData).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string Text(string name)
    {
        using var stream = typeof(EmbeddedData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly carries no data file {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
