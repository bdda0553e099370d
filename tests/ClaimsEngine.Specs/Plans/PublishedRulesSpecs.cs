namespace ClaimsEngine.Specs;

/// <summary>
/// What is published never changes: a card, a grade table or an illness catalogue that decisions rest on gets a successor (another version,
/// another code), it is not edited. <c>seeds/plans/published.txt</c> holds the hash of each; a new file is added to it, a line never
/// changes.
/// </summary>
public class PublishedRulesSpecs
{
    private static readonly string Folder = Repository.Seeds("plans");

    [Fact]
    public void Every_published_rule_file_has_the_hash_it_was_published_with()
    {
        var published = File.ReadAllLines(Path.Combine(Folder, "published.txt")).Select(line => line.Split("  "))
            .ToDictionary(line => line[1], line => line[0]);
        var files = Directory.GetFiles(Folder, "*.v*.json").Concat(Directory.GetFiles(Path.Combine(Folder, "tables")))
            .Concat(Directory.GetFiles(Path.Combine(Folder, "illnesses")))
            .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'),
                file => CardReading.Hash(JsonSerializer.SerializeToElement(Repository.Json(file))));
        Assert.Equal([], files.Where(file => published.GetValueOrDefault(file.Key) != file.Value)
            .Select(file => $"{file.Value}  {file.Key}").Order());
        Assert.Equal([], published.Keys.Except(files.Keys));
    }
}
