using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Queries;
using Microsoft.AspNetCore.Http;

namespace ClaimsEngine.Host.Tests.House;

/// <summary>Who may point at whom, outside the domain. Sources are read as text, without their comments.</summary>
public sealed partial class ArrowTests
{
    internal static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    [Theory]
    [InlineData("ClaimsEngine.Host", "Http", "Queries")]
    [InlineData("ClaimsEngine.Storage", "Projections", "ReadModels")]
    [InlineData("ClaimsEngine.Rosters", "Xlsx", "Sheets")]
    [InlineData("ClaimsEngine.Console", "Pages", "Doors")]
    public void No_two_folders_of_a_project_use_each_other(string project, string from, string to)
    {
        var arrows = ArrowsOf(project);
        Assert.Contains(to, arrows[from]);   // the drawing finds what is there
        foreach (var folder in arrows)
            Assert.True(!Reached(folder.Key, []).Contains(folder.Key), $"{project}/{folder.Key} is used by what it uses: {Drawn(arrows)}");

        HashSet<string> Reached(string folder, HashSet<string> seen)
        {
            foreach (var next in arrows[folder])
                if (seen.Add(next)) Reached(next, seen);
            return seen;
        }
    }

    [Fact]
    public void Queries_know_nothing_of_HTTP()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "src", "ClaimsEngine.Host", "Queries"), "*.cs");
        Assert.NotEmpty(sources);
        const string web = @"\b(Http(Request|Context|Response)|IResult|IQueryCollection|Microsoft\.AspNetCore)\b";
        Assert.All(sources, file => Assert.DoesNotMatch(web, Code(file)));
        var types = typeof(ListQuery).Assembly.GetTypes().Where(type => type.Namespace == typeof(ListQuery).Namespace);
        var methods = types.SelectMany(type => ((System.Reflection.MethodBase[])[.. type.GetMethods(), .. type.GetConstructors()]));
        Assert.DoesNotContain(
            methods.SelectMany(method => method.GetParameters()),
            parameter => parameter.ParameterType.Assembly == typeof(HttpRequest).Assembly);
    }

    [Fact]
    public void The_storage_alone_names_the_session_of_Marten()
    {
        var naming = Sources().Where(file => MartenSession().IsMatch(Code(file))).Select(ProjectOf).Distinct();
        Assert.Equal(["ClaimsEngine.Storage"], naming);
    }

    [Fact]
    public void The_tables_of_Marten_are_made_by_Marten_and_no_event_is_inserted_by_hand()
    {
        var texts = Sources().Select(Code).Concat(Files("*.sql").Select(File.ReadAllText)).ToArray();
        Assert.All(texts, text =>
        {
            Assert.DoesNotMatch(@"(?i)\binsert\s+into\s+\S*mt_events\b", text);
            Assert.DoesNotMatch(@"(?i)\bcreate\s+(unlogged\s+)?table\s+(if\s+not\s+exists\s+)?(""?[\w{}$]+""?\.)?""?mt_", text);
        });
    }

    /// <summary>Folder → the folders that its sources name, by using directives and by qualified names.</summary>
    private static ILookup<string, string> ArrowsOf(string project)
    {
        var root = Path.Combine(Root, "src", project);
        var folders = Sources()
            .Where(file => ProjectOf(file) == project).Select(file => FolderOf(root, file)).Where(folder => folder.Length > 0).ToHashSet();
        // a qualified name begins with the whole namespace, or with its last part
        var named = new Regex(
            $@"(?:(?<![\w.]){Regex.Escape(project)}\.|(?<![\w.""]))(?<folder>{string.Join('|', folders)})(?:\.[A-Z]\w|;)");
        return Sources().Where(file => ProjectOf(file) == project)
            .SelectMany(file => named.Matches(Code(file)).Select(match => (From: FolderOf(root, file), To: match.Groups["folder"].Value)))
            .Where(arrow => arrow.From.Length > 0 && arrow.From != arrow.To)
            .Distinct().ToLookup(arrow => arrow.From, arrow => arrow.To);
    }

    private static string Drawn(ILookup<string, string> arrows) =>
        string.Join("; ", arrows.Select(folder => $"{folder.Key} → {string.Join(", ", folder)}"));

    private static IEnumerable<string> Sources() => Files("*.cs");

    private static IEnumerable<string> Files(string pattern) => Directory
        .GetFiles(Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string ProjectOf(string file) =>
        Path.GetRelativePath(Path.Combine(Root, "src"), file).Split(Path.DirectorySeparatorChar)[0];

    private static string FolderOf(string root, string file) => Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)
        is [var folder, _, ..] ? folder : "";

    private static string Code(string file) => CommentOrNamespace().Replace(File.ReadAllText(file), "");

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^\s*//.*$|^namespace .*$", RegexOptions.Multiline)]
    private static partial Regex CommentOrNamespace();

    [GeneratedRegex(@"\b(IDocumentSession|IQuerySession|IDocumentStore|IDocumentOperations|DocumentStore)\b")]
    private static partial Regex MartenSession();
}
