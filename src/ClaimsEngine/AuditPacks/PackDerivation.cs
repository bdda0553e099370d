using ClaimsEngine.Books;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Recoveries;

using static ClaimsEngine.AuditPacks.PackCells;

namespace ClaimsEngine.AuditPacks;

/// <summary>A row of a sheet, or a JSON value, for one of a pack's files.</summary>
public sealed record PackLine(PackFile File, IReadOnlyList<string>? Cells, object? Json = null);

/// <summary>
/// Everything in a pack that follows from its events: sheets, sample and totals. Pure. Who makes a pack and who verifies one run the same
/// over the events, so that nothing but the events has to be believed. One stream is in memory at a time.
/// </summary>
/// <param name="match">is told what is to be held against each other; null where nobody asks</param>
public sealed class PackDerivation(PackOrder order, PackMatch? match = null)
{
    /// <summary>The types of the streams that are packed, in the order in which they are derived from: a claim needs the plan's cards,
    /// and a payout is held against its claim.</summary>
    public static readonly IReadOnlyList<string> StreamTypes =
    [
        Plan.StreamType, Programme.StreamType, Enrolment.StreamType, Claim.StreamType, Payout.StreamType, PaymentBatch.StreamType,
        Recovery.StreamType, PlanBooks.StreamType,
    ];

    private readonly PackSample sample = new(order);
    private readonly PackBooks books = new(order);
    private Plan? plan;

    /// <summary>Of the streams until now.</summary>
    public PackTotals Totals
    {
        get => field with { Entries = books.Entries, Debits = books.Debits, Credits = books.Credits, PaidByBooks = books.Paid };
        private set;
    } = PackTotals.Empty;

    /// <summary>Whether a stream belongs into the pack: a certificate, a claim, a payout or a recovery does when an entry of it stands in
    /// the plan year's books. Streams of the plan as a whole and batches do, whatever the year.</summary>
    /// <param name="stream">its events in order, one at least</param>
    /// <param name="entries">what it posts</param>
    public bool Holds(IReadOnlyList<RecordedEvent> stream, IReadOnlyList<JournalRow> entries) =>
        stream[0].StreamType is not ("enrolment" or "claim" or "payout" or "recovery") || entries.Any(books.Has);

    /// <summary>What follows from a stream.</summary>
    /// <param name="stream">its events in order, one at least</param>
    /// <param name="entries">what it posts: as the journal keeps it, or as its events give it</param>
    public IEnumerable<PackLine> Of(IReadOnlyList<RecordedEvent> stream, IReadOnlyList<JournalRow> entries)
    {
        var newest = stream.Max(recorded => recorded.RecordedAt);
        Totals = Totals with
        {
            Events = Totals.Events + stream.Count,
            LastRecordedAt = Totals.LastRecordedAt is { } before && before > newest ? before : newest,
        };
        var lines = stream[0].StreamType switch
        {
            "plan" => OfPlan(stream),
            "enrolment" => OfCertificate(stream),
            "claim" => OfClaim(stream),
            "payout" => OfPayout(stream),
            "payment_batch" => OfBatch(stream),
            "recovery" => OfRecovery(stream),
            _ => [],
        };
        return lines.Concat(books.Of(stream[0].Stream, entries));
    }

    /// <summary>What follows once all streams were seen.</summary>
    public IEnumerable<PackLine> End() => sample.Rest().SelectMany(Sampled).Concat(books.End());

    private IEnumerable<PackLine> OfPlan(IReadOnlyList<RecordedEvent> stream)
    {
        plan = StateOf<Plan>(stream);
        return plan!.Versions.Select(version => new PackLine(PackFile.Card(version.Number), null, version.Json));
    }

    private IEnumerable<PackLine> OfCertificate(IReadOnlyList<RecordedEvent> stream)
    {
        if (RowOf(EnrolmentRegister.Model, stream) is not { } row) yield break;
        Totals = Totals with
        {
            Certificates = Totals.Certificates.And(row.Contribution),
            Paid = stream.Select(recorded => recorded.Data).OfType<ContributionPaid>()
                .Aggregate(Totals.Paid, (sum, payment) => sum.And(payment.Amount)),
        };
        yield return new PackLine(PackFile.Certificates,
        [
            row.CertificateNumber, row.Region.Value, row.Programme ?? "", row.Employer ?? "", row.Occupation.Code, $"{row.Units}",
            Day(row.CoverFrom), Day(row.CoverTo), Yuan(row.Contribution),
            Yuan(Money.Sum((row.Paid ?? new Dictionary<string, Money>()).Values)), Word(row.Status),
        ]);
    }

