namespace ClaimsEngine.Payouts;

public sealed record PaymentBatchRow(
    [property: Column("number printed in the bank file")] string Number,
    [property: Column("assembled, released, completed or dissolved")] PaymentBatchStatus Status,
    [property: Column("smallest GB/T 2260 region that holds all its payouts")] RegionCode Region,
    [property: Column("number of payouts")] int Lines,
    [property: Column("sum of its payouts in fen")] Money Total,
    [property: Column("payouts that the bank settled")] int Settled,
    [property: Column("payouts that the bank returned")] int Returned,
    [property: Column("business date, Asia/Shanghai")] LocalDate AssembledOn);

public static class PaymentBatchList
{
    public static readonly ReadModel<PaymentBatchRow> Model =
        new("payment_batches", "Batches of payouts for the bank", PaymentBatch.StreamType, Evolve, "status, region, id");

    public static PaymentBatchRow? Evolve(PaymentBatchRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        PaymentBatchAssembled e => new PaymentBatchRow(e.Number, PaymentBatchStatus.Assembled, e.Region, e.Lines.Count,
            Money.Sum(e.Lines.Select(line => line.Amount)), 0, 0, recorded.RecordedAt.Date()),
        _ when row is null => null,
        PaymentBatchReleased { Without: { } without } => row with
        {
            Status = PaymentBatchStatus.Released, Lines = row.Lines - without.Count,
            Total = row.Total - Money.Sum(without.Select(line => line.Amount)),
        },
        PaymentBatchReleased => row with { Status = PaymentBatchStatus.Released },
        PaymentBatchDissolved => row with { Status = PaymentBatchStatus.Dissolved },
        PaymentResultsRecorded e => Count(row, e.Results),
        _ => row,
    };

    private static PaymentBatchRow Count(PaymentBatchRow row, IReadOnlyList<PaymentResult> results)
    {
        var settled = row.Settled + results.Count(result => result.Outcome == PaymentOutcome.Settled);
        var returned = row.Returned + results.Count(result => result.Outcome == PaymentOutcome.Returned);
        return row with { Settled = settled, Returned = returned,
            Status = settled + returned == row.Lines ? PaymentBatchStatus.Completed : row.Status };
    }
}
