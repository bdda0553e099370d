namespace ClaimsEngine.Plans.Rules;

/// <summary>A sum a day in hospital, from a day of each stay on, up to a number of days in the cover period.</summary>
internal static class AllowanceRules
{
    public static Refusal? Apply(
        PlanReading reading, PlanCard card, Benefit benefit, AllowanceRule rule, CaseFacts facts, int units, Worksheet sheet)
    {
        if (facts.Admissions is not { Count: > 0 } admissions)
            return new Refusal(Refuse.IncidentIncomplete, "the rule counts the days of each admission", "incident.admissions");
        var path = facts.Kind.Path();
        var usedDays = facts.Counters?.Of(facts.Kind).Days ?? 0;
        int paid = 0, stayed = 0, counted = 0, stay = 0;
        var asOnTheForm = reading.StaysAsOnTheForm && DischargeForm.Counts(card, facts.Kind, rule);
        LocalDate? lastDay = null;
        var begun = default(LocalDate);
        foreach (var place in MedicalRules.Order(admissions))
        {
            var admission = admissions[place];
            if (MedicalRules.BelowGrade(benefit, admission, place, path, sheet, out var missing))
            {
                if (missing is not null) return missing;
                continue;
            }
            counted++;
            var moved = lastDay == admission.Admitted;
            if (!moved) (stay, begun) = (0, admission.Admitted);
            // who is moved on a day has that day once
            var days = asOnTheForm
                ? DischargeForm.Days(begun, admission.Discharged) - (moved ? DischargeForm.Days(begun, admission.Admitted) : 0)
                : Period.DaysBetween(admission.Admitted, admission.Discharged) + (rule.Counting == DayCounting.Inclusive && !moved ? 1 : 0);
            lastDay = admission.Discharged;
            if (rule is { MaxDays: { } limit, MaxDaysCount: DaysCounted.Stayed })
                days = Math.Min(days, Math.Max(0, limit - usedDays - stayed));
            stayed += days;
            // being moved begins no new stay
            var here = Math.Max(0, stay + days - (rule.FirstPaidDay - 1)) - Math.Max(0, stay - (rule.FirstPaidDay - 1));
            stay += days;
            paid += here;
            sheet.Note($"{path}.days", $"{admission.Admitted.Iso()} … {admission.Discharged.Iso()}", $"{here}",
                $"From {admission.Admitted.Iso()} to {admission.Discharged.Iso()} {days} day(s) count, "
                    + (asOnTheForm ? "the days of admission and of discharge as one, " : "")
                    + $"paid from day {rule.FirstPaidDay}: {here} day(s).",
                $"{admission.Admitted.Iso()}至{admission.Discharged.Iso()}计{days}天{(asOnTheForm ? "（入院日与出院日只计一天）" : "")}，"
                    + $"自第{rule.FirstPaidDay}天起给付，计{here}天。",
                asOnTheForm ? DischargeForm.Source : null);
        }
        if (rule is { MaxDays: { } most, MaxDaysCount: DaysCounted.Paid })
        {
            var left = Math.Min(paid, Math.Max(0, most - usedDays));
            sheet.Note($"{path}.maxDays", $"min({paid}, {most} − {usedDays})", $"{left}",
                $"At most {most} days are paid in the cover period, of which {usedDays} are used: {left} day(s).",
                $"保障期内最多给付{most}天，已用{usedDays}天，本次计{left}天。");
            paid = left;
        }
        var sum = rule.PerDay * paid * units;
        sheet.Add(sum, $"{path}.perDay", $"{paid} × {rule.PerDay} × {units}",
            $"{paid} day(s) at {rule.PerDay} yuan a day with {units} unit(s): {sum} yuan.",
            $"{paid}天，每天{rule.PerDay}元，共{units}份，计{sum}元。");
        sheet.Consumed = new Consumption(Days: rule.MaxDaysCount == DaysCounted.Paid ? paid : stayed, Admissions: counted);
        return null;
    }
}
