using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Host.Commands;

/// <summary>The storage is full: whoever carries much out stops here.</summary>
internal sealed class StorageFullException() : Exception("the storage is full");

/// <summary>Carries several items out in one transaction. If others were quicker with one of them, each is carried out alone, so that one
/// item never holds the others up.</summary>
internal sealed class GroupedWrites(CommandRoom room)
{
    /// <summary>How often an item is decided again when others change the same things at that moment.</summary>
    private const int Tries = 5;

    /// <param name="begin">reads what the items have in common</param>
    /// <param name="decide">what becomes of one of them</param>
    /// <param name="refused">what becomes of one that the store refused</param>
    /// <returns>in the order of the items</returns>
    /// <exception cref="StorageFullException">Of the items some may be stored.</exception>
    public async Task<IReadOnlyList<TResult>> Carry<TItem, TDraft, TResult>(
        IReadOnlyList<TItem> items, Func<IReadOnlyList<TItem>, Task<TDraft>> begin, Func<TDraft, TItem, Task<TResult>> decide,
        Func<TItem, Refusal, TResult> refused, CancellationToken cancellation)
        where TDraft : DraftedWrite
    {
        if (items.Count > 1 && await Together(items, begin, decide, cancellation) is { } results) return results;
        var alone = new List<TResult>(items.Count);
        foreach (var item in items) alone.Add(await Alone(item, begin, decide, refused, cancellation));
        return alone;
    }

    /// <returns>null where nothing was stored</returns>
    private async Task<IReadOnlyList<TResult>?> Together<TItem, TDraft, TResult>(
        IReadOnlyList<TItem> items, Func<IReadOnlyList<TItem>, Task<TDraft>> begin, Func<TDraft, TItem, Task<TResult>> decide,
        CancellationToken cancellation)
        where TDraft : DraftedWrite
    {
        try
        {
            var draft = await begin(items);
            var results = new List<TResult>(items.Count);
            foreach (var item in items) results.Add(await decide(draft, item));
            return !draft.Contradicts && await Store(draft, cancellation) is Stored ? results : null;
        }
        catch (OverflowException)   // amounts of one item that nobody can reckon with
        {
            return null;
        }
    }

    private async Task<TResult> Alone<TItem, TDraft, TResult>(
        TItem item, Func<IReadOnlyList<TItem>, Task<TDraft>> begin, Func<TDraft, TItem, Task<TResult>> decide,
        Func<TItem, Refusal, TResult> refused, CancellationToken cancellation)
        where TDraft : DraftedWrite
    {
        for (var tried = 1; ; tried++)
        {
            var draft = await begin([item]);
            TResult result;
            try
            {
                result = await decide(draft, item);
            }
            catch (OverflowException)
            {
                return refused(item, new Refusal(Refuse.InvalidRequest, Refuse.TooMuch));
            }
            switch (await Store(draft, cancellation))
            {
                case Stored:
                    return result;
                case KeyTaken taken when draft.Write.RefusalFor(taken.Key) is { } refusal:
                    return refused(item, refusal);
            }
            if (tried == Tries) return refused(item, new Refusal(Refuse.Busy, "others changed the same things; try again"));
            await Task.Delay(TimeSpan.FromMilliseconds(50 * tried), cancellation);
        }
    }

    private async Task<WriteOutcome> Store(DraftedWrite draft, CancellationToken cancellation)
    {
        if (draft.Write.IsEmpty) return new Stored(0);
        try
        {
            return await room.Writer.Write(draft.Write, cancellation);
        }
        catch (Exception exception) when (Postgres.IsFull(exception))
        {
            throw new StorageFullException();
        }
    }
}