    private IEnumerable<PackLine> OfClaim(IReadOnlyList<RecordedEvent> stream)
    {
        if (RowOf(ClaimBoard.Model, stream) is not { } row || StateOf<Claim>(stream) is not { } claim) yield break;
        Totals = Totals with { Claims = Totals.Claims + 1 };
        if (row is { Status: ClaimStatus.Approved, ApprovedAmount: { } approved })
        {
            Totals = Totals with { Approved = Totals.Approved.And(approved) };
            match?.Decided(claim.Id, approved);
        }
        yield return new PackLine(PackFile.Claims,
        [
            row.Number, claim.Id.ToString(), row.Enrolment.ToString(), row.Region.Value, row.Programme ?? "", Word(row.IncidentKind),
            Day(row.SubmittedOn), Word(row.Status), Yuan(row.AssessedAmount), Yuan(row.ApprovedAmount), Day(row.DecidedOn),
            claim.Assessment?.By ?? "", row.DecidedBy ?? "",
        ]);
        if (plan is null) yield break;
        foreach (var assessed in claim.Assessments)
        {
            var replay = DecisionReplay.Of(assessed, plan);
            Totals = Totals with { Assessments = Totals.Assessments + 1, Identical = Totals.Identical + (replay.Identical ? 1 : 0) };
            if (!replay.Identical) match?.Differs($"claim {claim.Number}: {assessed.Amount} yuan was assessed, and computed again it is "
                + (replay.Recomputed is { } again ? $"{again.AssessedAmount} yuan, or by other steps" : "refused"));
            if (!ReferenceEquals(assessed, claim.Assessments[^1])) continue;
            if (sample.Take(claim, assessed, replay) is { } sampled)
                foreach (var line in Sampled(sampled)) yield return line;
        }
    }

    private IEnumerable<PackLine> Sampled(SampledDecision decision)
    {
        Totals = Totals with { Sampled = Totals.Sampled + 1 };
        yield return new PackLine(PackFile.Sample,
        [
            decision.Number, decision.Region.Value, Word(decision.Kind), decision.Because, decision.Draw, $"{decision.PlanVersion}",
            decision.RuleHash, decision.Interpreter, Yuan(decision.Assessed), Yuan(decision.Recomputed),
            decision.Identical ? "是 yes" : "否 no", Word(decision.Status), Yuan(decision.Approved), decision.AssessedBy,
            decision.DecidedBy ?? "",
        ]);
        foreach (var (place, step) in decision.Steps.Index())
            yield return new PackLine(PackFile.Steps,
                [decision.Number, $"{place + 1}", step.Rule, step.Clause, step.Input, step.Output, step.TextZh]);
        yield return new PackLine(PackFile.SampleFacts, null, decision);
    }

    private IEnumerable<PackLine> OfPayout(IReadOnlyList<RecordedEvent> stream)
    {
        if (RowOf(PayoutLedger.Model, stream) is not { } row) yield break;
        var id = new PayoutId(stream[0].Stream);
        var result = stream.Select(recorded => ResultOf(id, recorded.Data)).FirstOrDefault(told => told is not null);
        Totals = result?.Outcome switch
        {
            PaymentOutcome.Settled => Totals with { Settled = Totals.Settled.And(row.Amount) },
            PaymentOutcome.Returned => Totals with { Returned = Totals.Returned.And(row.Amount) },
            _ when row.Status == PayoutStatus.Cancelled => Totals,
            _ => Totals with { Unsettled = Totals.Unsettled.And(row.Amount) },
        };
        var cancelled = row.Status == PayoutStatus.Cancelled;
        if (!cancelled && row.Reissues is null)
        {
            Totals = Totals with { Ordered = Totals.Ordered.And(row.Amount) };
            if (row.Claim is { } claim) match?.Ordered(claim, row.Amount);
        }
        if (result is not null) match?.Reported(row.Batch, result, row.Amount);
        yield return new PackLine(PackFile.Payouts,
        [
            id.ToString(), row.ClaimNumber ?? "", row.Claim?.ToString() ?? "", row.Region.Value, row.Programme ?? "", Yuan(row.Amount),
            Day(row.OrderedOn), Word(row.Status), row.Batch?.ToString() ?? "", result is null ? "" : Word(result.Outcome),
            row.BankReference ?? "", row.ReturnReason ?? "", Day(row.SettledOn), row.Reissues?.ToString() ?? "",
            row.ReissuedAs?.ToString() ?? "", Yuan(row.Recovered),
        ]);
    }

