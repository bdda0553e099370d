using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClaimsEngine.Plans;

/// <summary>What a rule reads of a case. It identifies nobody: a decision can be recomputed after personal data is erased.</summary>
/// <param name="Date">of the incident</param>
/// <param name="Grade">disability grade, 1 the gravest to 10</param>
/// <param name="Used">benefit already approved under this enrolment in its cover period</param>
/// <param name="Cover">null where it was not told; a rule that needs it then has no answer</param>
/// <param name="Counters">what else was used; null is nothing</param>
public sealed record CaseFacts(
    IncidentKind Kind, LocalDate Date, int Units, Money Used, int? Grade = null, CoverFacts? Cover = null, string? CoverTier = null,
    string? Illness = null, Severity? Severity = null, LocalDate? DiagnosedOn = null, IReadOnlyList<Admission>? Admissions = null,
    IReadOnlyList<Injury>? Injuries = null, IReadOnlyList<string>? Circumstances = null, IReadOnlyList<OtherPayment>? OtherPayments = null,
    Counters? Counters = null)
{
    public static CaseFacts Of(
        Incident incident, int units, Money used, CoverFacts? cover = null, string? coverTier = null, Counters? counters = null) => new(
        incident.Kind, incident.Date, units, used, incident.Grade, cover, coverTier, incident.Illness, incident.Severity,
        incident.DiagnosedOn, incident.Admissions, incident.Injuries, incident.Circumstances, incident.OtherPayments, counters);

    /// <summary>Lists have no equality of their own, so facts are the same when they are written the same.</summary>
    public bool SameAs(CaseFacts other) =>
        JsonSerializer.SerializeToUtf8Bytes(this, ClaimsJson.Options).AsSpan()
            .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, ClaimsJson.Options));
}

/// <param name="To">last day, inclusive</param>
/// <param name="FirstFrom">first day of the first of unbroken periods</param>
public sealed record CoverFacts(LocalDate From, LocalDate To, LocalDate? FirstFrom = null);

