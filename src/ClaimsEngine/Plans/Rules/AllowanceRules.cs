using System.Globalization;

namespace ClaimsEngine.Plans.Rules;

/// <summary>A sum a day in hospital, from a day of each stay on, up to a number of days in the cover period.</summary>
internal static class AllowanceRules
{
    public static Refusal? Apply(Benefit benefit, AllowanceRule rule, CaseFacts facts, int units, Worksheet sheet)
    {
        if (facts.Admissions is not { Count: > 0 } admissions)
            return new Refusal(Refuse.IncidentIncomplete, "the rule counts the days of each admission", "incident.admissions");
        var path = facts.Kind.Path();
        var usedDays = facts.Counters?.Of(facts.Kind).Days ?? 0;
        int paid = 0, stayed = 0, counted = 0, stay = 0;
        LocalDate? lastDay = null;
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
            if (!moved) stay = 0;
            var days = NodaTime.Period.DaysBetween(admission.Admitted, admission.Discharged);
            if (rule.Counting == DayCounting.Inclusive && !moved) days++;   // who is moved on a day has that day once
            lastDay = admission.Discharged;
            if (rule is { MaxDays: { } limit, MaxDaysCount: DaysCounted.Stayed }) days = Math.Min(days, Math.Max(0, limit - usedDays - stayed));
            stayed += days;
            var here = Math.Max(0, stay + days - (rule.FirstPaidDay - 1)) - Math.Max(0, stay - (rule.FirstPaidDay - 1));   // being moved begins no new stay
            stay += days;
            paid += here;
            sheet.Note($"{path}.days", $"{admission.Admitted.Iso()} … {admission.Discharged.Iso()}", Text(here),
                $"From {admission.Admitted.Iso()} to {admission.Discharged.Iso()} {days} day(s) count, paid from day {rule.FirstPaidDay}: {here} day(s).",
                $"{admission.Admitted.Iso()}至{admission.Discharged.Iso()}计{days}天，自第{rule.FirstPaidDay}天起给付，计{here}天。");
        }
        if (rule is { MaxDays: { } most, MaxDaysCount: DaysCounted.Paid })
        {
            var left = Math.Min(paid, Math.Max(0, most - usedDays));
            sheet.Note($"{path}.maxDays", $"min({paid}, {most} − {usedDays})", Text(left),
                $"At most {most} days are paid in the cover period, of which {usedDays} are used: {left} day(s).", $"保障期内最多给付{most}天，已用{usedDays}天，本次计{left}天。");
            paid = left;
        }
        var sum = rule.PerDay * paid * units;
        sheet.Add(sum, $"{path}.perDay", $"{paid} × {rule.PerDay} × {units}",
            $"{paid} day(s) at {rule.PerDay} yuan a day with {units} unit(s): {sum} yuan.", $"{paid}天，每天{rule.PerDay}元，共{units}份，计{sum}元。");
        sheet.Consumed = new Consumption(Days: rule.MaxDaysCount == DaysCounted.Paid ? paid : stayed, Admissions: counted);
        return null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
