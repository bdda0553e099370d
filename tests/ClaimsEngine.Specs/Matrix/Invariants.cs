namespace ClaimsEngine.Specs.Matrix;

/// <summary>
/// What holds over all streams, keys and pools together after every stored decision. Each decision is stored whole or not at all: so this
/// is what a process that is killed between any two steps leaves behind.
/// </summary>
public static class Invariants
{
    /// <param name="place">where in the story, for the message</param>
    public static void Hold(World world, string place)
    {
        KeysOfClaims(world, place);
        OpenClaims(world, place);
        Payouts(world, place);
        Granted(world, place);
        Batches(world, place);
        PublicNotices(world, place);
        Recoveries(world, place);
        Relief(world, place);
        Pools(world, place);
        Bars(world, place);
        Payers(world, place);
        Calls(world, place);
        ReadModelsAgree.Hold(world, place);
        BooksAgree.Hold(world, place);
        ThreeWayAgrees.Hold(world, place);
    }

    /// <summary>A claim holds its incident and its receipts exactly while it may be paid or was.</summary>
    private static void KeysOfClaims(World world, string place) => Held(world, place, ["claim-incident", "claim-receipt"],
        world.All<Claim>().Where(claim => claim.IsOpen || claim.Status == ClaimStatus.Approved)
            .SelectMany(claim => claim.Keys.Select(key => (key, claim.StreamId))));

    /// <summary>The certificate knows the claims that are open, and no others; the member's account knows all that there ever
    /// were.</summary>
    private static void OpenClaims(World world, string place)
    {
        foreach (var enrolment in world.All<Enrolment>())
            Same(place, $"open claims of {enrolment.Id}", enrolment.OpenClaims.Select(open => open.Claim.Value),
                world.All<Claim>().Where(claim => claim.Enrolment == enrolment.Id && claim.IsOpen).Select(claim => claim.StreamId));
        foreach (var account in world.All<BenefitAccount>())
            Same(place, $"claims of {account.Member}", account.Claims.Select(claim => claim.Value),
                world.All<Claim>().Where(claim => claim.Member == account.Member).Select(claim => claim.StreamId));
    }

    /// <summary>Of each benefit and heir, and of each grant of relief, one payout is live: it holds the key. Together they are what was
    /// approved.</summary>
    private static void Payouts(World world, string place)
    {
        var live = world.All<Payout>()
            .Where(payout => payout.ReissuedAs is null && payout.Status != PayoutStatus.Cancelled).ToArray();
        Held(world, place, ["live-payout"], live.Select(payout => (payout.Key, payout.StreamId)));
        foreach (var claim in world.All<Claim>())
            Equal(place, $"paid for claim {claim.Id}",
                claim.Status == ClaimStatus.Approved ? claim.Outcome!.Amount!.Value : Money.Zero,
                Money.Sum(live.Where(payout => payout.Claim == claim.Id).Select(payout => payout.Amount)));
        foreach (var application in world.All<ReliefApplication>())
            Equal(place, $"paid for relief {application.Id}", application.Grant?.Amount ?? Money.Zero,
                Money.Sum(live.Where(payout => payout.Relief?.Application == application.Id).Select(payout => payout.Amount)));
        foreach (var enrolment in world.All<Enrolment>())
            Same(place, $"refunds of {enrolment.Id}", enrolment.RefundOrders.Select(order => $"{order.Payer} {order.Amount}"),
                live.Where(payout => payout.Refund is not null && payout.Enrolment == enrolment.Id)
                    .Select(payout => $"{payout.Refund!.Payer} {payout.Amount}"));
        foreach (var payout in live.Where(payout => payout.Claim is not null))
            Equal(place, $"held for a suspicion: {payout.Id}", payout.MayStillBePaid
                && world.All<Claim>().Single(claim => claim.Id == payout.Claim).Suspicions.Count > 0,
                payout.Holds.Any(hold => hold.Ground == HoldGround.Suspicion));
    }