/// <summary>What happened, as far as rules read it: no place, no diagnosis text, no names.</summary>
/// <param name="Grade">disability grade, 1 the gravest to 10; only for a disability</param>
/// <param name="Illness">class code of the plan's illness catalogue</param>
/// <param name="DiagnosedOn">date of the pathology report, or of the diagnosis where there is none</param>
/// <param name="Injuries">several injuries of one accident, instead of a grade</param>
/// <param name="Circumstances">codes of the plan's exclusions that were found</param>
/// <param name="OtherPayments">what others have paid for the same</param>
public sealed record Incident(
    IncidentKind Kind, LocalDate Date, int? Grade = null, string? Illness = null, Severity? Severity = null, LocalDate? DiagnosedOn = null,
    IReadOnlyList<Admission>? Admissions = null, IReadOnlyList<Injury>? Injuries = null, IReadOnlyList<string>? Circumstances = null,
    IReadOnlyList<OtherPayment>? OtherPayments = null)
{
    /// <summary>Of one claim, ten years: more is a mistake in a date.</summary>
    private const int MostDays = 3_660;

    private const int MostItems = 100;

    /// <summary>Lists have no equality of their own, so incidents are the same when they are written the same.</summary>
    public bool SameAs(Incident other) =>
        JsonSerializer.SerializeToUtf8Bytes(this, ClaimsJson.Options).AsSpan()
            .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, ClaimsJson.Options));

    [JsonIgnore] public bool IsDeath => Kind is IncidentKind.AccidentDeath or IncidentKind.IllnessDeath;

    /// <summary>
    /// What lies outside the cover: a stay in hospital that began outside it, an accident's treatment that began before the accident, a
    /// diagnosis after cover had ended. As (camelCase path below the incident, reason).
    /// </summary>
    public IEnumerable<(string Field, string Reason)> OutsideOf(CoverFacts cover)
    {
        if (Date < cover.From || Date > cover.To)
            yield return ("date", $"cover runs from {cover.From:uuuu-MM-dd} to {cover.To:uuuu-MM-dd}");
        if (DiagnosedOn > cover.To) yield return ("diagnosedOn", $"cover ended on {cover.To:uuuu-MM-dd}");
        for (var i = 0; i < (Admissions?.Count ?? 0); i++)
        {
            var admitted = Admissions![i].Admitted;
            if (Kind is IncidentKind.Hospitalisation or IncidentKind.HospitalDays && (admitted < cover.From || admitted > cover.To))
                yield return ($"admissions.{i}.admitted", $"cover runs from {cover.From:uuuu-MM-dd} to {cover.To:uuuu-MM-dd}");
            if (Kind == IncidentKind.AccidentMedical && admitted < Date)
                yield return ($"admissions.{i}.admitted", "lies before the accident");
        }
    }

    /// <summary>Which dates lie after a day, as camelCase paths below the incident.</summary>
    public IEnumerable<string> After(LocalDate day)
    {
        if (Date > day) yield return "date";
        if (DiagnosedOn > day) yield return "diagnosedOn";
        for (var i = 0; i < (Admissions?.Count ?? 0); i++)
            if (Admissions![i].Discharged > day)
                yield return $"admissions.{i}.{(Admissions[i].Admitted > day ? "admitted" : "discharged")}";
    }

    /// <summary>Faults that were found below the incident as one refusal; null for none.</summary>
    internal static Refusal? Refused(RefusalCode rule, IEnumerable<(string Field, string Reason)> faults) =>
        faults.Take(Refusal.MostFaults).Select(fault => ($"incident.{fault.Field}", fault.Reason)).ToArray() is { Length: > 0 } found
            ? Refusal.Of(rule, found) : null;

    /// <summary>The first admission, or the day of the incident where that is earlier.</summary>
    [JsonIgnore]
    public LocalDate FirstDay =>
        (Admissions ?? []).Aggregate(Date, (first, admission) => LocalDate.Min(first, admission.Admitted));

    /// <summary>The last discharge, or the day of the incident.</summary>
    [JsonIgnore]
    public LocalDate LastDay =>
        Admissions is { Count: > 0 } admissions ? LocalDate.Max(Date, admissions.Max(admission => admission.Discharged)) : Date;

    /// <summary>Facts that contradict each other or the kind of incident, as (camelCase path below the incident, reason). Where more is
    /// told than an incident has, that alone is said: nothing is compared that need not be.</summary>
    /// <param name="born">the member's birth date if known</param>
    public IEnumerable<(string Field, string Reason)> Contradictions(LocalDate? born = null)
    {
        var tooMuch = TooMuch().ToArray();
        return (tooMuch.Length > 0 ? tooMuch : Contradicting(born)).Take(Refusal.MostFaults);
    }

    private IEnumerable<(string Field, string Reason)> TooMuch()
    {
        if (Injuries is { Count: 0 or > MostItems }) yield return ("injuries", "1 to 100 injuries");
        if (Admissions is { Count: 0 or > 200 }) yield return ("admissions", "1 to 200 admissions");
        if (Circumstances is { Count: > 20 }) yield return ("circumstances", "at most 20 codes of 1 to 60 characters");
        if (OtherPayments is { Count: > MostItems }) yield return ("otherPayments", "at most 100 payments");
    }

    private IEnumerable<(string Field, string Reason)> Contradicting(LocalDate? born)
    {
        if (Kind == IncidentKind.Disability)
        {
            if (Grade is null && Injuries is null) yield return ("grade", "a disability has a grade");
            if (Grade is not null && Injuries is not null)
                yield return ("injuries", "a disability has one grade, or its injuries graded apart");
        }
        else
        {
            if (Grade is not null) yield return ("grade", "only a disability has a grade");
            if (Injuries is not null) yield return ("injuries", "only a disability has injuries");
        }
        if (Grade is < 1 or > 10) yield return ("grade", "a disability grade is 1 (gravest) to 10");
        for (var i = 0; i < (Injuries?.Count ?? 0); i++)
        {
            if (Injuries![i].Grade is < 1 or > 10) yield return ($"injuries.{i}.grade", "a disability grade is 1 (gravest) to 10");
            if (Injuries[i].Part.Length is 0 or > 60) yield return ($"injuries.{i}.part", "a body part is named in 1 to 60 characters");
        }
        if (Illness is { Length: 0 or > 60 }) yield return ("illness", "a class code has 1 to 60 characters");
        if (Kind is not (IncidentKind.CriticalIllness or IncidentKind.WomensIllness) && Severity is not null)
            yield return ("severity", "only an illness has a severity");
        foreach (var (day, field) in new[] { ((LocalDate?)Date, "date"), (DiagnosedOn, "diagnosedOn") }
            .Concat((Admissions ?? []).SelectMany((admission, i) =>
                     new[] { ((LocalDate?)admission.Admitted, $"admissions.{i}.admitted"),
                         (admission.Discharged, $"admissions.{i}.discharged") })))
            if (day is { Year: < 1900 or > 2200 }) yield return (field, "lies between 1900 and 2200");
        if (born is { } birth)
        {
            if (Date < birth) yield return ("date", "lies before the birth");
            if (DiagnosedOn < birth) yield return ("diagnosedOn", "the diagnosis lies before the birth");
        }
        foreach (var fault in AdmissionFaults(born)) yield return fault;
        if ((Circumstances ?? []).Any(code => code.Length is 0 or > 60))
            yield return ("circumstances", "at most 20 codes of 1 to 60 characters");
        for (var i = 0; i < (OtherPayments?.Count ?? 0); i++)
        {
            if (OtherPayments![i].Amount < Money.Zero) yield return ($"otherPayments.{i}.amount", "is not below 0.00");
            if (OtherPayments[i].Source.Length is 0 or > 60)
                yield return ($"otherPayments.{i}.source", "a source is named in 1 to 60 characters");
        }
    }

    private IEnumerable<(string Field, string Reason)> AdmissionFaults(LocalDate? born)
    {
        if (Admissions is null) yield break;
        if (Admissions.Sum(admission => (long)Period.DaysBetween(admission.Admitted, admission.Discharged)) > MostDays)
            yield return ("admissions", $"at most {MostDays} days in hospital");
        for (var i = 0; i < Admissions.Count; i++)
        {
            var (admission, at) = (Admissions[i], $"admissions.{i}");
            if (admission.Discharged < admission.Admitted) yield return ($"{at}.discharged", "the discharge lies before the admission");
            if (admission.Admitted < born) yield return ($"{at}.admitted", "the admission lies before the birth");
            if (admission.HospitalGrade is < 1 or > 3) yield return ($"{at}.hospitalGrade", "a hospital's grade is 1 to 3");
            if (admission.Total < Money.Zero) yield return ($"{at}.total", "is not below 0.00");
            if (admission.InScope < Money.Zero) yield return ($"{at}.inScope", "is not below 0.00");
            if (admission.OwnShare < Money.Zero) yield return ($"{at}.ownShare", "is not below 0.00");
            if (admission.InScope > admission.Total) yield return ($"{at}.inScope", "what lies in scope is above the total");
            if (admission.OwnShare > admission.Total) yield return ($"{at}.ownShare", "the own share is above the total");
            for (var earlier = 0; earlier < i; earlier++)
            {
                if (admission.Admitted == Admissions[earlier].Admitted && admission.Discharged == Admissions[earlier].Discharged)
                {
                    yield return ($"{at}.admitted",
                        $"stands twice: admission {earlier + 1} is the same; treatments of one day are told together");
                    break;
                }
                if (!admission.Overlaps(Admissions[earlier])) continue;
                yield return ($"{at}.admitted", $"overlaps admission {earlier + 1}: nobody lies in two beds");
                break;
            }
        }
    }
}

