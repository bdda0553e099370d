using FluentValidation;

namespace ClaimsEngine.Payouts;

public enum ReportedOutcome
{
    Settled,
    Returned,

    /// <summary>The bank has not decided yet: the line is checked and waits on.</summary>
    Pending,
}

/// <summary>What the bank says of one transfer.</summary>
/// <param name="BankReference">the bank's own reference of the transfer; null only while it is pending</param>
/// <param name="Reason">why it came back, in the bank's words; only of a returned line, which has this or a code</param>
/// <param name="ReasonCode">the same as a code of ISO 20022's external code sets, such as AC01</param>
/// <param name="Amount">that the bank says it was; must be what was sent. Null where it says none</param>
/// <param name="Currency">CNY, or null where the bank says none</param>
public sealed record ReportedResult(
    PayoutId PayoutId, ReportedOutcome Outcome, string? BankReference = null, string? Reason = null, string? ReasonCode = null,
    Money? Amount = null, string? Currency = null)
{
    /// <summary>What is kept of it; null while it is pending.</summary>
    public PaymentResult? ToResult() => Outcome switch
    {
        ReportedOutcome.Pending => null,
        ReportedOutcome.Settled => new PaymentResult(PayoutId, PaymentOutcome.Settled, BankReference!),
        _ => new PaymentResult(
            PayoutId, PaymentOutcome.Returned, BankReference!, Reason ?? ReturnReasons.Of(ReasonCode!) ?? ReasonCode!, ReasonCode),
    };
}

/// <summary>What a report says of itself. Each that is given must fit.</summary>
/// <param name="Batch">number of the batch that it is about</param>
/// <param name="Count">transfers that the batch has, as the bank counts them</param>
/// <param name="Amount">their sum</param>
/// <param name="Lines">lines that the report has; fewer show that it was cut off</param>
/// <param name="Sum">of the amounts of those lines</param>
public sealed record ReportControl(string? Batch = null, int? Count = null, Money? Amount = null, int? Lines = null, Money? Sum = null);

/// <summary>What the bank says of a batch's lines: all are taken or none. A line told before in the same words changes nothing.</summary>
public sealed record RecordPaymentResults(
    PaymentBatchId Batch, IReadOnlyList<ReportedResult> Lines, ReportControl? Control = null) : Command
{
    public sealed class Validator : AbstractValidator<RecordPaymentResults>
    {
        public Validator()
        {
            RuleFor(c => c.Lines).Must(lines => lines.Count <= AssemblePaymentBatch.MostPayouts)
                .WithMessage("a batch has at most 10,000 payouts");
            When(c => c.Lines.Count <= AssemblePaymentBatch.MostPayouts, Lines);
        }

        private void Lines()
        {
            RuleFor(c => c.Lines).NotEmpty().Must(lines => lines.Select(line => line.PayoutId).Distinct().Count() == lines.Count)
                .WithMessage(c => $"a payout has one result; several have {string.Join(", ", c.Lines.GroupBy(line => line.PayoutId)
                    .Where(same => same.Count() > 1).Take(20).Select(same => same.Key))}");
            RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.BankReference).MaximumLength(100);
                line.RuleFor(l => l.BankReference).NotEmpty().When(l => l.Outcome != ReportedOutcome.Pending);
                line.RuleFor(l => l.ReasonCode).Must(code => code is null || ReturnReasons.IsCode(code))
                    .WithMessage("is a code of one to four capital letters and digits");
                line.RuleFor(l => l.Reason).MaximumLength(200).NotEmpty().WithMessage("a returned line has the bank's reason")
                    .When(l => l.Outcome == ReportedOutcome.Returned && (l.ReasonCode is null || l.Reason is not null));
                line.RuleFor(l => l.Reason).Null().When(l => l.Outcome == ReportedOutcome.Settled)
                    .WithMessage("only a returned line has a reason");
                line.RuleFor(l => l.ReasonCode).Null().When(l => l.Outcome == ReportedOutcome.Settled)
                    .WithMessage("only a returned line has a reason");
            });
        }
    }
}

public static class RecordPaymentResultsHandler
{
    /// <summary>The batch, and those of its payouts that the command names.</summary>
    public sealed record Case(PaymentBatch Batch, IReadOnlyDictionary<PayoutId, Payout> Payouts);

    public static Task<Case> LoadAsync(RecordPaymentResults command, IUseCaseContext context) => Load(command, context);

    /// <summary>The same for who only asks what the results would do.</summary>
    internal static async Task<Case> Load(RecordPaymentResults command, IRecords records)
    {
        var batch = await records.Get<PaymentBatch>(command.Batch.Value);
        var named = command.Lines.Select(line => line.PayoutId).Intersect(batch.Lines.Select(line => line.Payout)).ToArray();
        await records.Look([.. named.Select(payout => payout.Value)]);
        var payouts = new Dictionary<PayoutId, Payout>(named.Length);
        foreach (var payout in named) payouts[payout] = await records.Get<Payout>(payout.Value);
        return new Case(batch, payouts);
    }

