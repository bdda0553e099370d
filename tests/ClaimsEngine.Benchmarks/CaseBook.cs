using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Benchmarks;

/// <summary>How far a case has got before anything is measured.</summary>
internal enum CaseStage
{
    /// <summary>A person, an account and cover.</summary>
    Enrolled,

    /// <summary>Its claim is ready to be approved, and the member has been granted something elsewhere before.</summary>
    Assessed,

    /// <summary>Four claims, all approved.</summary>
    Decided,
}

/// <summary>A stream that is there before anything is measured.</summary>
internal sealed record CaseStream(Guid Id, string Type, Type Aggregate, IReadOnlyList<object> Events)
{
    public static CaseStream Of<T>(Guid id, params IReadOnlyList<object> events) where T : AggregateState, IAggregate<T> =>
        new(id, T.StreamType, typeof(T), events);
}

/// <summary>One member's case.</summary>
/// <param name="Claim">the last claim</param>
/// <param name="Amount">of its assessment</param>
internal sealed record PreparedCase(Person Person, EnrolmentId Enrolment, ClaimId Claim, Money Amount, IReadOnlyList<CaseStream> Streams);

/// <summary>
/// Hospital cases of made-up members, under one plan whose card pays a percentage of the own share up to a cap that some members reach.
/// </summary>
internal static class CaseBook
{
    public const string PlanCode = "bench-hospital";
    private const int ClaimsOfADecidedCase = 4;

    public static readonly RegionCode Region = RegionCode.Of("150102");
    public static readonly LocalDate From = new(2025, 1, 1);
    private static readonly LocalDate To = new(2025, 12, 31);
    private static readonly Actor Officer = new("bench", [Role.Officer], Region);
    private static readonly JsonElement CardJson = JsonSerializer.SerializeToElement(Card(70), ClaimsJson.Options);
    private static readonly string CardHash = CardReading.Hash(CardJson);

