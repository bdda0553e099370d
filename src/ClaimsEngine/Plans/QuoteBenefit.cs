using System.Text.Json.Serialization;

namespace ClaimsEngine.Plans;

/// <summary>Asks what would be payable. A calculation: nothing is stored, nobody need be enrolled.</summary>
/// <param name="Enrolment">what is not told is not checked, and the answer says so</param>
/// <param name="Used">of the cover period before this incident</param>
public sealed record QuoteBenefit(Incident Incident, QuotedEnrolment? Enrolment = null, QuotedUse? Used = null);

/// <param name="Units">1 if not told</param>
/// <param name="CoverTo">the end of the plan's term if not told; not checked where the term is not published either</param>
/// <param name="FirstCoverFrom">first day of the first of unbroken periods</param>
/// <param name="CoverTier">if not told, the card's first tier that has the benefit</param>
public sealed record QuotedEnrolment(
    int? Units = null, LocalDate? CoverFrom = null, LocalDate? CoverTo = null, LocalDate? FirstCoverFrom = null,
    LocalDate? BirthDate = null, Sex? Sex = null, Occupation? Occupation = null, RegionCode? Region = null, string? CoverTier = null,
    bool? UnionCard = null, bool? SeniorRank = null,
    [property: JsonPropertyName("employer")] EmployerKind? EmployerKind = null);

/// <param name="Amount">benefit paid or approved in the cover period</param>
/// <param name="Days">hospital days used of the plan's day cap</param>
/// <param name="Admissions">admissions paid for</param>
/// <param name="Deductible">used of a deductible that accumulates</param>
/// <param name="OwnShare">accumulated over the year; follows from deductible and amount if not told</param>
/// <param name="Benefits">amounts by kind of incident, for benefits that exclude each other, are paid once or have a cap of their own; all
/// for the kind asked if not told</param>
public sealed record QuotedUse(
    Money? Amount = null, int? Days = null, int? Admissions = null, Money? Deductible = null, Money? OwnShare = null,
    IReadOnlyDictionary<IncidentKind, Money>? Benefits = null, Money? Lifetime = null, Money? AcrossPlans = null);

/// <param name="Payable">with the steps it came about by</param>
/// <param name="Documents">that a claim of this kind would need</param>
/// <param name="Contribution">for the units and the period; null where the source publishes no price for them</param>
/// <param name="NotChecked">rules of the card that could not be checked, since the fact was not told</param>
/// <param name="Readings">how the plan's text was read where it leaves room, as far as the answer rests on it</param>
public sealed record Quote(
    Money Payable, IReadOnlyList<Step> Steps, string Plan, int PlanVersion, string RuleHash, string Interpreter,
    IReadOnlyList<string> Documents, Contribution? Contribution, IReadOnlyList<UncheckedRule> NotChecked,
    IReadOnlyList<Assumption> Assumed, IReadOnlyList<Reading> Readings);

/// <param name="Rule">path in the card</param>
public sealed record UncheckedRule(string Rule, string Because);

