using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Suspicions, holds, batches, results of the bank, orders anew and recoveries, in any order and by anybody: a benefit is paid
/// once, what is held does not go to the bank, and no more comes back than went out.</summary>
public class MoneyOutAndBackSpecs
{
    /// <summary>A step that is the next of the usual way, whatever has happened so far.</summary>
    private const int Next = 15;

    private sealed record Work(int Step, int By, int Share);

    private static readonly FsCheck.Gen<Work[]> Works =
        (from step in Gen.Frequency((1, Gen.Choose(0, 3)), (2, Gen.Choose(4, 12)), (1, Gen.Choose(13, 14)), (3, Gen.Constant(Next)))
            from person in Gen.Choose(0, 4)
            from share in Gen.Choose(1, 100)
         select new Work(step, person, share)).ArrayOf(60);

    [Fact]
    public void A_benefit_is_paid_once_and_no_more_comes_back_than_was_paid()
    {
        var seen = new HashSet<Type>();
        Property.Holds(Works, works =>
        {
            var world = Journey.ToAnApprovedClaim(out _);
            foreach (var (work, place) in works.Select((work, place) => (work, place)))
            {
                var held = world.All<Payout>().Where(payout => payout.Holds.Count > 0).Select(payout => payout.StreamId).ToHashSet();
                var decision = Run(world, work, place);
                seen.UnionWith(decision.Events.Select(fact => fact.GetType()));
                Assert.DoesNotContain(decision.Changes, change => held.Contains(change.Stream)
                    && change.Events.Any(fact => fact is PayoutAuthorised or PayoutBatched or PayoutSent or PayoutReissued));
                Conserved(world);
            }
            ReadModelsAgree(world);
        }, runs: 60);
        Assert.Superset(new HashSet<Type>
        {
            typeof(SuspicionRaised), typeof(HoldReleased), typeof(PayoutReissued), typeof(PayoutSettled),
            typeof(PayoutRecovered), typeof(WriteOffApproved),
        }, seen);
    }

    private static Decision Run(World world, Work work, int place)
    {
        var by = new Actor($"sample-person-{work.By}", Enum.GetValues<Role>(), RegionCode.National);
        var claim = world.All<Claim>().Single().Id;
        var payout = world.All<Payout>().OrderBy(one => one.StreamId).Last();   // ids rise: the one that was ordered last
        var batch = world.All<PaymentBatch>().OrderBy(one => one.StreamId).LastOrDefault();
        var recovery = world.All<Recovery>().OrderBy(one => one.StreamId).LastOrDefault();
        var amount = payout.Amount.Percent(work.Share);
        return (work.Step == Next ? Usual(payout, recovery, work.Share) : work.Step) switch
        {
            0 => world.Do(by, new RaiseSuspicion(claim, (SuspicionKind)(work.Share % 2), "样例")),
            1 => world.Do(by, new HoldPayout(payout.Id, "样例")),
            2 or 13 => world.Do(by, new ClearSuspicion(claim, (SuspicionKind)(work.Share % 2), "样例")),
            3 or 14 => world.Do(by, new ReleaseHold(payout.Id, "样例")),
            4 => world.Do(by, new AuthorisePayout(payout.Id)),
            5 => world.Do(by, new AssemblePaymentBatch([payout.Id])),
            6 when batch is not null => world.Do(by, new ReleasePaymentBatch(batch.Id, work.Share % 2 == 0)),
            7 when batch is not null => world.Do(by, new RecordPaymentResults(batch.Id, [.. batch.Lines.Select(line => work.Share % 2 == 0
                ? new ReportedResult(line.Payout, ReportedOutcome.Settled, "SAMPLE")
                : new ReportedResult(line.Payout, ReportedOutcome.Returned, "SAMPLE", "样例"))])),
            8 => world.Do(by, new ReissuePayout(payout.Id, DriversAccountDetails, "样例")),
            9 => world.Do(by, new OpenRecovery(payout.Id, amount, RecoveryCause.Other, "样例")),
            10 when recovery is not null => world.Do(by, new ConfirmRecovery(recovery.Id)),
            11 when recovery is not null => world.Do(by, new RecordRepayment(
                recovery.Id, work.Share > 50 ? recovery.Outstanding : Money.Min(amount, recovery.Outstanding), Today, $"B-{place}")),
            12 when recovery is not null => work.Share < 40 ? world.Do(by, new CancelRecovery(recovery.Id, "样例"))
                : work.Share < 70 ? world.Do(by, new ProposeWriteOff(recovery.Id, "样例"))
                : world.Do(by, new ApproveWriteOff(recovery.Id, "样例")),
            _ => Decision.Nothing,
        };
    }

