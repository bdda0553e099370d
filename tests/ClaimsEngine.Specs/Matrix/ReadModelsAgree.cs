namespace ClaimsEngine.Specs.Matrix;

/// <summary>A row of a read model says the same as the state of its stream.</summary>
public static class ReadModelsAgree
{
    public static void Hold(World world, string place)
    {
        Agree<Claim, ClaimRow>(world, place, ClaimBoard.Model, (claim, row) =>
        [
            (claim.Status, row.Status), (claim.Region, row.Region), (claim.Assessment?.Amount, row.AssessedAmount),
            (claim.Status == ClaimStatus.Approved ? claim.Outcome!.Amount : null, row.ApprovedAmount),
            (claim.MissingDocuments.Count, row.MissingDocuments), (claim.Deadline?.DueOn, row.DueOn),
            (claim.Overdue is not null, row.DeadlinePassed), (claim.Deadline?.Step, row.Step),
            (claim.Incident.Kind, row.IncidentKind), (claim.Incident.Date, row.IncidentDate),
            (claim.Outcome?.Payout, row.Payout), (claim.Suspicions.Count, row.Suspicions),
            (claim is { Sampled: not null, SecondLook: null }, row.SecondLook), (claim.Flags is not null, row.Flagged),
            (claim.IsOpen || claim.Status == ClaimStatus.Appealed, row.Open), (claim.Assessment?.DecisionLevel, row.DecisionLevel),
            (claim.Assisting, row.Assisting), (claim.Outcome?.By, row.DecidedBy),
        ]);
        Agree<Payout, PayoutRow>(world, place, PayoutLedger.Model, (payout, row) =>
        [
            (payout.Status, row.Status), (payout.Amount, row.Amount), (payout.Batch, row.Batch), (payout.BankReference, row.BankReference),
            (payout.ReturnReason, row.ReturnReason), (payout.Reissues, row.Reissues), (payout.ReissuedAs, row.ReissuedAs),
            (payout.Holds.Count > 0, row.Held), (payout.Recovered, row.Recovered), (payout.Relief?.Application, row.Relief),
            (payout.Kind, row.Kind), (payout.Refund?.Payer, row.Payer), (payout.Payee, row.Payee),
        ]);
        Agree<Payer, PayerRow>(world, place, PayerList.Model, (payer, row) =>
            [(payer.Account is not null, row.Payable), (payer.Proposed is not null, row.AccountWaits), (payer.Name, row.Name)]);
        Agree<PaymentBatch, PaymentBatchRow>(world, place, PaymentBatchList.Model, (batch, row) =>
        [
            (batch.Status, row.Status), (batch.Lines.Count, row.Lines), (batch.Total, row.Total),
            (batch.Results.Count, row.Settled + row.Returned),
        ]);
        Agree<Enrolment, EnrolmentRow>(world, place, EnrolmentRegister.Model, (enrolment, row) =>
        [
            (enrolment.Status, row.Status), (enrolment.Used, row.BenefitUsed), (enrolment.Benefits, row.Benefits),
            (enrolment.CoverFrom, row.CoverFrom), (enrolment.CoverTo, row.CoverTo), (enrolment.Employer, row.Employer),
            (enrolment.Region, row.Region),
        ]);
        Agree<Recovery, RecoveryRow>(world, place, RecoveryList.Model, (recovery, row) =>
        [
            (recovery.Status, row.Status), (recovery.Repaid, row.Repaid), (recovery.WrittenOff, row.WrittenOff),
            (recovery.Outstanding, row.Outstanding), (recovery.DueOn, row.DueOn),
            (recovery is { IsOwed: true, Proposal: not null }, row.WriteOffProposed),
        ]);
        Agree<ReliefApplication, ReliefRow>(world, place, ReliefBoard.Model, (application, row) =>
        [
            (application.Status, row.Status), (application.Grant?.Amount, row.Granted), (application.Grant?.Payout, row.Payout),
            (application.CheckedBy, row.CheckedBy), (application.DecidedBy, row.DecidedBy),
        ]);
        Agree<PublicNotice, PublicNoticeRow>(world, place, PublicNoticeList.Model, (notice, row) =>
        [
            (notice.Objections.Count(one => one.Outcome is null), row.OpenObjections),
            (notice.Objections.Any(one => one.Outcome == ObjectionOutcome.Upheld), row.Stopped), (notice.To, row.LastDay),
        ]);
        Agree<Bar, BarRow>(world, place, BarList.Model, (bar, row) => [(bar.Status, row.Status), (bar.To, row.To)]);
    }

    private static void Agree<T, TRow>(
        World world, string place, ReadModel<TRow> model, Func<T, TRow, (object? State, object? Row)[]> both)
        where T : AggregateState where TRow : class
    {
        foreach (var state in world.All<T>())
        {
            var row = world.Stream(state.StreamId).Aggregate((TRow?)null, model.Evolve);
            Assert.NotNull(row);
            foreach (var (pair, index) in both(state, row).Select((pair, index) => (pair, index)))
                Assert.True(Equals(pair.State, pair.Row),
                    $"{place}: {model.Table}, member {index + 1} of the list: the row says {pair.Row}, the state {pair.State}");
        }
    }
}
