using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClaimsEngine.AuditPacks;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>One thing that was looked at.</summary>
/// <param name="Words">what was found, in a sentence</param>
/// <param name="Faults">what is wrong; empty where it holds. A long list is cut off</param>
public sealed record PackCheck(string Name, string Words, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

/// <param name="Sha256">of the pack's list of files; null where there is none</param>
public sealed record PackVerdict(string? Sha256, PackOrder? Order, PackTotals? Totals, IReadOnlyList<PackCheck> Checks)
{
    public bool Holds => Checks.All(check => check.Holds);
}

/// <summary>
/// Verifies a pack with nothing but this program: no server, no database, no network. First that its files are those of its list; then
/// that everything in it follows from its events, which are read once more and derived from by the same pure code.
/// </summary>
public sealed class PackVerification
{
    private const int ListBytes = 32 << 20, HashBytes = 1 << 10, MostFaults = 20;

    private readonly PackContainer pack;
    private readonly string? given;
    private readonly CancellationToken cancellation;
    private readonly List<PackCheck> checks = [];

    private PackVerification(PackContainer pack, string? given, CancellationToken cancellation) =>
        (this.pack, this.given, this.cancellation) = (pack, given, cancellation);

    /// <param name="file">the ZIP; can seek, left open</param>
    /// <param name="sha256">the hash of the list as the office gave it; null where nobody told it</param>
    /// <exception cref="PackRefusedException">It is no pack, or was made to do harm.</exception>
    public static PackVerdict Of(Stream file, string? sha256, CancellationToken cancellation)
    {
        using var pack = new PackContainer(file);
        try
        {
            return new PackVerification(pack, sha256, cancellation).Run();
        }
        catch (InvalidDataException damaged)
        {
            throw new PackRefusedException($"it cannot be unpacked: {damaged.Message}");
        }
    }

    private PackVerdict Run()
    {
        var (manifest, hash) = List();
        if (manifest is null) return new PackVerdict(hash, null, null, checks);
        if (Files(manifest)) Contents(manifest);
        return new PackVerdict(hash, manifest.Order, manifest.Totals, checks);
    }

    private (PackManifest? Manifest, string? Hash) List()
    {
        var faults = new List<string>();
        var bytes = pack.Small(PackManifest.Name, ListBytes);
        if (bytes is null) throw new PackRefusedException($"it has no {PackManifest.Name}: it is no pack");
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var told = pack.Small(PackManifest.HashName, HashBytes);
        if (told is null) faults.Add($"{PackManifest.HashName} is missing");
        else if (Encoding.UTF8.GetString(told) != $"{hash}  {PackManifest.Name}\n")
            faults.Add($"{PackManifest.HashName} does not give the hash of {PackManifest.Name}");
        if (given is not null && !given.Equals(hash, StringComparison.OrdinalIgnoreCase))
            faults.Add($"the list has the hash {hash}, and not {given}");
        PackManifest? manifest = null;
        try
        {
            manifest = JsonSerializer.Deserialize<PackManifest>(bytes, ClaimsJson.Options);
        }
        catch (JsonException)
        {
            faults.Add($"{PackManifest.Name} cannot be read");
        }
        if (manifest is { Format: not PackManifest.Current })
        {
            faults.Add($"the pack has format {manifest.Format}; this program reads {PackManifest.Current}");
            manifest = null;
        }
        if (manifest?.Order is { Share: < 0 or > 1000 } or { Least: < 0 or > 100_000 })
        {
            faults.Add("the sample is to be drawn with a share or a least number that no pack has");
            manifest = null;
        }
        Add("list", $"The list of files is whole; its hash is {hash}.", faults);
        return (manifest, hash);
    }

    /// <returns>whether every file is the one of the list</returns>
    private bool Files(PackManifest manifest)
    {
        var faults = new List<string>();
        var listed = new HashSet<string>(StringComparer.Ordinal) { PackManifest.Name, PackManifest.HashName };
        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!listed.Add(file.Name)) faults.Add($"{file.Name} stands twice in the list");
            else if (!pack.Has(file.Name)) faults.Add($"{file.Name} is missing");
            else if (pack.LengthOf(file.Name) != file.Bytes) faults.Add($"{file.Name} was changed: it has another length");
            else if (HashOf(file.Name) is var hash && hash != file.Sha256)
                faults.Add(hash is null ? $"{file.Name} is damaged" : $"{file.Name} was changed: it has another hash");
        }
        faults.AddRange(pack.Names.Where(name => !listed.Contains(name)).Select(name => $"{name} is not in the list: it was added"));
        Add("files", $"{manifest.Files.Count:N0} files are there, none more, each with the hash of the list.", faults);
        return faults.Count == 0;
    }

    private string? HashOf(string name)
    {
        try
        {
            using var from = pack.Open(name);
            return Convert.ToHexStringLower(SHA256.HashData(from));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void Contents(PackManifest manifest)
    {
        var (match, eventFaults) = (new PackMatch(), new List<string>());
        var derivation = new PackDerivation(manifest.Order, match);
        var derived = new Dictionary<string, MatchingStream?>();
        using (var sheets = new PackSheets((name, _) =>
        {
            var match = pack.Has(name) ? new MatchingStream(pack.Open(name)) : null;
            derived[name] = match;
            return match ?? Stream.Null;
        }))
        {
            var read = new HashSet<string>(StringComparer.Ordinal);
            foreach (var type in PackDerivation.StreamTypes)
                foreach (var stream in new PackedStreams(pack, type, manifest.Order, read, eventFaults).Read(cancellation))
                    Derive(stream);
            foreach (var line in derivation.End()) sheets.Write(line);

            void Derive(IReadOnlyList<RecordedEvent> stream)
            {
                try
                {
                    var entries = PackBooks.EntriesOf(stream);
                    if (!derivation.Holds(stream, entries))
                        eventFaults.Add($"{stream[0].StreamType} {stream[0].Stream} is of another plan or plan year");
                    foreach (var line in derivation.Of(stream, entries)) sheets.Write(line);
                }
                catch (Exception impossible) when (impossible is not OperationCanceledException and not InvalidDataException)
                {
                    // events that were forged may fold to anything
                    eventFaults.Add($"{stream[0].StreamType} {stream[0].Stream} cannot have been recorded by the engine: "
                        + impossible.GetType().Name);
                }
            }

            eventFaults.AddRange(manifest.Files
                .Where(file => file.Name.StartsWith("events/", StringComparison.Ordinal) && !read.Contains(file.Name))
                .Select(file => $"{file.Name} is none of the log's files"));
        }
        var totals = derivation.Totals;
        Add("events", $"{totals.Events:N0} events are whole: every stream from its first event on, in order, up to position "
            + $"{manifest.Order.Position}.", eventFaults);

        var sheetFaults = derived.Where(sheet => sheet.Value is null).Select(sheet => $"{sheet.Key} is missing: the events give one")
            .Concat(derived.Where(sheet => sheet.Value?.FirstDifference is not null)
                .Select(sheet => $"{sheet.Key} differs from what the events give, first in line {sheet.Value!.FirstDifference}"))
            .Concat(manifest.Files.Select(file => file.Name)
                .Where(name => name.Contains('/') && !name.StartsWith("events/", StringComparison.Ordinal) && !derived.ContainsKey(name))
                .Select(name => $"{name} does not follow from the events"))
            .Order(StringComparer.Ordinal).ToList();
        if (totals != manifest.Totals) sheetFaults.Add("the totals of the list are not those of the events");
        Add("sheets", $"{derived.Count:N0} sheets and samples, and the totals, were derived from the events again: every line is the same.",
            [.. sheetFaults.Where(fault => !fault.StartsWith("books/", StringComparison.Ordinal))]);

        var bookFaults = sheetFaults.Where(fault => fault.StartsWith("books/", StringComparison.Ordinal)).ToList();
        if (totals.Debits != totals.Credits) bookFaults.Add($"debits are {totals.Debits} yuan, credits {totals.Credits}");
        if (totals.PaidByBooks != totals.Settled.Sum)
            bookFaults.Add($"the books have {totals.PaidByBooks} yuan as paid, the payouts {totals.Settled.Sum}");
        Add("books", $"{totals.Entries:N0} entries were posted from the events again and are the same; debits and credits are "
            + $"{totals.Debits} yuan each, and {totals.PaidByBooks} yuan are paid in the books as in the payouts.", bookFaults);

        Add("decisions", $"{totals.Assessments:N0} assessments were computed again from their facts and the plan's card: "
            + "amounts and steps are the same.", [.. match.Recomputed]);
        Add("payables", $"{totals.Approved.Count:N0} approvals of {totals.Approved.Sum} yuan were ordered to be paid, no fen more or less.",
            [.. match.DecisionsAgainstPayouts()]);
        Add("bank", $"The bank paid {totals.Settled.Count:N0} payouts of {totals.Settled.Sum} yuan and returned "
            + $"{totals.Returned.Count:N0}: the same in the payouts and in the results of the batches.",
            [.. match.PayoutsAgainstBank()]);
    }

    private void Add(string name, string words, IReadOnlyList<string> faults) => checks.Add(new PackCheck(name, words,
        faults.Count <= MostFaults ? faults : [.. faults.Take(MostFaults), $"and {faults.Count - MostFaults:N0} more"]));
}
