using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>One benefit: its form fits its kind, and what its form asks for holds.</summary>
internal static class BenefitFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card, Benefit benefit, string at)
    {
        if (benefit.Clause.Length is 0 or > 400) yield return ($"{at}.clause", "says where the plan's text has it, in 1 to 400 characters");
        if (benefit.Forms > 1) yield return (at, "has one of lumpSum, byGrade, illness, medical and allowance");
        if (benefit.Forms == 0 && !card.IsUnpublished(benefit.Kind.Path()))
            yield return (at, $"says nothing of what is paid, and notPublished does not name {benefit.Kind.Path()}");
        if (benefit.MinHospitalGrade is < 1 or > 3) yield return ($"{at}.minHospitalGrade", "a hospital's grade is 1 to 3");
        if (benefit.MinHospitalGrade is not null && benefit.Medical is null && benefit.Allowance is null)
            yield return ($"{at}.minHospitalGrade", "only admissions have a hospital");
        var fits = benefit.Kind switch
        {
            IncidentKind.Hospitalisation or IncidentKind.AccidentMedical => benefit.Medical is not null,
            IncidentKind.HospitalDays => benefit.Allowance is not null,
            IncidentKind.CriticalIllness or IncidentKind.WomensIllness => benefit.Illness is not null,
            IncidentKind.Disability => benefit.ByGrade is not null,
            _ => benefit.LumpSum is not null,
        };
        if (benefit.Forms == 1 && !fits) yield return (at, $"this form does not fit {benefit.Kind.Code()}");
        if (benefit.Cap is { PerClaim: { IsPositive: false } }) yield return ($"{at}.cap.perClaim", "a cap is more than 0.00");
        if (benefit.Cap?.PerClaim > benefit.Cap?.PerPeriod) yield return ($"{at}.cap.perClaim", "lies above perPeriod");
        if (benefit.Cap is { PerPeriod: { IsPositive: false } }) yield return ($"{at}.cap.perPeriod", "a cap is more than 0.00");
        if (benefit.CoverTiers is { Count: 0 }) yield return ($"{at}.coverTiers", "names one tier at least, or is absent");
        for (var i = 0; i < (benefit.CoverTiers?.Count ?? 0); i++)
            if ((card.CoverTiers ?? []).All(tier => tier.Code != benefit.CoverTiers![i]))
                yield return ($"{at}.coverTiers.{i}", "is no tier of the card");
        var form = benefit switch
        {
            { LumpSum: { } rule } => SumFaults.OfLumpSum(card, rule, benefit.Kind, $"{at}.lumpSum"),
            { ByGrade: { } rule } => SumFaults.OfGrades(card, rule, $"{at}.byGrade"),
            { Illness: { } rule } => IllnessFaults.Of(card, rule, benefit.Kind, $"{at}.illness"),
            { Medical: { } rule } => MedicalFaults.Of(card, benefit, rule, $"{at}.medical"),
            { Allowance: { } rule } => AllowanceFaults.Of(rule, $"{at}.allowance"),
            _ => [],
        };
        foreach (var fault in form) yield return fault;
    }
}
