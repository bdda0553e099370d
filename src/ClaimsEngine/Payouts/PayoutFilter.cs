using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

/// <summary>Which payouts a batch is made of. Every member narrows; without any it is all that may be paid.</summary>
/// <param name="Region">code or prefix</param>
/// <param name="Plan">code; payouts of relief have none</param>
/// <param name="Fund">code of a fund for hardship relief</param>
/// <param name="From">first day of order, Asia/Shanghai</param>
/// <param name="To">last day of order, inclusive</param>
/// <param name="DueBefore">to be sent to the bank before this day; a payout without such a day does not fit</param>
public sealed record PayoutFilter(
    RegionCode? Region = null, string? Plan = null, string? Programme = null, IncidentKind? Benefit = null, string? Fund = null,
    LocalDate? From = null, LocalDate? To = null, LocalDate? DueBefore = null)
{
    /// <summary>The filter in the words of the list of payouts.</summary>
    public IReadOnlyList<(ListFilter Filter, object Value)> Narrowed()
    {
        var narrowed = new List<(ListFilter, object)>();
        Add("region", nameof(PayoutRow.Region), Region, ListMatch.RegionPrefix);
        Add("plan", nameof(PayoutRow.Plan), Plan);
        Add("programme", nameof(PayoutRow.Programme), Programme);
        Add("benefit", nameof(PayoutRow.Benefit), Benefit);
        Add("fund", nameof(PayoutRow.Fund), Fund);
        Add("from", nameof(PayoutRow.OrderedOn), From, ListMatch.From);
        Add("to", nameof(PayoutRow.OrderedOn), To, ListMatch.To);
        Add("dueBefore", nameof(PayoutRow.DueOn), DueBefore, ListMatch.Before);
        return narrowed;

        void Add(string parameter, string property, object? value, ListMatch match = ListMatch.Equal)
        {
            if (value is not null) narrowed.Add((new ListFilter(parameter, property, match), value));
        }
    }
}

/// <summary>Payouts that fit a filter and are not in the batch that was made of it, as they were counted one after another: beside the
/// work of others a number may be off by what they did meanwhile.</summary>
/// <param name="Held">authorised and held</param>
/// <param name="Batched">authorised and in another batch that was not released</param>
/// <param name="NotAuthorised">ordered and not authorised</param>
/// <param name="Beyond">free to be paid, and more than the batch was to have; a later batch takes them</param>
public sealed record LeftOut(long Held, long Batched, long NotAuthorised, long Beyond)
{
    public override string ToString() =>
        $"{Held} held, {Batched} in other batches, {NotAuthorised} not authorised, {Beyond} more than asked for";
}

/// <summary>What a filter found.</summary>
/// <param name="Payouts">free to be paid when they were listed, the most urgent first</param>
public sealed record PayoutsFound(IReadOnlyList<Payout> Payouts, LeftOut LeftOut)
{
    /// <summary>Asks the list of payouts, and reads those that it names. The number of questions does not grow with theirs.</summary>
    /// <param name="most">payouts at most</param>
    public static async Task<PayoutsFound> By(PayoutFilter filter, int most, IUseCaseContext context)
    {
        var ready = await Ask(most, (nameof(PayoutRow.Ready), true));
        var authorised = await Ask(0, (nameof(PayoutRow.Status), PayoutStatus.Authorised));
        var held = await Ask(0, (nameof(PayoutRow.Status), PayoutStatus.Authorised), (nameof(PayoutRow.Held), true));
        var ordered = await Ask(0, (nameof(PayoutRow.Status), PayoutStatus.Ordered));
        await context.Look(ready.Ids);
        var payouts = new List<Payout>(ready.Ids.Count);
        foreach (var id in ready.Ids)
            if (await context.Find<Payout>(id) is { } payout) payouts.Add(payout);
        return new PayoutsFound(payouts, new LeftOut(
            held.All, Math.Max(0, authorised.All - held.All - ready.All), ordered.All, ready.All - ready.Ids.Count)).WithoutTaken();

        Task<ListedStreams> Ask(int ids, params (string Property, object Value)[] also) => context.Listed(new ListedQuestion(
            PayoutLedger.Model, [.. filter.Narrowed(), .. also.Select(one => (new ListFilter(one.Property, one.Property), one.Value))],
            nameof(PayoutRow.Region), [nameof(PayoutRow.DueOn), nameof(PayoutRow.OrderedOn)], ids));
    }

    /// <summary>Somebody may have held or batched a payout between the question and the reading of its stream.</summary>
    private PayoutsFound WithoutTaken()
    {
        Payout[] free = [.. Payouts.Where(payout => payout is { Status: PayoutStatus.Authorised, Batch: null, Holds.Count: 0 })];
        var held = Payouts.Count(payout => payout is { Batch: null, Holds.Count: > 0 });
        return new PayoutsFound(free,
            LeftOut with { Held = LeftOut.Held + held, Batched = LeftOut.Batched + Payouts.Count - free.Length - held });
    }
}
