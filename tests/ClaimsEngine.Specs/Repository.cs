using System.Runtime.CompilerServices;

namespace ClaimsEngine.Specs;

/// <summary>The files that specs read: seeds, and sources for the house rules. Found from where this file was compiled.</summary>
public static class Repository
{
    public static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static string Seeds(params string[] parts) => Path.Combine([Root, "seeds", .. parts]);

    public static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(path))!;

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