    /// <summary>What a payout's event says of the bank's result.</summary>
    private static PaymentResult? ResultOf(PayoutId payout, object fact) => fact switch
    {
        PayoutSettled e => new PaymentResult(payout, PaymentOutcome.Settled, e.BankReference),
        PayoutReturned e => new PaymentResult(payout, PaymentOutcome.Returned, e.BankReference, e.Reason),
        _ => null,
    };

    private IEnumerable<PackLine> OfBatch(IReadOnlyList<RecordedEvent> stream)
    {
        if (StateOf<PaymentBatch>(stream) is not { } batch) yield break;
        Totals = Totals with { Batches = Totals.Batches + 1 };
        var amounts = batch.Lines.ToDictionary(line => line.Payout, line => line.Amount);
        var told = batch.Results.Values.Where(result => amounts.ContainsKey(result.PayoutId)).ToArray();
        CountedSum Of(PaymentOutcome outcome) => told.Where(result => result.Outcome == outcome)
            .Aggregate(CountedSum.None, (sum, result) => sum.And(amounts[result.PayoutId]));
        var (settled, returned) = (Of(PaymentOutcome.Settled), Of(PaymentOutcome.Returned));
        yield return new PackLine(PackFile.Batches,
        [
            batch.Number, batch.Id.ToString(), batch.Region.Value, Word(batch.Status), $"{batch.Lines.Count}", Yuan(batch.Total),
            batch.AssembledBy, batch.ReleasedBy ?? "", $"{settled.Count}", Yuan(settled.Sum), $"{returned.Count}", Yuan(returned.Sum),
            $"{batch.Lines.Count - settled.Count - returned.Count}", Yuan(batch.Total - settled.Sum - returned.Sum),
        ]);
        // in the order of the file that the bank had, whatever the order of its answers
        foreach (var line in batch.Lines)
        {
            if (!batch.Results.TryGetValue(line.Payout, out var result)) continue;
            match?.ByBank(batch.Id, result, line.Amount);
            yield return new PackLine(PackFile.Results,
            [
                batch.Number, line.Payout.ToString(), Yuan(line.Amount), Word(result.Outcome), result.BankReference, result.Reason ?? "",
            ]);
        }
    }

    private IEnumerable<PackLine> OfRecovery(IReadOnlyList<RecordedEvent> stream)
    {
        if (RowOf(RecoveryList.Model, stream) is not { } row) yield break;
        if (row.Status != RecoveryStatus.Cancelled)
            Totals = Totals with { Owed = Totals.Owed.And(row.Amount), Repaid = Totals.Repaid + row.Repaid };
        yield return new PackLine(PackFile.Recoveries,
        [
            row.Number, row.Payout.ToString(), row.ClaimNumber ?? "", row.Region.Value, Word(row.Cause), Yuan(row.Amount),
            Yuan(row.Repaid), Yuan(row.WrittenOff), Yuan(row.Outstanding), Word(row.Status), Day(row.OpenedOn),
        ]);
    }

    private static T? StateOf<T>(IReadOnlyList<RecordedEvent> stream) where T : AggregateState, IAggregate<T> =>
        Fold.Of<T>(stream.Select(recorded => recorded.Data));

    private static TRow? RowOf<TRow>(ReadModel<TRow> model, IReadOnlyList<RecordedEvent> stream) where TRow : class =>
        stream.Aggregate((TRow?)null, model.Evolve);

}
