namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>One place at which two versions of a card read differently.</summary>
/// <param name="Before">null where the earlier version says nothing of it</param>
/// <param name="After">null where the later version says nothing of it any more</param>
public sealed record SentenceDifference(CardSection Section, SentenceDifference.Side? Before, SentenceDifference.Side? After)
{
    /// <summary>What one version says.</summary>
    /// <param name="Quoted">it is not a sentence of ours: a clause, or a remark of the card in its own words</param>
    public sealed record Side(ClaimsEngine.Plans.LocalName Text, SentenceMark Mark, bool IsAssumed, bool Quoted = false);

    /// <summary>All differences in the order in which the later version reads.</summary>
    public static IReadOnlyList<SentenceDifference> Between(CardSentences before, CardSentences after)
    {
        var result = new List<SentenceDifference>();
        foreach (var section in after.Sections)
        {
            var old = before.Sections.FirstOrDefault(own => own.Key == section.Key);
            Compare(section, old is null ? [] : Lines(old), Lines(section), result);
        }
        foreach (var gone in before.Sections.Where(own => after.Sections.All(section => section.Key != own.Key)))
            Compare(gone, Lines(gone), [], result);
        return result;
    }

    private static void Compare(
        CardSection section, List<(string Rule, Side Side)> before, List<(string Rule, Side Side)> after, List<SentenceDifference> into)
    {
        var left = before.Except(after).ToList();
        foreach (var (rule, side) in after.Except(before))
        {
            var place = left.FindIndex(line => line.Rule == rule);
            into.Add(new SentenceDifference(section, place < 0 ? null : left[place].Side, side));
            if (place >= 0) left.RemoveAt(place);
        }
        into.AddRange(left.Select(line => new SentenceDifference(section, line.Side, null)));
    }

    private static List<(string Rule, Side Side)> Lines(CardSection section)
    {
        var lines = new List<(string, Side)>();
        if (section.Clause is { } clause) lines.Add(("clause", Quote(clause)));
        AddRemarks(section.Remarks);
        foreach (var sentence in section.Sentences)
        {
            lines.Add((sentence.Rule, new Side(sentence.Text, sentence.Mark, sentence.IsAssumed, section.Key == "sources")));
            AddRemarks(sentence.Remarks);
        }
        return lines;

        void AddRemarks(IEnumerable<CardRemark> remarks) => lines.AddRange(remarks.Select(remark =>
            ($"{(remark.IsAssumed ? "assumed" : "readings")} {remark.Path}", Quote(remark.Because) with { IsAssumed = remark.IsAssumed })));
    }

    private static Side Quote(string text) => new(RemarkWords.Of(text), SentenceMark.Said, false, Quoted: true);
}