/// <summary>One stay in hospital, or one treatment on one day. Amounts in CNY; what a rule does not read may be absent.</summary>
/// <param name="HospitalGrade">1 to 3, 3 the highest (三级)</param>
/// <param name="Total">cost in total</param>
/// <param name="InScope">of that, what lies in basic insurance's catalogues</param>
/// <param name="OwnShare">what the member bore after basic insurance (自付)</param>
public sealed record Admission(
    LocalDate Admitted, LocalDate Discharged, int? HospitalGrade = null, Money? Total = null, Money? InScope = null, Money? OwnShare = null)
{
    /// <summary>The days that the stay takes up; of a treatment its one day.</summary>
    public IEnumerable<LocalDate> TakenDays() =>
        Enumerable.Range(0, Math.Max(1, Period.DaysBetween(Admitted, Discharged))).Select(Admitted.PlusDays);

    /// <summary>Being moved on the same day is no overlap.</summary>
    public bool Overlaps(Admission other) => Admitted < other.Discharged && other.Admitted < Discharged;
}

/// <param name="Part">body part, named once however many injuries it has: <c>leftHand</c></param>
public sealed record Injury(int Grade, string Part);

/// <param name="Source">who paid, by a code of the plan's coordination rule: <c>criticalRelief</c></param>
public sealed record OtherPayment(string Source, Money Amount);

