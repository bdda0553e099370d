namespace ClaimsEngine.Plans.Rules;

/// <summary>How much of the benefit a reduced period leaves.</summary>
/// <param name="Rule">path of the rule; null when nothing is reduced</param>
internal readonly record struct Reduction(string? Rule, string Clause, int Percent)
{
    public static readonly Reduction None = new(null, "", 100);
}

/// <summary>Waiting and reduced-benefit periods: the day of cover on which the date that the plan counts from falls.</summary>
internal static class WaitingRules
{
    public static Refusal? Apply(PlanReading reading, PlanCard card, CaseFacts facts, Worksheet sheet, out Reduction reduction)
    {
        reduction = Reduction.None;
        var place = Place(card, facts.Kind);
        if (place < 0) return null;
        var waiting = card.Waiting![place];
        var rule = $"waiting.{place}";

        if (facts.Cover is not { } cover)
            return new Refusal(Refuse.IncidentIncomplete, "the waiting period counts from the first day of cover", "enrolment.coverFrom");
        var begin = waiting.WaivedOnRenewal ? cover.FirstFrom ?? cover.From : cover.From;
        var trigger = facts.Illness is { } illness && waiting.Triggers is { } byClass && byClass.TryGetValue(illness, out var own)
            ? own : waiting.Trigger;
        if (reading.AsksForWhatIsNotTold && trigger == Trigger.Admission && facts.Admissions is not { Count: > 0 })
            return new Refusal(Refuse.IncidentIncomplete, "the waiting period counts to the day of admission", "incident.admissions");
        if (DateOf(trigger, facts) is not { } date)
            return new Refusal(Refuse.IncidentIncomplete, "the waiting period counts to the date of the pathology report",
                "incident.diagnosedOn");

        var day = NodaTime.Period.DaysBetween(begin, date) + (waiting.Counting == DayCounting.Inclusive ? 1 : 0);
        var (what, zh) = trigger switch
        {
            Trigger.PathologyReport => ("The pathology report", "病理报告日期"),
            Trigger.Admission => ("The admission", "入院日期"),
            _ => ("The incident", "事故日期"),
        };
        var input = $"{begin.Iso()} … {date.Iso()}";
        (what, zh) = ($"{what} of {date.Iso()} falls on day {day} of cover", $"{zh}{date.Iso()}为保障第{day}天");
        if (day <= waiting.Days)
            sheet.Close(rule, input, $"{what}, within the waiting period of {waiting.Days} days: nothing is payable.",
                $"{zh}，在{waiting.Days}天免责期内，不予给付。", waiting.Clause);
        else if (day <= waiting.ReducedToDay)
        {
            sheet.Note(rule, input, $"{day}", $"{what}, within the reduced period up to day {waiting.ReducedToDay}.",
                $"{zh}，在第{waiting.ReducedToDay}天止的减责期内。", waiting.Clause);
            if (waiting.ReducedPercent is { } percent) reduction = new Reduction($"{rule}.reducedPercent", waiting.Clause, percent);
            else sheet.IsNotPublished($"{rule}.reducedPercent");
        }
        else
            sheet.Note(rule, input, $"{day}", $"{what}, after the waiting period of {waiting.Days} days.",
                $"{zh}，已过{waiting.Days}天免责期。", waiting.Clause);
        return null;
    }

    public static void Reduce(Reduction reduction, Worksheet sheet)
    {
        if (reduction.Rule is not { } rule) return;
        var reduced = sheet.Amount.Percent(reduction.Percent);
        sheet.Become(reduced, rule, $"{sheet.Amount} × {reduction.Percent} %",
            $"In the reduced period {reduction.Percent} % of the benefit is paid: {reduced} yuan.",
            $"减责期内按{reduction.Percent}%给付，计{reduced}元。", reduction.Clause);
    }

    private static int Place(PlanCard card, IncidentKind kind)
    {
        for (var i = 0; i < (card.Waiting?.Count ?? 0); i++)
            if (card.Waiting![i].Kinds.Contains(kind)) return i;
        return -1;
    }

    private static LocalDate? DateOf(Trigger trigger, CaseFacts facts) => trigger switch
    {
        Trigger.PathologyReport => facts.DiagnosedOn,
        Trigger.Admission => facts.Admissions is { Count: > 0 } admissions ? admissions.Min(admission => admission.Admitted) : facts.Date,
        _ => facts.Date,
    };
}
