using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans;

/// <summary>How a plan's text was read where it leaves room.</summary>
/// <param name="Path">dotted path in the card: <c>benefits.hospitalDays.days</c></param>
/// <param name="Sources">what the reading rests on: the plan's own text, or another rule that it follows where it is silent</param>
public sealed record Reading(string Path, string Because, IReadOnlyList<string> Sources);

public static class Readings
{
    private const string UnitsPath = "eligibility.maxUnits";

    /// <summary>The readings that an answer for this kind of incident rests on: the card's own, and those of the interpreter that it is
    /// computed with now. Where both read the same place, the interpreter's counts.</summary>
    /// <param name="kind">null for the whole card</param>
    public static IReadOnlyList<Reading> Of(PlanCard card, IncidentKind? kind = null)
    {
        var ours = OfInterpreter(card).Where(reading => Concerns(card, reading.Path, kind)).ToArray();
        var own = kind is null && card.Eligibility.MaxUnits is null && !card.IsAssumed(UnitsPath)
            ? [.. card.Readings ?? [], new Assumption(UnitsPath, "The source names no number of units; read as one unit a person.")]
            : card.Readings ?? [];
        return
        [
            .. own.Where(reading => Concerns(card, reading.Path, kind) && ours.All(other => other.Path != reading.Path))
                .Select(reading => new Reading(reading.Path, reading.Because, card.Sources)),
            .. ours,
        ];
    }

    private static IEnumerable<Reading> OfInterpreter(PlanCard card) => card.Format == 1 ? [] : card.Benefits
        .Where(benefit => benefit.Allowance is { } rule && DischargeForm.Counts(card, benefit.Kind, rule))
        .Select(benefit => new Reading(DischargeForm.PathOf(benefit.Kind),
            "The plan's text does not say how the days of a stay are counted. The day of admission and the day of discharge count as one "
                + "day, as on the national form for discharge records.", [DischargeForm.Source]));

    private static bool Concerns(PlanCard card, string path, IncidentKind? kind)
    {
        if (kind is not { } asked) return true;
        var parts = path.Split('.');
        return parts switch
        {
            ["benefits", var own, ..] => own == asked.Code(),
            ["waiting", var place, ..] => card.Waiting?[int.Parse(place, System.Globalization.CultureInfo.InvariantCulture)]
                .Kinds.Contains(asked) == true,
            _ => true,
        };
    }
}