public static class BenefitQuotes
{
    /// <summary>The answer, or why there is none. The same evaluator computes assessments.</summary>
    /// <param name="number">of the version to compute with; null for the one that binds the cover</param>
    public static (Quote? Quote, Refusal? Refusal) Answer(Plan plan, QuoteBenefit asked, int? number = null)
    {
        var enrolment = asked.Enrolment ?? new QuotedEnrolment();
        var faults = Faults(asked.Incident, enrolment, asked.Used).Take(Refusal.MostFaults).ToArray();
        if (faults.Length > 0) return (null, Refusal.Of(Refuse.InvalidRequest, faults));

        var begin = enrolment.CoverFrom ?? asked.Incident.Date;
        if ((number is { } named ? plan.Version(named) : plan.EffectiveOn(begin)) is not { } version)
            return (null, new Refusal(Refuse.PlanNotEffective,
                number is null ? $"no version of {plan.Code} is effective on {begin:uuuu-MM-dd}" : $"{plan.Code} has no version {number}",
                number is not null ? "version" : enrolment.CoverFrom is null ? "incident.date" : "enrolment.coverFrom"));
        var card = version.Card;
        if (enrolment.CoverTier is { } tier && card.TierOf(tier) is null)
            return (null, new Refusal(Refuse.InvalidRequest,
                $"is none of {string.Join(", ", (card.CoverTiers ?? []).Select(known => known.Code))}", "enrolment.coverTier"));

        enrolment = enrolment with { CoverTier = enrolment.CoverTier ?? card.BenefitFor(asked.Incident.Kind)?.CoverTiers?[0] };

        var notChecked = new List<UncheckedRule>();
        if (NotEligible(card, asked.Incident.Kind, enrolment, begin, notChecked) is { } refusal) return (null, refusal);
        var to = enrolment.CoverTo
            ?? (card.MonthsFor(enrolment.CoverTier) is { } months ? enrolment.CoverFrom?.PlusMonths(months).PlusDays(-1) : null);
        if (to is null && enrolment.CoverFrom is not null)
            notChecked.Add(new UncheckedRule("cover", "the source does not publish its term, and enrolment.coverTo is not told"));
        // cover without a known end lasts to the last day that is told
        var cover = enrolment.CoverFrom is { } from
            ? new CoverFacts(from, to ?? LocalDate.Max(from, LastDayTold(asked.Incident)), enrolment.FirstCoverFrom) : null;
        if (cover is not null && Incident.Refused(Refuse.IncidentOutsideCover, asked.Incident.OutsideOf(cover)) is { } outside)
            return (null, outside);

        var units = enrolment.Units ?? 1;
        var facts = CaseFacts.Of(asked.Incident, units, asked.Used?.Amount ?? Money.Zero, cover, enrolment.CoverTier,
            CountersOf(asked.Used, asked.Incident.Kind));
        var (assessment, no) = Adjudication.Assess(card, facts);
        if (no is not null) return (null, no);

        var price = Price.Of(card, new PriceFacts(
            enrolment.CoverTier, enrolment.Occupation?.IsHighRisk ?? false, enrolment.UnionCard ?? false, cover?.FirstFrom < cover?.From,
            enrolment.EmployerKind, enrolment.Sex, to is null ? null : MonthsOf(cover)),
            card.Eligibility.UnitsHeld(units));
        if (asked.Used is { Amount.IsPositive: true, Benefits: null } && card is { Benefits.Count: > 1 }
            && card.BenefitFor(asked.Incident.Kind) is { Once: true } or { Cap.PerPeriod: not null })
            notChecked.Add(new UncheckedRule("used.benefits", "is not told: the amount used is taken as used for this benefit"));
        if (asked.Used is { Amount.IsPositive: true, Benefits: null } && (card.NotBoth ?? [])
            .Any(group => group.Contains(asked.Incident.Kind)))
            notChecked.Add(new UncheckedRule("notBoth",
                "used.benefits is not told: what was paid for the other benefit would be taken off"));
        if (asked.Used?.AcrossPlans is null && card.Caps?.AcrossPlans?.Counts(asked.Incident.Kind) == true)
            notChecked.Add(new UncheckedRule("caps.acrossPlans",
                "used.acrossPlans is not told: what other plans of the group paid would count"));
        if (card.BenefitFor(asked.Incident.Kind)?.Medical is { } medical
            && (asked.Incident.Admissions ?? []).Any(admission => Rules.MedicalRules.LeavesScopeOpen(medical, admission)))
            notChecked.Add(new UncheckedRule($"{Rules.Names.Path(asked.Incident.Kind)}.base",
                "inScope of an admission is not told: the whole own share is counted, in the insurance's scope or not"));
        if (price.Refusal is { } unpriced) notChecked.Add(new UncheckedRule("prices", unpriced.Detail));
        return (new Quote(
            assessment!.Amount, assessment.Steps, plan.Code, version.Number, version.RuleHash, Adjudication.InterpreterFor(card),
            card.Documents.GetValueOrDefault(asked.Incident.Kind, []), price.Contribution, notChecked, card.Assumed ?? [],
            Readings.Of(card, asked.Incident.Kind)), null);
    }

    private static IEnumerable<(string, string)> Faults(Incident incident, QuotedEnrolment enrolment, QuotedUse? used)
    {
        foreach (var (field, reason) in incident.Contradictions(enrolment.BirthDate)) yield return ($"incident.{field}", reason);
        if (enrolment.Units is < 1 or > 100) yield return ("enrolment.units", "1 to 100 units");
        if (enrolment.CoverTo < enrolment.CoverFrom) yield return ("enrolment.coverTo", "cover ends before it begins");
        if (enrolment.FirstCoverFrom > enrolment.CoverFrom)
            yield return ("enrolment.firstCoverFrom", "the first period begins after this one");
        if (enrolment.BirthDate > enrolment.CoverFrom) yield return ("enrolment.birthDate", "cover begins before the birth");
        foreach (var (day, name) in new[]
            { (enrolment.CoverFrom, "coverFrom"), (enrolment.CoverTo, "coverTo"), (enrolment.FirstCoverFrom, "firstCoverFrom"),
                (enrolment.BirthDate, "birthDate") })
            if (day is { Year: < 1880 or > 2200 }) yield return ($"enrolment.{name}", "lies between 1880 and 2200");
        if (enrolment.BirthDate > enrolment.FirstCoverFrom) yield return ("enrolment.firstCoverFrom", "lies before the birth");
        if (used is { Amount: { } whole, Benefits: { } parts } && whole >= Money.Zero
            && Money.Sum(parts.Values.Select(part => Money.Max(Money.Zero, part))) > whole)
            yield return ("used.benefits", "add up to more than used.amount");
        if (enrolment.CoverFrom is null && enrolment.CoverTo is not null) yield return ("enrolment.coverFrom", "is needed with coverTo");
        if (enrolment.CoverFrom is null && enrolment.FirstCoverFrom is not null)
            yield return ("enrolment.coverFrom", "is needed with firstCoverFrom");
        if (used?.Days is < 0 or > 100_000) yield return ("used.days", "0 to 100000 days");
        if (used?.Admissions is < 0 or > 100_000) yield return ("used.admissions", "0 to 100000 admissions");
        foreach (var (amount, name) in new[]
            { (used?.Amount, "amount"), (used?.Deductible, "deductible"), (used?.OwnShare, "ownShare"), (used?.Lifetime, "lifetime"),
                (used?.AcrossPlans, "acrossPlans") })
            if (amount < Money.Zero) yield return ($"used.{name}", "is not below 0.00");
        foreach (var (kind, amount) in used?.Benefits ?? new Dictionary<IncidentKind, Money>())
            if (amount < Money.Zero) yield return ($"used.benefits.{Rules.Names.Code(kind)}", "is not below 0.00");
    }

