namespace ClaimsEngine.Plans.Rules;

/// <summary>A sum by illness class and severity, under the illness catalogue of the plan version.</summary>
internal static class IllnessRules
{
    public static Refusal? Apply(IllnessRule rule, CaseFacts facts, int units, Worksheet sheet)
    {
        var path = facts.Kind.Path();
        var name = facts.Illness;
        var nameZh = facts.Illness;
        if (rule.Catalogue is not null && IllnessCatalogue.Find(rule.Catalogue) is { Classes.Count: > 0 } catalogue)
        {
            if (facts.Illness is null) return Incomplete($"name the illness by its class: {Classes(catalogue)}", "incident.illness");
            if (catalogue.Class(facts.Illness) is { } known) (name, nameZh) = (known.Name.En, known.Name.Zh);
            else if (catalogue.IsComplete)
                return new Refusal(Refuse.BenefitNotCovered,
                    $"'{facts.Illness}' is none of the {catalogue.Count} classes of {catalogue.Code}: {Classes(catalogue)}",
                    "incident.illness");
        }
        if (rule.DiagnosedInCover && facts.Cover is { } cover && facts.DiagnosedOn is { } diagnosed
            && diagnosed < (cover.FirstFrom ?? cover.From))
        {
            sheet.Close($"{path}.diagnosedInCover", $"{diagnosed.Iso()} < {(cover.FirstFrom ?? cover.From).Iso()}",
                $"Diagnosed on {diagnosed.Iso()}, before cover began: only what is first diagnosed under cover is paid.",
                $"{diagnosed.Iso()}确诊，早于保障开始，仅保障期内首次确诊的疾病。");
            return null;
        }
        if (facts.Severity is null && (rule.Excluded is not null || rule.Amounts.Any(amount => amount.Severity is not null)))
            return Incomplete("the plan pays by severity: inSitu, mild or severe", "incident.severity");
        if (facts.Severity is { } excluded && rule.Excluded?.Contains(excluded) == true)
        {
            sheet.Close($"{path}.excluded", excluded.Code(), $"An illness {excluded.English()} is excluded: nothing is payable.",
                $"{excluded.Chinese()}不在保障范围，不予给付。");
            return null;
        }
        if (rule.Amounts.FirstOrDefault(amount => Fits(amount, facts)) is not { } paid)
        {
            // named as the card could have named it: by class where it pays by class, else by severity
            var byClass = facts.Severity is null || rule.Amounts.Any(amount => amount.Class is not null);
            sheet.IsNotPublished(rule.Amounts.Count == 0
                ? $"{path}.amounts" : $"{path}.amounts.{(byClass ? facts.Illness : null) ?? facts.Severity?.Code()}");
            return null;
        }
        var sum = paid.PerUnit * units;
        var (of, zh) = (paid.Severity ?? facts.Severity) is { } severity ? ($", {severity.English()},", severity.Chinese()) : ("", "");
        sheet.Add(sum, $"{path}.amounts", $"{units} × {paid.PerUnit}",
            $"The sum for {name ?? facts.Kind.English()}{of} is {paid.PerUnit} yuan a unit; with {units} unit(s) {sum} yuan.",
            $"{nameZh ?? facts.Kind.Chinese()}{zh}保障金每份{paid.PerUnit}元，共{units}份，计{sum}元。");
        return null;
    }

    // a sum without severity is for the illness as the catalogue means it; mild forms and those in situ are lists of their own where a plan
    // pays for them
    private static bool Fits(IllnessAmount amount, CaseFacts facts) =>
        (amount.Class is null || amount.Class == facts.Illness)
        && (amount.Severity is { } severity ? severity == facts.Severity : facts.Severity is null or Severity.Severe);

    private static string Classes(IllnessCatalogue catalogue) => string.Join(", ", catalogue.Classes.Select(known => known.Code));

    private static Refusal Incomplete(string detail, string field) => new(Refuse.IncidentIncomplete, detail, field);
}
