using System.Buffers;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClaimsEngine.AuditPacks;
using ClaimsEngine.Books;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Programmes;
using ClaimsEngine.Recoveries;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.ReadModels;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>What became of the making of a pack.</summary>
/// <param name="Position">place in the feed up to which the log is packed</param>
/// <param name="Sha256">of the list of files: who has it can trust the whole pack</param>
/// <param name="Files">in the pack, its list and the list's hash left out</param>
public sealed record AuditPackResult(string Plan, int Year, long Position, string Seed, string Sha256, int Files, PackTotals Totals);

/// <summary>
/// Packs a plan year for auditors: the events of all its certificates, claims, payouts, batches and recoveries, and what follows from
/// them. Some hundred streams are in memory at a time; sheets wait in files without names until their turn in the ZIP comes. The same order
/// of the same log gives the same bytes.
/// </summary>
public sealed partial class AuditPackRun(ClaimsStorage storage, EventReader events)
{
    /// <summary>What a seed is, for whoever gave another one.</summary>
    public const string SeedRule = "is 1 to 60 letters, digits, dots, hyphens, slashes and underscores";

    private const int Streams = 500;

    /// <summary>A part of the log is closed after this many bytes.</summary>
    private const long PartBytes = 256L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string Version = typeof(AuditPackRun).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Where a plan is named in the read models: the streams that may belong to a pack.</summary>
    private static readonly IReadOnlyList<(string StreamType, string Table)> Named =
    [
        (Programme.StreamType, ProgrammeList.Model.Table), (Enrolment.StreamType, EnrolmentRegister.Model.Table),
        (Claim.StreamType, ClaimBoard.Model.Table), (Payout.StreamType, PayoutLedger.Model.Table),
        (Recovery.StreamType, RecoveryList.Model.Table),
    ];

    public static bool IsSeed(string text) => Seed().IsMatch(text);

    /// <summary>Whether everything under the plan lies in a region. A pack is of a whole plan year, so who does not see all of it is given
    /// none.</summary>
    public async Task<bool> LiesIn(RegionCode region, string plan, CancellationToken cancellation)
    {
        if (region == RegionCode.National) return true;
        var outside = string.Join(" OR ", Named.Select(named =>
            $"EXISTS (SELECT FROM {storage.Options.ReadSchema}.{named.Table} WHERE plan = $1 AND recorded_to = 'infinity' "
            + "AND region NOT LIKE $2)"));
        await using var command = storage.Sessions.Application.CreateCommand($"SELECT {outside}");
        command.Parameters.Add(new NpgsqlParameter { Value = plan });
        command.Parameters.Add(new NpgsqlParameter { Value = region.Value + "%" });
        return await command.ExecuteScalarAsync(cancellation) is false;
    }

    /// <summary>Writes a pack.</summary>
    /// <param name="position">up to which the log is packed; null is everything that is recorded now</param>
    /// <param name="seed">of the draw; null is plan and year</param>
    /// <param name="output">gets the ZIP; left open, need not seek</param>
    /// <param name="report">events packed until now</param>
    /// <returns>or why there is none: no such plan, or read models that are behind or hold streams back</returns>
    public async Task<(AuditPackResult? Made, Refusal? Refusal)> Write(
        string plan, int year, long? position, string? seed, Stream output, Action<long> report, CancellationToken cancellation)
    {
        var (until, refusal) = await Until(position, cancellation);
        if (refusal is not null) return (null, refusal);
        var order = PackOrder.Of(plan, year, until, seed);
        var derivation = new PackDerivation(order);
        var spools = new SortedDictionary<string, (PackFile Of, FileStream File)>(StringComparer.Ordinal);
        try
        {
            // A ZIP looks another way where the stream can seek: this one never can, so that a file and a download are the same bytes.
            await using var forward = new CountingHash(output);
            await using var zip = await ZipArchive.CreateAsync(forward, ZipArchiveMode.Create, leaveOpen: true, null, cancellation);
            var pack = new PackZip(zip);
            using (var sheets = new PackSheets((name, of) =>
            {
                var file = Spool.Create();
                spools[name] = (of, file);
                return file;
            }, leaveOpen: true))
            {
                var batches = new SortedSet<string>(StringComparer.Ordinal);
                foreach (var type in PackDerivation.StreamTypes)
                    await Pack(type, order, derivation, sheets, pack, batches, report, cancellation);
                foreach (var line in derivation.End()) sheets.Write(line);
            }
            foreach (var (name, (of, file)) in spools)
            {
                file.Position = 0;
                await pack.Add(name, of.Zh, of.En, to => file.CopyToAsync(to, cancellation), cancellation);
            }
            return (await Close(pack, order, derivation, cancellation), null);
        }
        finally
        {
            foreach (var (_, file) in spools.Values) await file.DisposeAsync();
        }
    }

    private static async Task<AuditPackResult> Close(
        PackZip pack, PackOrder order, PackDerivation derivation, CancellationToken cancellation)
    {
        await pack.Add(PackPage.Name, "本页", "this page", PackPage.Of(Version, order, derivation.Totals, pack.Files), cancellation);
        var manifest = new PackManifest(PackManifest.Current, Version, order, derivation.Totals, pack.Files);
        var json = JsonSerializer.Serialize(manifest, ClaimsJson.Options) + "\n";
        var list = await pack.Add(PackManifest.Name, "文件清单", "the list of files", json, cancellation);
        await pack.Add(PackManifest.HashName, "清单的哈希", "the hash of the list", $"{list.Sha256}  {list.Name}\n", cancellation);
        return new AuditPackResult(
            order.Plan, order.Year, order.Position, order.Seed, list.Sha256, manifest.Files.Count, derivation.Totals);
    }

