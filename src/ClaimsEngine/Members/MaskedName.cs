using System.Globalization;
using System.Text;

namespace ClaimsEngine.Members;

/// <summary>
/// A name as it may be published. Of one letter nothing is shown, of two the first, of more the first and the last; every other letter is a
/// star: 张*, 张*三, 欧**生. Points between the parts of a name stay, so that it is known for what it is: 买**·***江. A letter is what a reader
/// sees as one, also where it is stored as several characters. No public text rules it: the masking is ours.
/// </summary>
public static class MaskedName
{
    private const string Points = "·•・‧∙⋅";

    public static string Of(string name)
    {
        var letters = StringInfo.GetTextElementEnumerator(name);
        var parts = new List<string>();
        while (letters.MoveNext()) parts.Add(letters.GetTextElement());
        int[] places = [.. Enumerable.Range(0, parts.Count).Where(place => !Stays(parts[place]))];
        var masked = new StringBuilder();
        for (var place = 0; place < parts.Count; place++)
        {
            var shown = Stays(parts[place]) || (places.Length > 1 && place == places[0]) || (places.Length > 2 && place == places[^1]);
            masked.Append(shown ? parts[place] : "*");
        }
        return masked.ToString();
    }

    private static bool Stays(string letter) => letter == " " || (letter.Length == 1 && Points.Contains(letter[0]));
}