    private static Refusal? NotEligible(
        PlanCard card, IncidentKind kind, QuotedEnrolment enrolment, LocalDate begin, List<UncheckedRule> notChecked)
    {
        var eligibility = card.Eligibility;
        if (eligibility.Occupations is not null)
        {
            if (enrolment.Occupation is not { } occupation)
                notChecked.Add(new UncheckedRule("eligibility.occupations", "enrolment.occupation is not told"));
            else if (!eligibility.Covers(occupation))
                return new Refusal(Refuse.OccupationNotCovered, $"{occupation.ChineseName} ({occupation}) is not covered",
                    "enrolment.occupation");
        }
        if (eligibility.Regions is not null)
        {
            if (enrolment.Region is not { } region)
                notChecked.Add(new UncheckedRule("eligibility.regions", "enrolment.region is not told"));
            else if (!eligibility.Covers(region))
                return new Refusal(Refuse.RegionNotCovered, $"{region.Name} is not covered", "enrolment.region");
        }
        if (enrolment.Sex is { } sex && (!eligibility.Covers(sex) || (kind == IncidentKind.WomensIllness && sex == Sex.Male)))
            return new Refusal(Refuse.SexNotCovered, "the plan is for the other sex", "enrolment.sex");
        if (eligibility.Ages is not null)
        {
            if (enrolment.BirthDate is not { } born)
                notChecked.Add(new UncheckedRule("eligibility.ages", "enrolment.birthDate is not told"));
            else
            {
                var renewing = enrolment.FirstCoverFrom is { } first && first < begin;
                var age = born.AgeOn(begin);
                if (!eligibility.Covers(age, enrolment.Sex, enrolment.SeniorRank ?? false, renewing))
                    return new Refusal(Refuse.AgeNotCovered, $"aged {age} on the first day of cover", "enrolment.birthDate");
            }
        }
        if (eligibility.Insurance is { } insurance)
            notChecked.Add(new UncheckedRule("eligibility.insurance", $"whether the member has {insurance.En} is not told"));
        return eligibility.TooMany(enrolment.Units ?? 1, "enrolment.units");
    }

    /// <summary>The length of cover where it is whole months.</summary>
    private static int? MonthsOf(CoverFacts? cover)
    {
        if (cover is null) return null;
        var period = Period.Between(cover.From, cover.To.PlusDays(1), PeriodUnits.Months | PeriodUnits.Days);
        return period.Days == 0 ? period.Months : null;
    }

    /// <summary>An amount that is not told apart by kinds counts as used for the kind that is asked: a quote never promises more than a
    /// benefit's own cap leaves.</summary>
    private static Counters? CountersOf(QuotedUse? used, IncidentKind asked) => used is null ? null : new Counters(
        used.Days ?? 0, used.Admissions ?? 0, used.Deductible, used.OwnShare,
        used.Benefits is not null ? [.. used.Benefits.OrderBy(use => use.Key).Select(use => new KindUse(use.Key, use.Value))]
            : used.Amount is { IsPositive: true } amount ? [new KindUse(asked, amount)] : null,
        used.Lifetime ?? used.Amount, used.AcrossPlans ?? used.Amount);

    private static LocalDate LastDayTold(Incident incident) => (incident.Admissions ?? []).Select(admission => admission.Admitted)
        .Concat(incident.DiagnosedOn is { } diagnosed ? [diagnosed] : []).Aggregate(incident.Date, LocalDate.Max);
}
