using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments.Enrolling;

/// <summary>When a pending certificate covers, once all that it waited for has come.</summary>
internal static class TakingEffect
{
    /// <summary>The fact, or why no cover begins.</summary>
    /// <param name="enrolment">with the payment, or the measure, that came last</param>
    /// <param name="earlier">the person's certificate that this one may continue</param>
    /// <param name="field">the field of the request that the refusal names; null for none</param>
    public static (CoverTookEffect? Fact, Refusal? No) Of(
        Enrolment enrolment, PlanCard card, Programme? programme, Enrolment? earlier, LocalDate born, Actor by, string? field)
    {
        var cover = card.Cover!;
        var (from, to) = TermOf(enrolment, cover, programme);
        if (from > to) return (null, new Refusal(Refuse.PlanNotEffective, $"the programme's period ended on {to:uuuu-MM-dd}", field));
        var (first, age) = (Standing.FirstDay(cover, earlier, from), born.AgeOn(from));
        if (from > enrolment.CoverFrom && !card.Eligibility.Covers(age, enrolment.Sex, enrolment.SeniorRank, renewing: first is not null))
            return (null, new Refusal(Refuse.AgeNotCovered,
                $"cover would begin on {from:uuuu-MM-dd}, later than foreseen; the member is then aged {age}", field));
        return (new CoverTookEffect(from, to, by.Id, first, age), null);
    }

    /// <summary>First and last day: a gifted programme's period as it was foreseen, else from the day after what came last.</summary>
    private static (LocalDate From, LocalDate To) TermOf(Enrolment enrolment, Cover cover, Programme? programme)
    {
        if (cover.Start == CoverStart.ProgrammePeriod && programme?.IsGifted == true) return (enrolment.CoverFrom, enrolment.CoverTo);
        var due = enrolment.Funding.Where(share => share.Due == true).Select(share => share.Payer).ToHashSet();
        var from = enrolment.Paid.Where(paid => due.Contains(paid.Payer)).Select(paid => paid.PaidOn)
            .Concat(enrolment.RatioReachedOn is { } reached ? [reached] : [])
            .Aggregate(enrolment.CoverFrom, (day, came) => LocalDate.Max(day, came.PlusDays(1)));
        if (cover.Start == CoverStart.ProgrammePeriod) return (from, enrolment.CoverTo);

        // a term that is no whole number of months was cut off at the programme's end, and stays so
        var end = enrolment.CoverTo.PlusDays(1);
        var months = (end.Year - enrolment.CoverFrom.Year) * 12 + end.Month - enrolment.CoverFrom.Month;
        if (enrolment.CoverFrom.PlusMonths(months) != end) return (from, enrolment.CoverTo);
        var full = from.PlusMonths(months).PlusDays(-1);
        return (from, LocalDate.Min(full, programme?.To ?? full));
    }
}