    private static int Usual(Payout payout, Recovery? recovery, int share) => (payout.Status, recovery) switch
    {
        (PayoutStatus.Ordered, _) => 4,
        (PayoutStatus.Authorised, _) => payout.Batch is null ? 5 : 6,
        (PayoutStatus.Sent, _) => 7,
        (PayoutStatus.Returned, _) => 8,
        (_, { Status: RecoveryStatus.Opened }) => 10,
        (_, { IsOwed: true }) => share % 2 == 0 ? 11 : 12,
        _ => 9,
    };

    private static void Conserved(World world)
    {
        var claim = world.All<Claim>().Single();
        var (payouts, recoveries) = (world.All<Payout>().ToArray(), world.All<Recovery>().ToArray());
        Assert.Single(payouts, payout => payout.ReissuedAs is null);
        Assert.All(payouts, payout => Assert.Equal(claim.Outcome!.Amount, payout.Amount));
        Assert.True(world.Events.Count(recorded => recorded.Data is PayoutSettled) <= 1, "the bank paid one benefit twice");
        foreach (var payout in payouts)
        {
            var own = recoveries.Where(recovery => recovery.Payout == payout.Id).ToArray();
            Assert.Equal(payout.Recovered, Money.Sum(own.Select(recovery => recovery.Repaid)));
            Assert.InRange(payout.Recovered.Fen, 0, payout.Amount.Fen);
            Assert.Equal(payout.Recovered == payout.Amount, payout.Status == PayoutStatus.Recovered);
            Assert.True(own.Count(recovery => recovery.IsOwed || recovery.Status == RecoveryStatus.Opened) <= 1);
            Assert.True(Money.Sum(own.Select(recovery => recovery.Repaid + recovery.Outstanding)) <= payout.Amount);
        }
        // the payout that may yet be paid is held as long as something is suspected, and no longer
        Assert.All(payouts.Where(payout => payout.MayStillBePaid), payout => Assert.Equal(
            claim.Suspicions.Count > 0, payout.Holds.Any(hold => hold.Ground == HoldGround.Suspicion)));
    }

    private static void ReadModelsAgree(World world)
    {
        foreach (var payout in world.All<Payout>())
        {
            var row = world.Stream(payout.StreamId).Aggregate((PayoutRow?)null, PayoutLedger.Evolve)!;
            Assert.Equal(
                (payout.Status, payout.Recovered, payout.Batch, payout.ReissuedAs, payout.WaitsFor, payout.Holds.Count > 0,
                    payout.Holds.Any(hold => hold.Ground == HoldGround.Office)),
                (row.Status, row.Recovered, row.Batch, row.ReissuedAs, row.WaitsFor, row.Held, row.HeldByOffice));
        }
        foreach (var batch in world.All<PaymentBatch>())
        {
            var row = world.Stream(batch.StreamId).Aggregate((PaymentBatchRow?)null, PaymentBatchList.Evolve)!;
            Assert.Equal((batch.Status, batch.Total, batch.Lines.Count, batch.Results.Count),
                (row.Status, row.Total, row.Lines, row.Settled + row.Returned));
        }
        foreach (var recovery in world.All<Recovery>())
        {
            var row = world.Stream(recovery.StreamId).Aggregate((RecoveryRow?)null, RecoveryList.Evolve)!;
            Assert.Equal((recovery.Status, recovery.Repaid, recovery.WrittenOff, recovery.Outstanding),
                (row.Status, row.Repaid, row.WrittenOff, row.Outstanding));
        }
        var claim = world.All<Claim>().Single();
        Assert.Equal(claim.Suspicions.Count > 0,
            world.Stream(claim.StreamId).Aggregate((ClaimRow?)null, ClaimBoard.Evolve)!.Suspected);
    }
}
