using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>What a claim meets: exclusions, other payers, the claim window, documents, and who decides.</summary>
internal static class ClaimFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card)
    {
        foreach (var twice in (card.Exclusions ?? []).GroupBy(exclusion => exclusion.Code).Where(group => group.Count() > 1))
            yield return ("exclusions", $"'{twice.Key}' stands twice");
        for (var i = 0; i < (card.Exclusions?.Count ?? 0); i++)
            if (card.Exclusions![i].Code.Length is 0 or > 60) yield return ($"exclusions.{i}.code", "a code has 1 to 60 characters");
        if (card.Coordination?.Less is { } less && (less.Count == 0 || less.Any(source => source.Length is 0 or > 60)))
            yield return ("coordination.less", "names sources in 1 to 60 characters, or is absent");
        if (card.ClaimWindow is { NoticeDays: < 1 or > 3660 }) yield return ("claimWindow.noticeDays", "1 to 3660 days");
        if (card.ClaimWindow is { ApplicationMonths: < 1 or > ClaimWindow.MostMonths })
            yield return ("claimWindow.applicationMonths", $"1 to {ClaimWindow.MostMonths} months");
        foreach (var benefit in card.Benefits)
            if (!card.Documents.TryGetValue(benefit.Kind, out var documents) || documents.Count == 0)
                yield return ("documents", $"no documents are named for {benefit.Kind.Code()}");
        foreach (var (kind, names) in card.Documents)
        {
            if (names.Distinct().Count() != names.Count || names.Any(name => name.Length is 0 or > 60 || name == "other"))
                yield return ($"documents.{kind.Code()}", "document kinds are named once, in 1 to 60 characters, and are not 'other'");
            if (card.BenefitFor(kind) is null) yield return ("documents", $"documents are named for {kind.Code()}, which has no benefit");
        }
        if (card.Originals is { From.IsPositive: false }) yield return ("originals.from", "an amount above 0.00");
        if (card.Originals?.Kinds is { } originals)
        {
            if (originals.Count == 0 || originals.Distinct().Count() != originals.Count)
                yield return ("originals.kinds", "names document kinds once, or is absent");
            foreach (var unknown in originals.Except(card.Documents.Values.SelectMany(kinds => kinds)))
                yield return ("originals.kinds", $"no claim asks for {unknown}");
        }
        if (card.Review is { Count: 0 }) yield return ("review", "names who decides, or is absent");
        var before = Money.Zero;
        for (var i = 0; i < (card.Review?.Count ?? 0); i++)
        {
            var level = card.Review![i];
            if (level.UpTo is null != (i == card.Review.Count - 1))
                yield return ($"review.{i}.upTo", "every line but the last has a limit");
            if (level.UpTo <= before) yield return ($"review.{i}.upTo", "the limits rise");
            if (i > 0 && level.Level > card.Review[i - 1].Level)
                yield return ($"review.{i}.level", "higher amounts are not decided further down");
            before = level.UpTo ?? before;
        }
    }
}
