using NodaTime.Text;

namespace ClaimsEngine.Specs;

/// <summary>The seeded plans, and questions to them on the path that a quote over HTTP takes.</summary>
internal static class Cards
{
    private static readonly IReadOnlyDictionary<string, Plan> Known = Files()
        .Select(file => JsonSerializer.Deserialize<Seed>(File.ReadAllText(file), ClaimsJson.Options)!)
        .GroupBy(seed => seed.Code)
        .ToDictionary(seeds => seeds.Key,
            seeds => StateOf<Plan>(seeds.OrderBy(seed => seed.Version).Select(seed => new PlanVersionPublished(
            seed.Code, seed.Version, seed.EffectiveFrom, seed.Card, CardReading.Hash(seed.Card), "sample-admin-1", "sample-admin-2"))));

    /// <summary>The codes of all seeded plans.</summary>
    public static IReadOnlyList<string> Codes => [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The files of all versions of all plans.</summary>
    public static IEnumerable<string> Files() => Directory.GetFiles(Repository.Seeds("plans"), "*.v*.json").Order(StringComparer.Ordinal);

    /// <summary>A seeded plan: the fold of its published versions.</summary>
    public static Plan Plan(string code) => Known[code];

    public static PlanCard Card(string code, int version = 1) => Plan(code).Version(version)!.Card;

    /// <summary>A question about an incident of this day; what it needs is added in words.</summary>
    public static Question Ask(string code, IncidentKind kind, string date) =>
        new(Plan(code), new Incident(kind, Day(date)), new QuotedEnrolment(), null);

    /// <summary>What a unit costs under these conditions, where no benefit can be quoted.</summary>
    public static Contribution Price(string code, PriceFacts? facts = null, int units = 1)
    {
        var (contribution, refusal) = ClaimsEngine.Plans.Price.Of(Plan(code).Latest!.Card, facts ?? new PriceFacts(), units);
        Assert.True(contribution is not null, refusal?.ToString());
        return contribution;
    }

    /// <summary>What a version answers to an incident after any waiting period that tells no more than any card of its kind
    /// reads.</summary>
    public static (Quote? Quote, Refusal? Refusal) MinimalQuote(string code, int number, IncidentKind kind, string? tier = null)
    {
        var (from, illness) =
            (Plan(code).Version(number)!.EffectiveFrom, kind is IncidentKind.CriticalIllness or IncidentKind.WomensIllness);
        var date = from.PlusDays(120);
        var incident = new Incident(kind, date,
            Grade: kind == IncidentKind.Disability ? 1 : null,
            Illness: Card(code, number).BenefitFor(kind)!.Illness?.Catalogue is { } catalogue
                && IllnessCatalogue.Find(catalogue)!.Classes is [var first, ..] ? first.Code : null,
            Severity: illness ? Severity.Severe : null,
            DiagnosedOn: illness ? date : null,
            Admissions: kind is IncidentKind.Hospitalisation or IncidentKind.HospitalDays or IncidentKind.AccidentMedical
                ? [new Admission(date, date.PlusDays(9), 3, Money.Yuan(50_000), Money.Yuan(40_000), Money.Yuan(20_000))] : null);
        return BenefitQuotes.Answer(Plan(code), new QuoteBenefit(incident, new QuotedEnrolment(CoverFrom: from, CoverTier: tier)), number);
    }

    public static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    public static Money Yuan(string text) => Money.TryParse(text, out var value, out var error) ? value : throw new FormatException(error);

    /// <summary>Each payer in English with the amount.</summary>
    public static string Shared(Contribution contribution) =>
        string.Join(", ", contribution.Shares.Select(share => $"{share.Payer.En} {share.Amount}"));

    internal sealed record Seed(string Code, int Version, LocalDate EffectiveFrom, JsonElement Card);
}

/// <summary>A question to a plan, told fact by fact.</summary>
internal sealed record Question(Plan Plan, Incident Incident, QuotedEnrolment Enrolment, QuotedUse? Use)
{
    /// <summary>Covered from this day on; by an unbroken row of periods if the first one is named.</summary>
    public Question Covered(string from, string? to = null, string? first = null) => this with
    {
        Enrolment = Enrolment with { CoverFrom = Cards.Day(from), CoverTo = to is null ? null : Cards.Day(to),
            FirstCoverFrom = first is null ? null : Cards.Day(first) },
    };

