using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>Puts what a card assumes, and how its text was read, beside the sentences that rest on it.</summary>
internal static class CardRemarks
{
    public static IReadOnlyList<CardSection> Attach(PlanCard card, IReadOnlyList<CardSection> sections)
    {
        var result = sections.ToArray();
        for (var i = 0; i < (card.Assumed?.Count ?? 0); i++)
        {
            var own = card.Assumed![i];
            Put(result, new CardRemark(true, own.Path, own.Because), [$"assumed.{i}.path", $"assumed.{i}.because"]);
        }
        var told = card.Readings ?? [];
        var now = Readings.Of(card);
        for (var i = 0; i < told.Count; i++)
        {
            Put(result, new CardRemark(false, told[i].Path, told[i].Because, IsReplaced: IsReadOtherwise(card, told[i].Path)),
                [$"readings.{i}.path", $"readings.{i}.because"]);
        }
        foreach (var reading in now.Where(reading => told.All(own => own.Path != reading.Path || own.Because != reading.Because)))
            Put(result, new CardRemark(false, reading.Path, reading.Because,
                reading.Sources.SequenceEqual(card.Sources) ? null : reading.Sources), []);
        return result;
    }

    /// <summary>Whether the interpreter that the card is computed with reads this place in its own way.</summary>
    public static bool IsReadOtherwise(PlanCard card, string path) => Readings.Of(card).Any(reading =>
        reading.Path == path && (card.Readings ?? []).All(own => own.Path != path || own.Because != reading.Because));

    private static void Put(CardSection[] sections, CardRemark remark, string[] members)
    {
        var below = sections.Select(section => section.Sentences.Any(sentence => Lies(sentence.Rule, remark.Path))).ToArray();
        var placed = false;
        for (var i = 0; i < sections.Length; i++)
        {
            if (!below[i]) continue;
            var section = sections[i];
            var rests = section.Sentences.Where(sentence => Lies(sentence.Rule, remark.Path)).ToArray();
            var alone = rests.Length == 1 || !Lies(section.Key, remark.Path);
            sections[i] = section with
            {
                Sentences = [.. section.Sentences.Select(sentence => !Lies(sentence.Rule, remark.Path) ? sentence : sentence with
                {
                    // what is not there at all is not assumed either
                    IsAssumed = sentence.IsAssumed || (remark.IsAssumed && sentence.Mark == SentenceMark.Said),
                    Remarks = alone && sentence == rests[0] ? [.. sentence.Remarks, remark] : sentence.Remarks,
                })],
                Remarks = alone ? section.Remarks : [.. section.Remarks, remark],
                Members = placed ? section.Members : [.. section.Members, .. members],
            };
            placed = true;
        }
        if (!placed) Beside(sections, remark, members);
    }

    /// <summary>No sentence has just this rule: the remark goes to the nearest one above it, or to its part.</summary>
    private static void Beside(CardSection[] sections, CardRemark remark, string[] members)
    {
        var (at, rule) = sections.SelectMany((section, i) => section.Sentences.Select(sentence => (i, sentence.Rule)))
            .Where(pair => Lies(remark.Path, pair.Rule)).OrderByDescending(pair => pair.Rule.Length).FirstOrDefault((-1, ""));
        if (at < 0) at = Math.Max(0, Array.FindIndex(sections, section => section.Key == remark.Path.Split('.')[0]
            || remark.Path.StartsWith(section.Key + ".", StringComparison.Ordinal)));
        var section = sections[at];
        sections[at] = section with
        {
            Sentences = [.. section.Sentences.Select(sentence => sentence.Rule != rule ? sentence : sentence with
            {
                IsAssumed = sentence.IsAssumed || remark.IsAssumed,
                Remarks = [.. sentence.Remarks, remark],
            })],
            Remarks = rule.Length > 0 ? section.Remarks : [.. section.Remarks, remark],
            Members = [.. section.Members, .. members],
        };
    }

    private static bool Lies(string path, string above) =>
        path == above || path.StartsWith(above + ".", StringComparison.Ordinal);
}
