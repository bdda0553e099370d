using System.Text.Json.Nodes;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Settlements;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Seeding;

/// <summary>How much of the published year is played.</summary>
/// <param name="Members">of Hohhot; its facts tell of more than 166,000 (facts.md, F24)</param>
/// <param name="Employers">of these members (F23: more than 1,900)</param>
/// <param name="Hospital">hospital benefits, 6,526 of 6,910,900.00 yuan together (F25)</param>
/// <param name="Illnesses">Xinkang benefits, 53 of 778,000.00 yuan together (F26)</param>
/// <param name="Joint">members of Gansu whose cover a special subsidy and they themselves pay together (F16)</param>
public sealed record YearSize(int Members, int Employers, SettlementTarget Hospital, int Illnesses, int Joint)
{
    /// <summary>1,242 certificates of 120.00 that both payers have paid, and one that only the subsidy has: 149,100.00 yuan came
    /// in.</summary>
    public static readonly YearSize Published = new(166_000, 1_900, SettlementTarget.Hohhot, 53, 1_243);
}

/// <summary>
/// A made-up year whose totals are the published ones: Hohhot's hospital and Xinkang benefits, Gansu's payment of 120,000 yuan and its
/// jointly funded covers. Members are imported, hospital benefits come from a feed, everything else is a command: nothing is written past
/// the rules. Then it is paid (<see cref="YearPayments"/>). Playing it again goes on where it stopped, and changes nothing once it is
/// whole.
/// </summary>
internal sealed class SeededYear(
    SeedPlayer player, SettlementDesk desk, YearPayments payments, Importer importer, EventReader events, RecordRoom room,
    ClaimsStorage storage, IClock clock)
{
    private const string HospitalProgramme = "hohhot-2025-hospital", IllnessProgramme = "hohhot-2025-xinkang",
        JointProgramme = "gansu-2025-joint", GansuCase = "gansu-2025-liangzhou";

    private const long Seed = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly LocalDate Enrolled = new(2024, 12, 31);
    private static readonly RegionCode Hohhot = RegionCode.Of("1501"), Gansu = RegionCode.Of("62");

    /// <param name="progress">is told what is being done</param>
    /// <returns>how much was stored now, in steps; 0 if all of it had been before</returns>
    /// <exception cref="SeedRefusedException">What is in the database does not fit the year.</exception>
    public async Task<int> Play(YearSize size, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("Gansu's case");
        var gansu = SeedFiles.Scenarios.Where(scenario => scenario.Name == GansuCase).ToArray();
        var played = (await player.Play(gansu, cancellation)).Played;

        progress?.Report($"{size.Members:N0} members of Hohhot");
        var members = Population.In(Hohhot, Seed, HospitalProgramme, Enrolled, size.Members, size.Employers);
        played += await Import(members, cancellation);
        progress?.Report($"{size.Joint:N0} members of Gansu with a subsidy");
        played += await Import(Joint(size.Joint), cancellation);
        if (!await storage.Upkeep.WaitForNewest(Patience, cancellation))
            throw new SeedRefusedException("the read models do not get to what was stored");

        progress?.Report("Gansu's contributions");
        played += await payments.CallIn(JointProgramme, "special subsidy (专项补助)", Gansu, null, cancellation);
        played += await payments.CallIn(JointProgramme, "member (会员)", Gansu, size.Joint - 1, cancellation);

        progress?.Report($"{size.Illnesses} Xinkang benefits");
        var (decided, illnesses) = await Illnesses(size.Illnesses, cancellation);
        played += decided;
        progress?.Report($"{size.Hospital.Lines:N0} hospital benefits");
        var (carried, stays) = await Stays(size.Hospital, members, cancellation);
        played += carried;

        return played + await payments.Pay([.. stays, .. illnesses], progress, cancellation);
    }

    private static Population Joint(int members) => new(
        Seed + 1, JointProgramme, Enrolled, [new PopulationPart(Regions.Districts(Gansu), members, 0)],
        [Occupation.Of("truckDriver"), Occupation.Of("courier"), Occupation.Of("foodDeliveryRider"), Occupation.Of("domesticWorker")]);

    private async Task<int> Import(Population population, CancellationToken cancellation)
    {
        var by = new Actor("seed-import", [Role.Officer], RegionCode.National);
        var stored = 0L;
        if (population.Employers().Any())
        {
            await using var employers = Spool.Create();
            await population.WriteEmployers(employers, cancellation);
            stored += (await new EmployerImport(importer, events, by).Over(employers, _ => { }, cancellation)).End.Events;
        }
        await using var file = Spool.Create();
        await population.WriteMembers(file, cancellation);
        var import = new EnrolmentImport(importer, room, clock, new PastCover(), by);
        var (end, fault) = await import.Over(file, () => Stream.Null, (_, _) => { }, cancellation);
        if (fault is not null || end!.Rejected > 0)
            throw new SeedRefusedException($"{end?.Rejected ?? 0:N0} of the year's made-up members are in the way of others: {fault}");
        return (int)Math.Min(int.MaxValue, stored + end.Events);
    }

    /// <summary>The feed of hospital benefits, each decided straight through.</summary>
    private async Task<(int Stored, IReadOnlyList<Guid> Claims)> Stays(
        SettlementTarget target, Population members, CancellationToken cancellation)
    {
        var card = CardReading.OfRecord(SeedFiles.Plans.Last(plan => plan.Code == HospitalProgramme).Card);
        var lines = new SyntheticSettlements(Seed, members, card, target).Lines();
        var sender = Person("seed-officer-hohhot", Role.Officer, Hohhot);
        var job = new SettlementJob(NamedGuid.Of("seed", "year-2025"), "seed/year", sender, HospitalProgramme, cancellation);
        var (stored, claims) = (0, new List<Guid>(lines.Count));
        foreach (var window in lines.Select((line, place) => new SettlementRow(place + 1, line, [])).Chunk(SettlementWindows.Most))
        {
            var before = await room.Keys.OwnersOf([.. window.Select(row => row.Read!.ToSettlement().ToKey())], cancellation);
            stored += window.Length - before.Count;
            foreach (var result in await desk.CarryWindow(job, window))
            {
                if (result is not { Outcome: SettlementOutcome.Approved or SettlementOutcome.Known, ClaimId: { } claim })
                    throw new SeedRefusedException(
                        $"stay {result?.Line} of the year was not paid: {result?.Reasons.FirstOrDefault()?.Text ?? "the storage is full"}");
                claims.Add(claim.Value);
            }
        }
        return (stored, claims);
    }

    /// <summary>Of 53: 34 severe ones of 20,000, 18 mild ones of 5,000, and one severe of which 8,000 are approved.</summary>
    private async Task<(int Played, IReadOnlyList<Guid> Claims)> Illnesses(int count, CancellationToken cancellation)
    {
        var roster = new SyntheticRoster(Seed + 2, Hohhot, Enrolled.PlusDays(1));
        var (played, kept) = await player.Play(Enumerable.Range(0, count).Select(nth => Illness(roster, nth, count)), cancellation);
        if (kept.FirstOrDefault(one => !one.ContainsKey("decided")) is not null)
            throw new SeedRefusedException("a Xinkang benefit of the year was refused");
        return (played, [.. kept.Select(one => Guid.Parse((string)one["claim"]!["id"]!))]);
    }

    private SeedFiles.Scenario Illness(SyntheticRoster roster, int nth, int count)
    {
        var person = roster.Person(nth).Person;
        var severe = nth * 53 < 35 * count;
        var (assessed, approved) = nth == 0 ? ("20000.00", "8000.00") : severe ? ("20000.00", "20000.00") : ("5000.00", "5000.00");
        var day = new LocalDate(2025, 1, 15).PlusDays(nth * 6 % 340).ToString("uuuu-MM-dd", null);
        var account = new JsonObject
        {
            ["bank"] = person.Account!.Bank, ["number"] = person.Account.Number.Value, ["holder"] = person.Name,
        };
        var officer = Actor("seed-officer-hohhot", "officer");
        return new SeedFiles.Scenario($"year-2025-illness-{nth + 1:000}", "a Xinkang benefit of the seeded year",
        [
            new(officer, "POST /api/enrolments", new JsonObject
            {
                ["programme"] = IllnessProgramme, ["units"] = 1,
                ["person"] = new JsonObject
                {
                    ["name"] = person.Name, ["idNumber"] = person.IdNumber.Value, ["occupation"] = "worker",
                    ["region"] = person.Region.Value, ["phone"] = person.Phone,
                },
            }, "enrolment", Enrolled),
            new(officer, "POST /api/claims", new JsonObject
            {
                ["enrolmentId"] = "{enrolment.id}",
                ["incident"] = new JsonObject
                {
                    ["kind"] = "criticalIllness", ["date"] = day, ["severity"] = severe ? "severe" : "mild", ["diagnosedOn"] = day,
                },
                ["claimant"] = new JsonObject
                {
                    ["name"] = person.Name, ["idNumber"] = person.IdNumber.Value, ["relation"] = "self", ["account"] = account,
                },
            }, "claim"),
            new(officer, "POST /api/claims/{claim.id}/supplements", new JsonObject
            {
                ["documents"] = new JsonArray(
                    [.. Papers.Select(kind => new JsonObject
                    {
                        ["kind"] = kind, ["fileName"] = $"{kind}.pdf",
                        ["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
                            System.Text.Encoding.UTF8.GetBytes($"seed/{nth}/{kind}"))),
                    })]),
            }),
            new(Actor("seed-officer-hohhot-2", "officer"), "POST /api/claims/{claim.id}/assessment"),
            new(Actor("seed-approver-hohhot", "approver"), "POST /api/claims/{claim.id}/approval", new JsonObject
            {
                ["amount"] = approved,
                ["reason"] = approved == assessed ? "材料齐全，同意给付" : "同一病种已由其他互助给付12000元，差额给付",
            }, "decided"),
        ]);
    }

    private static readonly string[] Papers =
        ["eventStatement", "identityDocument", "diagnosisCertificate", "examinationReports", "accountProof"];

    private static SeedFiles.ScenarioActor Actor(string user, string role) => new(user, [role], Hohhot);

    /// <summary>With the approval limit of the union level.</summary>
    private Actor Person(string user, Role role, RegionCode region) =>
        new(user, [role], region, HandlingRules.For(region, clock.GetCurrentInstant().Date()).Limits.For(region));
}
