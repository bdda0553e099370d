using System.Text.Json.Nodes;
using ClaimsEngine.Contributions;
using ClaimsEngine.Host.Contributions;
using ClaimsEngine.Host.Payments;
using ClaimsEngine.Members;
using ClaimsEngine.Payouts;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Host.Seeding;

/// <summary>
/// Pays the seeded year as finance would: authorised, put into batches, released by another person, settled or returned by the bank, and
/// what came back ordered anew and paid. What is to be done next is read from the payouts themselves, so that a play that was cut off goes
/// on where it stopped.
/// </summary>
internal sealed class YearPayments(
    SeedPlayer player, AuthorisationDesk authorisations, ContributionDesk contributions, RecordRoom room, ClaimsStorage storage,
    IClock clock)
{
    /// <summary>Payouts of one batch.</summary>
    private const int Together = 2_000;

    /// <summary>Of so many payouts of a batch the bank returns one.</summary>
    private const int OneReturnedOf = 500;

    /// <summary>More rounds than an order, its return and its order anew need.</summary>
    private const int Rounds = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly RegionCode Region = RegionCode.Of("1501");

    // Four eyes: who authorises never releases, who orders anew does neither.
    private static readonly Actor First = Finance(1), Second = Finance(2), Releaser = Finance(3), Mender = Finance(4);

    private readonly SyntheticRoster accounts = new(99, Region, new LocalDate(2025, 1, 1));

    private sealed record Waiting(Guid Id, PayoutStatus Status, Guid? Batch, bool IsAnew, Guid Payee);

    /// <param name="claims">whose payouts are paid; nobody else's are touched</param>
    /// <returns>steps that were stored now</returns>
    /// <exception cref="SeedRefusedException">A step was refused.</exception>
    public async Task<int> Pay(IReadOnlyList<Guid> claims, IProgress<string>? progress, CancellationToken cancellation)
    {
        var stored = 0;
        for (var round = 0; round < Rounds; round++)
        {
            if (await Open(claims, cancellation) is not { Count: > 0 } open) return stored;
            progress?.Report($"{open.Count:N0} payouts");
            stored += await Authorise(Ids(open, one => one.Status == PayoutStatus.Ordered), cancellation);

            open = await Open(claims, cancellation);
            foreach (var some in Ids(open, one => one is { Status: PayoutStatus.Authorised, Batch: null }).Chunk(Together))
                stored += await Do(First, "POST /api/payment-batches", Payouts(some), $"batch/{some[0]}", cancellation);

            open = await Open(claims, cancellation);
            foreach (var batch in Batches(open, PayoutStatus.Authorised))
                stored += await Do(Releaser, $"POST /api/payment-batches/{batch.Key}/release", null, $"release/{batch.Key}", cancellation);

            open = await Open(claims, cancellation);
            foreach (var batch in Batches(open, PayoutStatus.Sent))
                stored += await Do(Releaser, $"POST /api/payment-batches/{batch.Key}/results", Results(batch), $"results/{batch.Key}",
                    cancellation);

            open = await Open(claims, cancellation);
            foreach (var returned in open.Where(one => one.Status == PayoutStatus.Returned))
                stored += await Do(Mender, $"POST /api/payouts/{returned.Id}/reissue", await Anew(returned), $"reissue/{returned.Id}",
                    cancellation);
        }
        return stored;
    }

    /// <summary>Calls in what a payer owes under a programme, and records one transfer for it.</summary>
    /// <param name="certificates">of which the payer pays; null for all that are called</param>
    /// <returns>steps that were stored now; 0 where nothing is owed any more</returns>
    /// <exception cref="SeedRefusedException">A step was refused.</exception>
    public async Task<int> CallIn(
        string programme, string payer, RegionCode region, int? certificates, CancellationToken cancellation)
    {
        var by = new Actor("seed-finance-gansu", [Role.Finance], region);
        var today = clock.GetCurrentInstant().Date();
        // on a later day the same call would be another request: then it was made before
        var call = await player.TryDo(by, "POST /api/contribution-calls", new JsonObject
        {
            ["programme"] = programme, ["payer"] = payer, ["dueOn"] = today.PlusDays(30).ToString("uuuu-MM-dd", null),
        }, $"seed/year/call/{programme}/{payer}", cancellation);
        if (call is null) return 0;
        var found = await room.For(by, cancellation: cancellation).Get<ContributionCall>(Guid.Parse((string)call["id"]!));
        var transfer = new Transfer(
            payer, $"SEED-{programme}-{(certificates is null ? 1 : 2)}", found.CalledOn, by, "seed/year", cancellation);
        var lines = found.Lines.OrderBy(line => line.CertificateNumber, StringComparer.Ordinal).Take(certificates ?? int.MaxValue);
        var results = await contributions.Record(transfer, lines.Select(line => new TransferPart(line.Enrolment, line.Amount)));
        return results.FirstOrDefault(result => result.No is not null) is { No: { } no }
            ? throw new SeedRefusedException($"a contribution of the year was refused: {no.Code}: {no.Detail}")
            : results.Count(result => result.Recorded);
    }

    private async Task<int> Authorise(Guid[] payouts, CancellationToken cancellation)
    {
        var (stored, left) = (0, payouts);
        foreach (var by in (Actor[])[First, Second])
        {
            var results = await authorisations.Authorise([.. left.Select(id => new PayoutId(id))], by, "seed/year", cancellation);
            if (results.FirstOrDefault(result => result.Outcome == AuthorisationOutcome.Refused) is { } no)
                throw new SeedRefusedException($"payout {no.PayoutId} of the year was not authorised: {no.Code}: {no.Detail}");
            stored += results.Count(result => result.Outcome != AuthorisationOutcome.Unchanged);
            // a large amount, or an account that was just changed, needs two
            left = [.. results.Where(result => result.Outcome == AuthorisationOutcome.WaitsForSecond).Select(one => one.PayoutId.Value)];
            if (left.Length == 0) break;
        }
        return stored;
    }

    /// <summary>Payouts of the year that are not at their end, in the order in which they were ordered.</summary>
    private async Task<List<Waiting>> Open(IReadOnlyList<Guid> claims, CancellationToken cancellation)
    {
        if (!await storage.Upkeep.WaitForNewest(Patience, cancellation))
            throw new SeedRefusedException("the read models do not get to what was stored");
        await using var command = storage.Sessions.Application.CreateCommand($"""
            SELECT id, status, batch, reissues IS NOT NULL, payee FROM {storage.Options.ReadSchema}.{PayoutLedger.Model.Table}
            WHERE recorded_to = 'infinity' AND claim = ANY ($1) AND reissued_as IS NULL
              AND status IN ('ordered', 'authorised', 'sent', 'returned') ORDER BY id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = claims.ToArray() });
        var open = new List<Waiting>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            open.Add(new Waiting(
                reader.GetGuid(0), Enum.Parse<PayoutStatus>(reader.GetString(1), ignoreCase: true),
                await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetGuid(2), reader.GetBoolean(3), reader.GetGuid(4)));
        return open;
    }

    private static Guid[] Ids(IEnumerable<Waiting> open, Func<Waiting, bool> which) => [.. open.Where(which).Select(one => one.Id)];

    private static IEnumerable<IGrouping<Guid, Waiting>> Batches(IEnumerable<Waiting> open, PayoutStatus status) =>
        open.Where(one => one.Status == status && one.Batch is not null).GroupBy(one => one.Batch!.Value);

    private static JsonObject Payouts(IEnumerable<Guid> payouts) =>
        new() { ["payouts"] = new JsonArray([.. payouts.Select(id => JsonValue.Create(id.ToString()))]) };

    /// <summary>What the bank answers: of each batch some accounts are wrong. What was ordered anew arrives.</summary>
    private static JsonObject Results(IEnumerable<Waiting> batch) => new()
    {
        ["lines"] = new JsonArray([.. batch.Select((one, place) =>
        {
            var line = new JsonObject
            {
                ["payoutId"] = one.Id.ToString(), ["outcome"] = "settled", ["bankReference"] = $"SEED-{one.Id:N}",
            };
            if (!one.IsAnew && place % OneReturnedOf == OneReturnedOf / 2)
                (line["outcome"], line["reason"]) = ("returned", "账号不存在");
            return line;
        })]),
    };

    /// <summary>To another account of the same person.</summary>
    private async Task<JsonObject> Anew(Waiting returned)
    {
        var payee = await room.For(Mender).Get<Person>(returned.Payee);
        var index = (long)(BitConverter.ToUInt32(returned.Payee.ToByteArray(), 12) % 10_000_000);
        return new JsonObject
        {
            ["account"] = new JsonObject
            {
                ["bank"] = "样例银行", ["number"] = accounts.Person(index).Person.Account!.Number.Value, ["holder"] = payee.Name,
            },
            ["reason"] = "账号已更正，附银行卡复印件",
        };
    }

    private async Task<int> Do(Actor by, string send, JsonObject? body, string key, CancellationToken cancellation)
    {
        await player.Do(by, send, body, $"seed/year/{key}", cancellation);
        return 1;
    }

    private static Actor Finance(int number) => new($"seed-finance-hohhot-{number}", [Role.Finance], Region);
}
