namespace ClaimsEngine.Plans.Rules;

/// <summary>A share of a sum by disability grade, after several injuries have been combined into one grade.</summary>
internal static class GradeRules
{
    public static Refusal? Apply(PlanCard card, GradeRule rule, CaseFacts facts, int units, Worksheet sheet)
    {
        var path = facts.Kind.Path();
        var table = GradeTable.Find(rule.Table)!;
        if (Combined(table, facts, path, sheet) is not { } grade)
            return facts.Injuries is null
                ? new Refusal(Refuse.IncidentIncomplete, "a disability has a grade from 1 (gravest) to 10", "incident.grade") : null;

        var tier = card.TierOf(facts.CoverTier);
        if (rule.For(tier) is not { } perUnit)
        {
            sheet.IsNotPublished(tier is null ? path : $"{path}.byCoverTier.{tier.Code}");
            return null;
        }
        if (table.PercentFor(grade) is not { } percent)
        {
            sheet.Close($"{path}.table", $"{grade}", $"Table {table.Code} pays nothing for grade {grade}.",
                $"{table.Code}对伤残{grade}级不予给付。", table.Source);
            return null;
        }
        var sum = perUnit * units;
        sheet.Note(path, $"{units} × {perUnit}", sum.ToString(),
            $"The sum for disability{LumpSumRules.Of(tier)} is {perUnit} yuan a unit; with {units} unit(s) {sum} yuan.",
            $"意外伤残保障金{LumpSumRules.Zh(tier)}每份{perUnit}元，共{units}份，计{sum}元。");
        var graded = sum.Percent(percent);
        sheet.Add(graded, $"{path}.table", $"{sum} × {percent} %",
            $"Grade {grade} is paid at {percent} % by table {table.Code}: {graded} yuan.",
            $"伤残{grade}级按{table.Code}给付比例{percent}%，计{graded}元。");
        return null;
    }

    /// <summary>The one grade of the injuries; null if none is told, or if the table does not say how to combine them.</summary>
    private static int? Combined(GradeTable table, CaseFacts facts, string path, Worksheet sheet)
    {
        if (facts.Injuries is not { Count: > 0 } injuries) return facts.Grade is >= 1 and <= 10 ? facts.Grade : null;
        var parts = injuries.GroupBy(injury => injury.Part, StringComparer.Ordinal)
            .Select(part => part.Min(injury => injury.Grade)).Order().ToArray();
        var worst = parts[0];
        if (parts.Length == 1) return worst;
        if (table.Combining is null)
        {
            sheet.IsNotPublished($"{path}.table.combining");
            return null;
        }
        var raised = parts[1] == worst && worst > 1;
        var grade = raised ? worst - 1 : worst;
        sheet.Note($"{path}.table.combining", string.Join(", ", parts), $"{grade}",
            raised ? $"The gravest injuries have grade {worst} and there are several: one grade higher, grade {grade}."
                : $"Of several injuries the gravest counts: grade {grade}.",
            raised ? $"最重伤残等级为{worst}级且不止一处，晋升一级，按{grade}级。" : $"多处伤残以最重者为准，按{grade}级。",
            table.Assumed ?? table.Source);
        return grade;
    }
}
