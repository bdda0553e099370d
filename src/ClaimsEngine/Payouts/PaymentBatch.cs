namespace ClaimsEngine.Payouts;

public enum PaymentBatchStatus
{
    Assembled,
    Released,
    Completed,

    /// <summary>Taken apart before its release: its payouts may be put into other batches.</summary>
    Dissolved,
}

/// <summary>Payouts that go to the bank in one file: assembled → released → completed when every line has its result.</summary>
public sealed record PaymentBatch(
    PaymentBatchId Id, string Number, RegionCode Region, IReadOnlyList<PaymentLine> Lines, PaymentBatchStatus Status, string AssembledBy,
    string? ReleasedBy, IReadOnlyDictionary<PayoutId, PaymentResult> Results) : AggregateState, IAggregate<PaymentBatch>
{
    public static string StreamType => "payment_batch";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Whose stand-in assembled it; null for nobody's.</summary>
    public string? AssembledFor { get; init; }

    /// <summary>Of which filter it was made, and what fitted and was left out; null for a list of payouts.</summary>
    public PayoutFilter? Filter { get; init; }

    public LeftOut? LeftOut { get; init; }

    /// <summary>The schedule that made it; null for a person.</summary>
    public PaymentScheduleId? Schedule { get; init; }

    /// <summary>What was released; null before that, and where it was not recorded.</summary>
    public ReleasedContent? Content { get; init; }

    /// <summary>Whether it was given to the bank.</summary>
    public bool WentOut => Status is PaymentBatchStatus.Released or PaymentBatchStatus.Completed;

    public Money Total => Money.Sum(Lines.Select(line => line.Amount));

    public static PaymentBatch? Evolve(PaymentBatch? state, object @event) => @event switch
    {
        PaymentBatchAssembled e => new PaymentBatch(e.Batch, e.Number, e.Region, e.Lines, PaymentBatchStatus.Assembled, e.By, null,
            new Dictionary<PayoutId, PaymentResult>())
        {
            AssembledFor = e.OnBehalfOf, Filter = e.Filter, LeftOut = e.LeftOut, Schedule = e.Schedule,
        },
        _ when state is null => null,
        PaymentBatchReleased e => state with
        {
            Status = PaymentBatchStatus.Released, ReleasedBy = e.By, Lines = [.. state.Lines.Except(e.Without ?? [])],
            Content = e.Content,
        },
        PaymentBatchDissolved => state with { Status = PaymentBatchStatus.Dissolved },
        PaymentResultsRecorded e => state.With(e.Results),
        _ => state,
    };

    private PaymentBatch With(IReadOnlyList<PaymentResult> results)
    {
        var all = new Dictionary<PayoutId, PaymentResult>(Results);
        foreach (var result in results) all[result.PayoutId] = result;
        return this with { Results = all, Status = all.Count == Lines.Count ? PaymentBatchStatus.Completed : Status };
    }
}