    /// <summary>What was granted is counted on the certificate and on the member's account.</summary>
    private static void Granted(World world, string place)
    {
        Money Approved(Func<Claim, bool> of) => Money.Sum(world.All<Claim>()
            .Where(claim => claim.Status == ClaimStatus.Approved && of(claim)).Select(claim => claim.Outcome!.Amount!.Value));

        foreach (var enrolment in world.All<Enrolment>())
            Equal(place, $"used under {enrolment.Id}", Approved(claim => claim.Enrolment == enrolment.Id), enrolment.Used);
        foreach (var person in world.All<Person>())
            Equal(place, $"granted to {person.Id}", Approved(claim => claim.Member == person.Id), Money.Sum(
                world.All<BenefitAccount>().Where(account => account.Member == person.Id)
                    .SelectMany(account => account.Benefits).Select(benefit => benefit.Amount)));
    }

    /// <summary>A batch and its payouts say the same: a payout is in one batch, and has the result that the bank told of it.</summary>
    private static void Batches(World world, string place)
    {
        foreach (var batch in world.All<PaymentBatch>())
        {
            Same(place, $"payouts of batch {batch.Id}",
                batch.Status == PaymentBatchStatus.Dissolved ? [] : batch.Lines.Select(line => line.Payout.Value),
                world.All<Payout>().Where(payout => payout.Batch == batch.Id).Select(payout => payout.StreamId));
            foreach (var payout in world.All<Payout>().Where(payout => payout.Batch == batch.Id))
                Equal(place, $"status of {payout.Id}", batch.Status == PaymentBatchStatus.Assembled ? PayoutStatus.Authorised
                    : !batch.Results.TryGetValue(payout.Id, out var result) ? PayoutStatus.Sent
                    : result.Outcome == PaymentOutcome.Returned
                        ? payout.Status == PayoutStatus.Cancelled ? PayoutStatus.Cancelled : PayoutStatus.Returned
                    : payout.Recovered == payout.Amount ? PayoutStatus.Recovered : PayoutStatus.Settled, payout.Status);
        }
    }

    /// <summary>An approval has a public notice exactly where the organiser's rules of its day want one.</summary>
    private static void PublicNotices(World world, string place)
    {
        foreach (var claim in world.All<Claim>())
        {
            var approval = world.Stream(claim.StreamId).LastOrDefault(e => e.Data is ClaimApproved);
            var last = approval is not { Data: ClaimApproved approved } ? null
                : HandlingRules.For(claim.Region, approval.RecordedAt.Date()).PublicNotice?
                    .LastDay(claim.Incident.Kind, approved.Amount, approval.RecordedAt.Date());
            Equal(place, $"public notice of {claim.Id}", last, world.All<PublicNotice>().SingleOrDefault(own => own.Claim == claim.Id)?.To);
        }
    }

    /// <summary>What came back is noted with the payout, and a payout has one recovery at most that is not at its end.</summary>
    private static void Recoveries(World world, string place)
    {
        Held(world, place, ["live-recovery"], world.All<Recovery>()
            .Where(recovery => recovery.IsOwed || recovery.Status == RecoveryStatus.Opened)
            .Select(recovery => (Recovery.LiveKey(recovery.Payout), recovery.StreamId)));
        Held(world, place, ["repayment"], world.All<Recovery>().SelectMany(recovery => recovery.Repayments.Select(repayment =>
            (Recovery.ReferenceKey(recovery.Region, repayment.BankReference), recovery.StreamId))));
        foreach (var payout in world.All<Payout>())
            Equal(place, $"recovered of {payout.Id}", payout.Recovered, Money.Sum(
                world.All<Recovery>().Where(recovery => recovery.Payout == payout.Id).Select(recovery => recovery.Repaid)));
        foreach (var recovery in world.All<Recovery>().Where(recovery => recovery.Status != RecoveryStatus.Cancelled))
            Equal(place, $"owed by {recovery.Id}", recovery.Amount, recovery.Repaid + recovery.WrittenOff + recovery.Outstanding);
    }