    public static Decision Handle(RecordPaymentResults command, Case found, Actor by)
    {
        var (batch, payouts) = found;
        if (!batch.WentOut) return Refuse.WrongStateOf("batch", batch.Status, "released");
        if (PaymentReport.Faults(command, batch) is [var first, ..] faults)
            return Refusal.Of(first.Rule, [.. faults.Select(fault => (fault.Field, fault.Message))]);
        PaymentResult[] fresh = [.. command.Lines.Select(line => line.ToResult()).OfType<PaymentResult>()
            .Where(result => !batch.Results.ContainsKey(result.PayoutId))];
        if (fresh.Length == 0) return Decision.Nothing;
        return Decision.All(
        [
            Decision.On(batch, new PaymentResultsRecorded(fresh, by.Id)),
            .. fresh.Select(line => Decision.On(payouts[line.PayoutId], line.Outcome == PaymentOutcome.Settled
                ? new PayoutSettled(batch.Id, line.BankReference, by.Id)
                : new PayoutReturned(batch.Id, line.BankReference, line.Reason!, by.Id, line.ReasonCode))),
        ]);
    }
}

/// <summary>Compares what the bank reports with what was sent.</summary>
public static class PaymentReport
{
    /// <summary>Everything that is wrong with a report of a batch that went out, line by line; up to
    /// <see cref="Refusal.MostFaults"/>.</summary>
    public static IReadOnlyList<(RefusalCode Rule, string Field, string Message)> Faults(RecordPaymentResults report, PaymentBatch batch)
    {
        var faults = new List<(RefusalCode, string, string)>();
        if (report.Control is { } control) Compare(control, report.Lines, batch, faults);
        var own = batch.Lines.ToDictionary(line => line.Payout);
        for (var i = 0; i < report.Lines.Count && faults.Count < Refusal.MostFaults; i++)
        {
            var line = report.Lines[i];
            if (!own.TryGetValue(line.PayoutId, out var sent))
            {
                faults.Add((Refuse.NotInBatch, $"lines.{i}.payoutId", $"payout {line.PayoutId} is not in batch {batch.Number}"));
                continue;
            }
            if (line.Amount is { } amount && amount != sent.Amount)
                faults.Add((Refuse.ResultDiffers, $"lines.{i}.amount", $"{amount} was reported and {sent.Amount} sent"));
            if (line.Currency is { } currency && currency != BankFile.Currency)
                faults.Add((Refuse.ResultDiffers, $"lines.{i}.currency", $"was {BankFile.Currency}"));
            if (batch.Results.TryGetValue(line.PayoutId, out var told) && line.ToResult() is var result && told != result)
                faults.Add((Refuse.ResultContradicts, $"lines.{i}",
                    $"the bank reported {told.Outcome.ToString().ToLowerInvariant()} under {told.BankReference}"));
        }
        return faults;
    }

    private static void Compare(ReportControl control, IReadOnlyList<ReportedResult> lines, PaymentBatch batch,
        List<(RefusalCode, string, string)> faults)
    {
        Check("batch", control.Batch is null || control.Batch == batch.Number, $"the batch is {batch.Number}");
        Check("count", control.Count is null || control.Count == batch.Lines.Count, $"the batch has {batch.Lines.Count} transfers");
        Check("amount", control.Amount is null || control.Amount == batch.Total, $"the batch is of {batch.Total}");
        Check("lines", control.Lines is null || control.Lines == lines.Count,
            $"the report has {lines.Count} lines: it was cut off or altered");
        var sent = batch.Lines.ToDictionary(line => line.Payout, line => line.Amount);
        var sum = Money.Sum(lines.Select(line => line.Amount ?? sent.GetValueOrDefault(line.PayoutId)));
        Check("sum", control.Sum is null || control.Sum == sum, $"the report's lines are of {sum}");

        void Check(string member, bool fits, string message)
        {
            if (!fits) faults.Add((Refuse.ResultDiffers, $"control.{member}", message));
        }
    }
}

/// <summary>What a report would do, were it sent as one.</summary>
/// <param name="Settled">transfers that would become settled</param>
/// <param name="Returned">transfers that would come back</param>
/// <param name="Pending">lines that say nothing final</param>
/// <param name="Known">lines that were told before in the same words</param>
/// <param name="Awaited">transfers of the batch that would still have no result</param>
public sealed record ResultsPreview(
    int Settled, Money SettledAmount, int Returned, Money ReturnedAmount, int Pending, int Known, int Awaited)
{
    /// <summary>The refusal that the report would meet, or what it would do.</summary>
    public static async Task<(ResultsPreview? Preview, Refusal? Refusal)> Of(RecordPaymentResults report, IRecords records)
    {
        var found = await RecordPaymentResultsHandler.Load(report, records);
        var decision = RecordPaymentResultsHandler.Handle(report, found, records.By);
        if (decision.Refusal is { } refusal) return (null, refusal);
        var fresh = decision.Events.OfType<PaymentResultsRecorded>().SelectMany(e => e.Results).ToLookup(result => result.Outcome);
        var pending = report.Lines.Count(line => line.Outcome == ReportedOutcome.Pending);
        var count = fresh.Sum(group => group.Count());
        return (new ResultsPreview(
            fresh[PaymentOutcome.Settled].Count(), Sum(PaymentOutcome.Settled), fresh[PaymentOutcome.Returned].Count(),
            Sum(PaymentOutcome.Returned), pending, report.Lines.Count - count - pending,
            found.Batch.Lines.Count - found.Batch.Results.Count - count), null);

        Money Sum(PaymentOutcome outcome) => Money.Sum(fresh[outcome].Select(result => found.Payouts[result.PayoutId].Amount));
    }
}