    /// <summary>Where the pack ends. The read models must have come so far and hold nothing back, since they say which streams there
    /// are.</summary>
    private async Task<(long Position, Refusal? Refusal)> Until(long? position, CancellationToken cancellation)
    {
        if (!await (position is { } asked ? storage.Upkeep.WaitFor(asked, Patience, cancellation)
            : storage.Upkeep.WaitForNewest(Patience, cancellation)))
            return (0, new Refusal(Refuse.Busy, "the read models have not come so far; ask again later"));
        if ((await storage.Upkeep.DeadLetters(cancellation)).Count > 0)
            return (0, new Refusal(Refuse.Busy, "a read model holds streams back (dead letters); the pack would not be whole"));
        await using var connection = await storage.Sessions.Application.OpenConnectionAsync(cancellation);
        return (position ?? await storage.Upkeep.PositionOf(connection, cancellation), null);
    }

    /// <summary>The streams of one type: their events into parts of the log, what follows from them into sheets.</summary>
    private async Task Pack(
        string type, PackOrder order, PackDerivation derivation, PackSheets sheets, PackZip pack, SortedSet<string> batches,
        Action<long> report, CancellationToken cancellation)
    {
        var of = PackFile.Events(type);
        await using var streams = Held(type, order, derivation, batches, cancellation).GetAsyncEnumerator(cancellation);
        var more = await streams.MoveNextAsync();
        for (var part = 1; more; part++)
        {
            await pack.Add(of.Part(part), of.Zh, of.En, async to =>
            {
                var buffer = new ArrayBufferWriter<byte>(1 << 20);
                await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ClaimsJson.Options.Encoder });
                for (var written = 0L; more && written < PartBytes; more = await streams.MoveNextAsync())
                {
                    var (stream, entries) = streams.Current;
                    foreach (var recorded in stream)
                    {
                        CloudEvents.Write(json, recorded);
                        json.Flush();
                        json.Reset();
                        buffer.Write("\n"u8);
                        if (recorded.Data is PayoutBatched batched) batches.Add(batched.Batch.ToString());
                    }
                    foreach (var line in derivation.Of(stream, entries)) sheets.Write(line);
                    written += buffer.WrittenCount;
                    await to.WriteAsync(buffer.WrittenMemory, cancellation);
                    buffer.ResetWrittenCount();
                    report(derivation.Totals.Events);
                }
            }, cancellation);
        }
    }

    /// <summary>The streams of one type that belong into the pack, by rising id, each with its events up to the pack's position, and with
    /// its entries as the journal keeps them.</summary>
    private async IAsyncEnumerable<(IReadOnlyList<RecordedEvent> Stream, IReadOnlyList<JournalRow> Entries)> Held(
        string type, PackOrder order, PackDerivation derivation, SortedSet<string> batches,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var candidates = type switch
        {
            "plan" => Listed([PlanId.Of(order.Plan).Value]),
            "plan_books" => Listed([PlanBooksId.Of(order.Plan).Value]),
            "payment_batch" => Listed([.. batches.Select(Guid.Parse)]),
            _ => Naming(Named.First(named => named.StreamType == type).Table, order.Plan, cancellation),
        };
        await foreach (var ids in candidates.Chunk(Streams).WithCancellation(cancellation))
        {
            var read = await events.ReadStreams(ids, cancellation);
            var kept = await Kept(ids, order.Position, cancellation);
            foreach (var id in ids)
            {
                if (!read.TryGetValue(id, out var all)) continue;
                RecordedEvent[] known = [.. all.TakeWhile(recorded => recorded.Position <= order.Position)];
                JournalRow[] entries = [.. kept[id]];
                if (known.Length > 0 && derivation.Holds(known, entries)) yield return (known, entries);
            }
        }
    }

    /// <summary>The entries of these streams as the journal keeps them, each stream's in order.</summary>
    private async Task<ILookup<Guid, JournalRow>> Kept(Guid[] ids, long until, CancellationToken cancellation)
    {
        var table = storage.Models.Table(Journal.Model.Table);
        await using var command = storage.Sessions.Application.CreateCommand(
            $"SELECT {table.SelectList} FROM {storage.Options.ReadSchema}.{table.Name} WHERE id = ANY ($1) AND feed_position <= $2 "
            + "ORDER BY id, version");
        command.Parameters.Add(new NpgsqlParameter { Value = ids });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        var entries = new List<RowVersion<JournalRow>>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) entries.Add(table.Read<JournalRow>(reader));
        return entries.ToLookup(entry => entry.Id, entry => entry.Row);
    }

    private static async IAsyncEnumerable<Guid> Listed(IReadOnlyList<Guid> ids)
    {
        foreach (var id in ids) yield return id;
        await Task.CompletedTask;
    }

    /// <summary>Ids of the streams that name the plan, in the order of PostgreSQL, which is that of their text.</summary>
    private async IAsyncEnumerable<Guid> Naming(string table, string plan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await storage.Sessions.Application.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"SELECT id FROM {storage.Options.ReadSchema}.{table} WHERE plan = $1 AND recorded_to = 'infinity' ORDER BY id", connection)
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new NpgsqlParameter { Value = plan });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return reader.GetGuid(0);
    }

    [GeneratedRegex(@"^[0-9A-Za-z./_-]{1,60}\z")]
    private static partial Regex Seed();
}
