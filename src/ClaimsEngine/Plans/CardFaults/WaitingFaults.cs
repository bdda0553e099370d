using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Waiting periods.</summary>
internal static class WaitingFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card)
    {
        var seen = new HashSet<IncidentKind>();
        for (var i = 0; i < (card.Waiting?.Count ?? 0); i++)
        {
            var (waiting, at) = (card.Waiting![i], $"waiting.{i}");
            if (waiting.Kinds.Count == 0) yield return ($"{at}.kinds", "names one kind of incident at least");
            foreach (var kind in waiting.Kinds)
            {
                if (!seen.Add(kind)) yield return ($"{at}.kinds", $"{kind.Code()} has two waiting periods");
                if (card.BenefitFor(kind) is null) yield return ($"{at}.kinds", $"the plan has no benefit for {kind.Code()}");
            }
            if (waiting.Days is < 0 or > 3660) yield return ($"{at}.days", "0 to 3660 days");
            if (waiting.ReducedToDay <= waiting.Days) yield return ($"{at}.reducedToDay", "lies before the end of the waiting period");
            if (waiting.ReducedToDay > 3660) yield return ($"{at}.reducedToDay", "up to 3660 days");
            if (waiting is { ReducedToDay: null, ReducedPercent: not null })
                yield return ($"{at}.reducedPercent", "there is no reduced period");
            if (waiting.ReducedPercent is < 1 or > 99) yield return ($"{at}.reducedPercent", "a reduced benefit is 1 to 99 per cent");
            if (waiting is { ReducedToDay: not null, ReducedPercent: null } && !card.IsUnpublished($"{at}.reducedPercent"))
                yield return ($"{at}.reducedPercent", "is absent, and notPublished does not name it");
            if (waiting.Trigger == Trigger.PathologyReport
                && waiting.Kinds.Any(kind => kind is not (IncidentKind.CriticalIllness or IncidentKind.WomensIllness)))
                yield return ($"{at}.trigger", "only an illness has a pathology report");
            foreach (var (code, _) in waiting.Triggers ?? new Dictionary<string, Trigger>())
                if (!waiting.Kinds.Any(kind => card.BenefitFor(kind)?.Illness is { Catalogue: { } name }
                    && IllnessCatalogue.Find(name)?.Class(code) is not null))
                    yield return ($"{at}.triggers.{code}", "is no class of the plan's illness catalogue");
        }
    }
}
