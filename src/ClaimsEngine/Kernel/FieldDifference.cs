using System.Text.Json;

namespace ClaimsEngine.Kernel;

/// <summary>One place in which two documents differ: two versions of a card, the facts of two assessments.</summary>
/// <param name="Path">dotted path: <c>benefits.0.medical.percent</c></param>
/// <param name="Before">null where the earlier one has nothing</param>
/// <param name="After">null where the later one has nothing</param>
public sealed record FieldDifference(string Path, JsonElement? Before, JsonElement? After)
{
    /// <summary>Every difference in the order of the later one, last members of only the earlier. Lists differ by their places.</summary>
    public static IReadOnlyList<FieldDifference> Between(JsonElement? before, JsonElement after)
    {
        var differences = new List<FieldDifference>();
        Compare("", before, after, differences);
        return differences;
    }

    private static void Compare(string path, JsonElement? before, JsonElement? after, List<FieldDifference> differences)
    {
        if (before is { ValueKind: JsonValueKind.Object } oldObject && after is { ValueKind: JsonValueKind.Object } newObject)
        {
            foreach (var member in newObject.EnumerateObject())
                Compare(Join(path, member.Name), Member(oldObject, member.Name), member.Value, differences);
            foreach (var member in oldObject.EnumerateObject().Where(member => Member(newObject, member.Name) is null))
                Compare(Join(path, member.Name), member.Value, null, differences);
        }
        else if (before is { ValueKind: JsonValueKind.Array } oldList && after is { ValueKind: JsonValueKind.Array } newList)
        {
            for (var i = 0; i < Math.Max(oldList.GetArrayLength(), newList.GetArrayLength()); i++)
                Compare(Join(path, $"{i}"), Item(oldList, i), Item(newList, i), differences);
        }
        else if (before is null || after is null || !JsonElement.DeepEquals(before.Value, after.Value))
            differences.Add(new FieldDifference(path, before, after));
    }

    private static JsonElement? Member(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement list, int place) => place < list.GetArrayLength() ? list[place] : null;

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";
}
