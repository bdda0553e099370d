using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments.Enrolling;

/// <summary>When a new certificate would cover, and the plan version that binds it.</summary>
/// <param name="To">last day, inclusive</param>
/// <param name="Months">length of cover that is paid for</param>
/// <param name="First">first day of the first of unbroken periods; null for a new entry</param>
internal sealed record Term(PlanVersion Version, Cover Cover, LocalDate From, LocalDate To, int Months, LocalDate? First)
{
    public PlanCard Card => Version.Card;

    public bool IsRenewal => First is not null;

    /// <summary>The term, or why there is none.</summary>
    /// <param name="earlier">the person's certificate that this one may continue</param>
    public static (Term? Term, Refusal? Refusal) Of(Enrol command, Plan plan, Programme? programme, Enrolment? earlier, LocalDate today)
    {
        var from = programme?.From ?? today.PlusDays(1);
        if ((programme is null ? plan.EffectiveOn(from) : plan.Version(programme.PlanVersion)) is not { } version)
            return (null, new Refusal(Refuse.PlanNotEffective, $"no version of {plan.Code} is effective on {from:uuuu-MM-dd}", "plan"));
        var card = version.Card;
        if (card.Cover is not { } cover)
            return (null, new Refusal(Refuse.NotPublished, "the plan's source does not publish its term", "plan"));
        if (programme is null && cover.Start == CoverStart.ProgrammePeriod)
            return (null, new Refusal(
                Refuse.PlanNotEffective, $"cover under {plan.Code} begins with a programme; name the programme", "programme"));
        if (NotOffered(command, card, cover) is { } refusal) return (null, refusal);

        // a gift covers its period as a whole; nobody buys cover for days before the entry
        if (cover.Start == CoverStart.NextDay || programme?.IsGifted != true) from = LocalDate.Max(from, today.PlusDays(1));
        var months = command.Months ?? card.MonthsFor(command.CoverTier) ?? cover.Months;
        var full = from.PlusMonths(months).PlusDays(-1);
        var to = cover.Start == CoverStart.ProgrammePeriod ? programme!.To : LocalDate.Min(full, programme?.To ?? full);
        return from > to
            ? (null, new Refusal(Refuse.PlanNotEffective, $"the programme's period ended on {to:uuuu-MM-dd}", "programme"))
            : (new Term(version, cover, from, to, months, Standing.FirstDay(cover, earlier, from)), null);
    }

    /// <summary>A tier or a length of cover that the command chooses and the card does not offer.</summary>
    private static Refusal? NotOffered(Enrol command, PlanCard card, Cover cover)
    {
        if (command.CoverTier is { } tier && card.TierOf(tier) is null)
            return new Refusal(
                Refuse.InvalidRequest, $"is none of {string.Join(", ", (card.CoverTiers ?? []).Select(known => known.Code))}", "coverTier");
        if (command.Months is not { } months) return null;
        if (months != cover.Months && cover.OtherMonths?.Contains(months) != true)
            return new Refusal(
                Refuse.InvalidRequest,
                $"is none of the plan's terms: {string.Join(", ", (int[])[cover.Months, .. cover.OtherMonths ?? []])} months", "months");
        return card.TierOf(command.CoverTier)?.Months is { } own && months != own
            ? new Refusal(Refuse.InvalidRequest, $"this tier lasts {own} months", "months") : null;
    }
}
