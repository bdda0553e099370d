using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Papers;

namespace ClaimsEngine.Host.Papers;

/// <summary>A file that was looked at.</summary>
/// <param name="Kept">the bytes to keep, in a file without a name; can seek</param>
public sealed record SentPaper(Paper Paper, Stream Kept) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Kept.DisposeAsync();
}

/// <summary>Files of a claim on their way in, however they came: looked at, stored, and added to the claim all together or not at
/// all.</summary>
public sealed class PaperDesk(IPaperStore store, PaperDrafts drafts, CommandDesk desk)
{
    public static readonly IUseCase UseCase =
        Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == typeof(AddPapers));

    /// <summary>So many are stored at once: each holds a connection while its command needs another.</summary>
    private readonly SemaphoreSlim storing = new(6);

    /// <summary>A file is in memory as a whole while it is looked at.</summary>
    private readonly SemaphoreSlim looking = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Says what a file is, and writes what is to be kept of it.</summary>
    /// <param name="sent">at most <see cref="PaperForms.MostBytes"/> long; can seek</param>
    /// <param name="field">of the request, to be named in a refusal</param>
    public async Task<(SentPaper? Paper, Refusal? No)> Look(
        Stream sent, string kind, string fileName, string field, CancellationToken cancellation)
    {
        var length = checked((int)sent.Length);
        await looking.WaitAsync(cancellation);
        var file = ArrayPool<byte>.Shared.Rent(length);
        Stream? kept = null;
        try
        {
            kept = Spool.Create();
            sent.Position = 0;
            await sent.ReadExactlyAsync(file.AsMemory(0, length), cancellation);
            var (type, fault) = PaperForms.Clean(file.AsSpan(0, length), kept);
            if (type is null) return (null, new Refusal(Refuse.PaperNotTaken, $"the file {fault}", field));
            kept.Position = 0;
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(kept, cancellation));
            var content = new PaperContent(type, kept.Length, Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(0, length))));
            var whole = kept;
            kept = null;
            return (new SentPaper(new Paper(kind, fileName, digest, content), whole), null);
        }
        finally
        {
            if (kept is not null) await kept.DisposeAsync();
            ArrayPool<byte>.Shared.Return(file);
            looking.Release();
        }
    }

    /// <summary>Stores the files and adds them to the claim. If they are not added, they are not kept. Once this has begun, it comes to its
    /// end, whether the sender is still there or not.</summary>
    /// <param name="request">of the body that names the files</param>
    /// <exception cref="IOException">The store is full, or does not answer. Nothing was added.</exception>
    public async Task<CommandAnswer> Add(
        IReadOnlyList<SentPaper> papers, Func<ReadOnlyMemory<byte>, CommandRequest> request, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { papers = papers.Select(sent => sent.Paper) }, ClaimsJson.Options);
        await storing.WaitAsync(cancellation);
        try
        {
            string[] digests = [.. papers.Select(sent => sent.Paper.Sha256).Distinct()];
            await using var held = await drafts.Hold(digests, cancellation);
            var made = new List<string>();
            try
            {
                foreach (var sent in papers.DistinctBy(sent => sent.Paper.Sha256))
                    if (await store.Put(sent.Paper.Sha256, sent.Kept, CancellationToken.None)) made.Add(sent.Paper.Sha256);
            }
            catch
            {
                await Drop(made);
                throw;
            }
            // Where this throws, nobody knows whether the claim has the files: they stay noted, and the sweep finds out.
            var answer = await desk.Execute(request(body), CancellationToken.None);
            if (answer is Done done) await drafts.Settle(digests.Where(done.Body.Contains));
            else await Drop(made);
            return answer;
        }
        catch (ContendedException)
        {
            return new NotDone(Refuse.Busy, "another process is storing the same file; try again", []);
        }
        finally
        {
            storing.Release();
        }
    }

    /// <summary>Deletes files that killed processes stored and no claim has.</summary>
    /// <param name="age">noted longer ago than this</param>
    public async Task Sweep(TimeSpan age, CancellationToken cancellation)
    {
        foreach (var digest in await drafts.Left(age, cancellation))
        {
            try
            {
                await using var held = await drafts.Hold([digest], cancellation);
                if (!await drafts.IsUsed(digest, cancellation)) await store.Delete(digest, cancellation);
                await drafts.Settle([digest]);
            }
            catch (ContendedException)
            {
                // somebody is sending this file now; it stays noted, and the next sweep looks again
            }
        }
        await store.Sweep(age, cancellation);
    }

    private async Task Drop(List<string> made)
    {
        foreach (var digest in made) await store.Delete(digest, CancellationToken.None);
        await drafts.Settle(made);
    }
}