/// <summary>What was used of a cover period before this incident.</summary>
/// <param name="Days">of the benefit asked, as a quote tells them; an enrolment keeps them apart in <paramref name="Benefits"/></param>
/// <param name="Benefits">by kind, in the order first used</param>
/// <param name="Lifetime">paid to the member in this plan under all enrolments; null if no cap asks for it</param>
/// <param name="AcrossPlans">paid to the member in the plan's group of plans; null if no cap asks for it</param>
public sealed record Counters(
    int Days = 0, int Admissions = 0, Money? Deductible = null, Money? OwnShare = null, IReadOnlyList<KindUse>? Benefits = null,
    Money? Lifetime = null, Money? AcrossPlans = null)
{
    public Money UsedFor(IncidentKind kind) => Own(kind)?.Amount ?? Money.Zero;

    /// <summary>What one benefit has used: one benefit's days and admissions are none of another's.</summary>
    public KindUse Of(IncidentKind kind)
    {
        var own = Own(kind) ?? new KindUse(kind, Money.Zero);
        return own with
        {
            Days = (own.Days ?? 0) + Days, Admissions = (own.Admissions ?? 0) + Admissions, Deductible = own.Deductible ?? Deductible,
            OwnShare = own.OwnShare ?? OwnShare,
        };
    }

    /// <summary>The counters after a benefit.</summary>
    public Counters After(IncidentKind kind, Money amount, Consumption? consumed)
    {
        var before = Own(kind) ?? new KindUse(kind, Money.Zero);
        var after = before with
        {
            Amount = before.Amount + amount, Days = KindUse.Counted((before.Days ?? 0) + (consumed?.Days ?? 0)),
            Admissions = KindUse.Counted((before.Admissions ?? 0) + (consumed?.Admissions ?? 0)),
            Deductible = consumed?.Deductible is { } deductible ? (before.Deductible ?? Money.Zero) + deductible : before.Deductible,
            OwnShare = consumed?.OwnShare is { } share ? (before.OwnShare ?? Money.Zero) + share : before.OwnShare,
            Accidents = consumed?.Accident is { } accident ? accident.AddedTo(before.Accidents) : before.Accidents,
        };
        return this with { Benefits = Own(kind) is null
            ? [.. Benefits ?? [], after] : [.. Benefits!.Select(use => use.Kind == kind ? after : use)] };
    }

    internal KindUse? Own(IncidentKind kind) => Benefits?.FirstOrDefault(use => use.Kind == kind);
}

/// <param name="Days">paid hospital days (or stayed ones, as the plan counts); null is none</param>
/// <param name="Admissions">admissions that were paid for; null is none</param>
/// <param name="Deductible">of a deductible that accumulates; null is nothing</param>
/// <param name="OwnShare">accumulated base of rules that reckon over the year; null where only the deductible is known</param>
/// <param name="Accidents">accumulated base of rules that reckon over an accident, by its day</param>
public sealed record KindUse(
    IncidentKind Kind, Money Amount, int? Days = null, int? Admissions = null, Money? Deductible = null, Money? OwnShare = null,
    IReadOnlyList<AccidentUse>? Accidents = null)
{
    /// <summary>Nothing is not written.</summary>
    internal static int? Counted(int count) => count == 0 ? null : count;
}

/// <param name="OwnShare">of all treatment after the accident of this day</param>
public sealed record AccidentUse(LocalDate Date, Money OwnShare)
{
    internal IReadOnlyList<AccidentUse> AddedTo(IReadOnlyList<AccidentUse>? before) => before?.Any(use => use.Date == Date) == true
        ? [.. before.Select(use => use.Date == Date ? use with { OwnShare = use.OwnShare + OwnShare } : use)]
        : [.. before ?? [], this];
}

/// <summary>What an assessment uses up besides money, once it is approved.</summary>
public sealed record Consumption(
    int Days = 0, int Admissions = 0, Money? Deductible = null, Money? OwnShare = null, AccidentUse? Accident = null)
{
    /// <summary>Something counts on although nothing may be payable: part of a deductible that accumulates.</summary>
    [JsonIgnore]
    public bool Counts => Deductible is { IsPositive: true } || OwnShare is { IsPositive: true }
        || Accident is { OwnShare.IsPositive: true };
}