    public Question Units(int units) => this with { Enrolment = Enrolment with { Units = units } };

    public Question Tier(string tier) => this with { Enrolment = Enrolment with { CoverTier = tier } };

    public Question Born(string day, Sex? sex = null, bool? seniorRank = null) =>
        this with { Enrolment = Enrolment with { BirthDate = Cards.Day(day), Sex = sex, SeniorRank = seniorRank } };

    public Question WorksAs(string occupation) => this with { Enrolment = Enrolment with { Occupation = Occupation.Of(occupation) } };

    public Question Employed(EmployerKind kind) => this with { Enrolment = Enrolment with { EmployerKind = kind } };

    public Question WithUnionCard() => this with { Enrolment = Enrolment with { UnionCard = true } };

    /// <summary>One more stay of a week with this cost; the first begins on the incident's day, each later one ten days after the one
    /// before.</summary>
    public Question Costing(string? ownShare, string? inScope = null, string? total = null, int? hospitalGrade = null)
    {
        var admitted = Incident.Date.PlusDays(10 * (Incident.Admissions?.Count ?? 0));
        return With(new Admission(admitted, admitted.PlusDays(6), hospitalGrade, Of(total), Of(inScope), Of(ownShare)));
    }

    /// <summary>One more stay in hospital.</summary>
    public Question Staying(string admitted, string discharged) => With(new Admission(Cards.Day(admitted), Cards.Day(discharged)));

    public Question Graded(int grade) => this with { Incident = Incident with { Grade = grade } };

    public Question Injured(params (int Grade, string Part)[] injuries) =>
        this with { Incident = Incident with { Injuries = [.. injuries.Select(injury => new Injury(injury.Grade, injury.Part))] } };

    public Question Ill(string? illness, Severity? severity = null, string? diagnosed = null) => this with
    {
        Incident = Incident with { Illness = illness, Severity = severity, DiagnosedOn = diagnosed is null ? null : Cards.Day(diagnosed) },
    };

    public Question Found(params string[] circumstances) => this with { Incident = Incident with { Circumstances = circumstances } };

    public Question Used(string? amount = null, int? days = null, int? admissions = null, string? deductible = null,
        string? ownShare = null, string? acrossPlans = null) =>
        this with { Use = new QuotedUse(Of(amount), days, admissions, Of(deductible), Of(ownShare), AcrossPlans: Of(acrossPlans)) };

    /// <summary>Used in the cover period for this kind of incident.</summary>
    public Question UsedFor(IncidentKind kind, string amount) =>
        this with { Use = new QuotedUse(Of(amount), Benefits: new Dictionary<IncidentKind, Money> { [kind] = Cards.Yuan(amount) }) };

    public (Quote? Quote, Refusal? Refusal) Answer() => BenefitQuotes.Answer(Plan, new QuoteBenefit(Incident, Enrolment, Use));

    /// <summary>This is payable, and the steps add up to it.</summary>
    public Quote Pays(string amount)
    {
        var (quote, refusal) = Answer();
        Assert.True(quote is not null, refusal?.ToString());
        Assert.Equal(amount, quote.Payable.ToString());
        Assert.Equal(quote.Payable, Money.Sum(quote.Steps.Select(step => step.Adds ?? Money.Zero)));
        Assert.Equal(amount, quote.Steps[^1].Output);
        return quote;
    }

    public Refusal IsRefused(RefusalCode rule, string? field = null)
    {
        var (quote, refusal) = Answer();
        Assert.True(refusal is not null, $"pays {quote?.Payable}");
        Assert.Equal((rule.Code, field), (refusal.Code, refusal.Field));
        return refusal;
    }

    /// <summary>Refused, because the source does not publish these rules; all of them are named.</summary>
    public void IsNotPublished(params string[] paths) =>
        Assert.Equal(paths, IsRefused(Refuse.NotPublished).Faults!.Select(fault => fault.Field));

    private Question With(Admission admission) =>
        this with { Incident = Incident with { Admissions = [.. Incident.Admissions ?? [], admission] } };

    private static Money? Of(string? text) => text is null ? null : Cards.Yuan(text);
}
