namespace ClaimsEngine.Specs;

/// <summary>Small plan cards for specs of single rules, made up of round numbers so that a reader can do the sums. Each is sound until a
/// spec changes it.</summary>
public static class SampleCards
{
    public const string Clause = "样例第五条";

    /// <summary>These benefits and nothing else that changes an amount: no waiting, no cap, nobody asked.</summary>
    public static PlanCard Of(params IReadOnlyList<Benefit> benefits) => new(
        CardReading.Format, new LocalName("样例互助保障", "Sample mutual aid"), "样例工会", ["made up for specs"], new Eligibility(),
        benefits,
        benefits.Select(benefit => benefit.Kind).Distinct().ToDictionary(kind => kind, IReadOnlyList<string> (_) => ["identityDocument"]),
        Prices: [new PriceLine(Money.Yuan(50))], Cover: new Cover(CoverStart.NextDay, 12));

    public static PlanCard Hospital(MedicalRule rule, int? minHospitalGrade = null) =>
        Of(new Benefit(IncidentKind.Hospitalisation, Clause, Medical: rule, MinHospitalGrade: minHospitalGrade));

    public static PlanCard HospitalDays(AllowanceRule rule, int? minHospitalGrade = null) =>
        Of(new Benefit(IncidentKind.HospitalDays, Clause, Allowance: rule, MinHospitalGrade: minHospitalGrade));

    public static PlanCard Critical(IllnessRule rule) => Of(new Benefit(IncidentKind.CriticalIllness, Clause, Illness: rule));

    public static PlanCard DeathByAccident(LumpSumRule rule) => Of(new Benefit(IncidentKind.AccidentDeath, Clause, LumpSum: rule));

    public static PlanCard Disability(GradeRule rule) => Of(new Benefit(IncidentKind.Disability, Clause, ByGrade: rule));

    /// <summary>10,000 yuan a unit for death by accident: the plainest amount, for rules that change amounts.</summary>
    public static PlanCard TenThousand() => DeathByAccident(new LumpSumRule(Money.Yuan(10_000)));

    /// <summary>Like Weihai 2013: 10,000 yuan deductible over the year, then 80 % to 40,000 and 90 % above, at most 50,000 in the cover
    /// period.</summary>
    public static PlanCard OverTheYear() => Hospital(new MedicalRule(
        CostBase.OwnShare, Per.Year, Money.Yuan(10_000),
        [new MedicalTier(Money.Yuan(10_000), 80, Money.Yuan(40_000)), new MedicalTier(Money.Yuan(40_000), 90)]))
        with { Caps = new Caps(PerPeriod: Money.Yuan(50_000)) };

    /// <summary>The card as it would be sent to be published.</summary>
    public static JsonElement Json(this PlanCard card) => JsonSerializer.SerializeToElement(card, ClaimsJson.Options);

    /// <summary>The same with its faults, as (path, reason).</summary>
    public static IReadOnlyList<(string Path, string Reason)> Faults(this PlanCard card) => CardReading.Read(card.Json()).Faults;

    /// <summary>The card with its only benefit changed.</summary>
    public static PlanCard With(this PlanCard card, Func<Benefit, Benefit> change) =>
        card with { Benefits = [change(Assert.Single(card.Benefits))] };
}