    /// <summary>A card that pays a percentage of the own share.</summary>
    public static PlanCard Card(int percent) => new(
        2, new LocalName("样例", "sample"), "sample", [], new Eligibility(),
        [new Benefit(IncidentKind.Hospitalisation, "sample", Medical: new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: percent))],
        new Dictionary<IncidentKind, IReadOnlyList<string>> { [IncidentKind.Hospitalisation] = ["insuranceSettlement", "receipts"] },
        Prices: [new PriceLine(Money.Yuan(60))], Cover: new Cover(CoverStart.NextDay, 12), Caps: new Caps(PerPeriod: Money.Yuan(30_000)));

    /// <summary>The plan, published.</summary>
    public static CaseStream Plan =>
        CaseStream.Of<Plan>(PlanId.Of(PlanCode).Value, new PlanVersionPublished(PlanCode, 1, From, CardJson, CardHash, "bench", "bench-2"));

    /// <param name="first">number of the first member: other numbers are other people</param>
    public static IEnumerable<PreparedCase> Cases(CaseStage stage, int count, int first = 0)
    {
        var roster = new SyntheticRoster(7, Region, From, units: 1);
        return Enumerable.Range(first, count).Select(member => Case(stage, member, roster));
    }

    /// <summary>
    /// Everything as rows of an import, the plan first. Identity numbers have their keys, so that commands find the people.
    /// </summary>
    public static IEnumerable<ImportRow> Rows(IEnumerable<PreparedCase> cases, Func<IdentityNumber, string> identityHash)
    {
        yield return new ImportRow(1, [Write(Plan)], [], []);
        var number = 1;
        foreach (var one in cases)
        {
            var key = new KeyChange(Person.Key(identityHash(one.Person.IdNumber)), one.Person.Id.Value, Take: true);
            yield return new ImportRow(++number, [.. one.Streams.Select(Write)], [key], []);
        }
    }

    public static Incident Stay(LocalDate day, int nth)
    {
        var (discharged, ownShare) = (day.PlusDays(2 + (nth % 15)), new Money(50_000 + (nth * 7_919 % 2_000_000)));
        return new(IncidentKind.Hospitalisation, day, Admissions:
            [new Admission(day, discharged, 3, Money.Yuan(40_000), Money.Yuan(30_000), ownShare)]);
    }

    internal static StreamWrite Write(CaseStream stream)
    {
        var headers = new Dictionary<string, string> { ["role"] = "officer", ["schemaVersion"] = "1" };
        if (stream.Aggregate != typeof(Plan)) headers[EventMetadata.RegionHeader] = Region.Value;
        var metadata = new EventMetadata("bench", "Bench", null, headers);
        return new StreamWrite(stream.Id, stream.Type, stream.Aggregate, 0,
            [.. stream.Events.Select(data => new NewEvent(Guid.CreateVersion7(), data, metadata))]);
    }

    private static PreparedCase Case(CaseStage stage, int member, SyntheticRoster roster)
    {
        var details = roster.Person(member).Person;
        var (person, account) = (new PersonId(Guid.CreateVersion7()), new AccountId(Guid.CreateVersion7()));
        var enrolment = new EnrolmentId(Guid.CreateVersion7());
        object[] known =
        [
            new PersonRegistered(person, details.Name, details.IdNumber, details.Phone, Region, Officer.Id),
            details.Account!.Registered(account, null, Officer, From),
        ];
        List<CaseStream> streams =
        [
            CaseStream.Of<Person>(person.Value, known),
            CaseStream.Of<Enrolment>(enrolment.Value, new EnrolmentStarted(
                enrolment, $"E15-20250101-{member:00000000}", person, PlanCode, 1, null, Occupation.Of("worker"), Region, Sex.Male, 40, 1,
                From, To, Money.Yuan(60), [], null, Officer.Id)),
        ];
        if (stage == CaseStage.Assessed)
            streams.Add(CaseStream.Of<BenefitAccount>(BenefitAccount.IdOf(person), new BenefitCounted(
                person, new ClaimId(Guid.CreateVersion7()), "another-plan", null, IncidentKind.Hospitalisation, Money.Yuan(500),
                Officer.Id)));

        var (claim, amount, used, counters) = (default(ClaimId), Money.Zero, Money.Zero, default(Counters));
        for (var nth = 0; nth < stage switch { CaseStage.Enrolled => 0, CaseStage.Assessed => 1, _ => ClaimsOfADecidedCase }; nth++)
        {
            claim = new ClaimId(Guid.CreateVersion7());
            var incident = Stay(From.PlusDays((80 * nth) + (member % 60)), (member * ClaimsOfADecidedCase) + nth);
            var facts = CaseFacts.Of(incident, 1, used, new CoverFacts(From, To), null, counters);
            var assessment = Adjudication.Assess(Card(70), facts).Assessment!;
            amount = assessment.Amount;
            List<object> events =
            [
                new ClaimSubmitted(
                    claim, $"C15-20250101-{member:000000}{nth}X", enrolment, person, PlanCode, 1, null, Region, incident,
                    person, Relation.Self, person, account, ["insuranceSettlement", "receipts"], Officer.Id),
                new DocumentReceived(new DocumentId(Guid.CreateVersion7()), "insuranceSettlement", Digest, true, Officer.Id),
                new DocumentReceived(new DocumentId(Guid.CreateVersion7()), "receipts", Digest, true, Officer.Id),
                new ClaimAssessed(
                    amount, facts, assessment.Steps, 1, CardHash, Adjudication.InterpreterFor(Card(70)), Officer.Id,
                    assessment.Consumed),
            ];
            if (stage == CaseStage.Decided) events.Add(new ClaimApproved(amount, new PayoutId(claim.Value), "bench-2", "sample"));
            streams.Add(CaseStream.Of<Claim>(claim.Value, events));
            used += amount;
            counters = (counters ?? new Counters()).After(IncidentKind.Hospitalisation, amount, assessment.Consumed);
        }
        return new PreparedCase(Fold.Of<Person>(known)!, enrolment, claim, amount, streams);
    }

    public static string Digest { get; } = new('a', 64);
}