    /// <summary>Of a fund's money, what was granted and what is left make the budget; a household holds its keys while its application may
    /// be paid or was.</summary>
    private static void Relief(World world, string place)
    {
        foreach (var fund in world.All<ReliefFund>())
        {
            var levels = fund.Levels.Select(level => (level.Pool, Granted: level.Granted(world.Taken(level.Pool)),
                Left: level.Left(world.Taken(level.Pool)))).ToArray();
            Equal(place, $"money of {fund.Code}", fund.Budget, Money.Sum(levels.Select(level => level.Granted + level.Left)));
            foreach (var (pool, granted, left) in levels)
            {
                Assert.True(left >= Money.Zero, $"{place}: {left} is left in {pool}");
                Equal(place, $"granted of {pool}", Money.Sum(world.All<ReliefApplication>()
                    .Where(own => own.Grant?.Pool == pool).Select(own => own.Grant!.Amount)), granted);
            }
        }
        Held(world, place, ["live-relief"], world.All<ReliefApplication>().Where(own => own.IsOpen || own.Grant is not null)
            .SelectMany(own => own.Household.Prepend(own.Applicant)
                .Select(person => (ReliefApplication.Key(own.Fund, own.Kind, person), own.StreamId))));
    }

    /// <summary>A place is taken by a certificate that may still cover, and by no other. So is the key of its cover.</summary>
    private static void Pools(World world, string place)
    {
        var live = world.All<Enrolment>().Where(enrolment => enrolment.IsLive).ToArray();
        foreach (var pool in world.All<Programme>().SelectMany(programme => programme.Pools).Select(pool => pool.Name))
            Equal(place, $"places of {pool}", live.Count(enrolment => enrolment.Pool == pool), world.Taken(pool));
        Held(world, place, ["cover"], live.Select(own => (Enrolment.Key(own.Plan, own.Programme, own.Member), own.StreamId)));
    }

    /// <summary>A payer holds its name.</summary>
    private static void Payers(World world, string place) => Held(world, place, [Payer.NameScope],
        world.All<Payer>().Select(payer => (Payer.Key(payer.Name, payer.Region, payer.Employer), payer.StreamId)));

    /// <summary>An open call holds its shares, and no other does.</summary>
    private static void Calls(World world, string place) => Held(world, place, ["open-call"],
        world.All<ContributionCall>().Where(call => call.Status == CallStatus.Open).SelectMany(call => call.Lines.Select(line =>
            (ContributionCall.ShareKey(line.Enrolment, call.Payer), call.StreamId))));

    private static void Bars(World world, string place)
    {
        foreach (var person in world.All<Person>())
            Same(place, $"bars of {person.Id}", person.Bars.Select(bar => bar.Bar.Value),
                world.All<Bar>().Where(bar => bar.Person == person.Id && bar.Status == BarStatus.Confirmed).Select(bar => bar.StreamId));
    }

    private static void Held(World world, string place, string[] scopes, IEnumerable<(UniqueKey Key, Guid Holder)> expected) =>
        Same(place, $"keys of {string.Join(", ", scopes)}",
            world.Keys.Where(pair => scopes.Contains(pair.Key.Scope)).Select(pair => $"{pair.Key} {pair.Value}"),
            expected.Select(pair => $"{pair.Key} {pair.Holder}"));

    private static void Same<T>(string place, string what, IEnumerable<T> one, IEnumerable<T> other) =>
        Assert.True(one.Order().SequenceEqual(other.Order()),
            $"{place}: {what}: {string.Join("; ", one)} is not {string.Join("; ", other)}");

    private static void Equal<T>(string place, string what, T expected, T actual) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{place}: {what}: {actual} is not {expected}");
}
