using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>What one person of finance may authorise, and where it takes two.</summary>
public class TwoAuthorisersSpecs
{
    private static readonly AuthorisationRules Rules = AuthorisationRules.For(Liangzhou, Today);
    private static readonly LocalDate LastDay = Day("2025-11-25");   // three working days after Thursday 20 November

    [Fact]
    public void Finance_of_a_union_level_authorises_up_to_its_limit()
    {
        Authorise(AnOrderedPayout(), Cashier with { Region = Liangzhou }).IsRefused(Refuse.OverAuthorisationLimit);
        Authorise(AnOrderedPayout(), Cashier with { Region = Wuwei }).The<PayoutAuthorised>();
        Authorise(Of(Money.Yuan(200_000)), Cashier with { Region = Wuwei }).The<PayoutAuthorised>();
        Authorise(Of(Cny("200000.01")), Cashier with { Region = Wuwei }).IsRefused(Refuse.OverAuthorisationLimit);
        Authorise(Of(Money.Yuan(1_000_001)), Cashier with { Region = RegionCode.National }).The<PayoutCoAuthorised>();
    }

    [Fact]
    public void From_the_organisers_amount_on_two_people_authorise()
    {
        Assert.Null(PayoutControls.Of(Cny("499999.99"), TheAccount(), Rules, Today));
        var large = Of(Money.Yuan(500_000));
        Assert.Equal(Money.Yuan(500_000), large.Controls!.SecondFrom);
        var once = large.After(Authorise(large, Cashier).Decides(new PayoutCoAuthorised(Cashier.Id)));
        Assert.Equal((PayoutStatus.Ordered, PayoutWait.SecondAuthorisation), (once.Status, once.WaitsFor));
        Authorise(once, Cashier).ChangesNothing();
        Authorise(once, Releaser with { OnBehalfOf = Cashier.Id }).IsRefused(Refuse.FourEyes);
        Authorise(once, Releaser).Decides(new PayoutAuthorised(Releaser.Id));
        Authorise(once, Cashier, Today.PlusYears(1)).ChangesNothing();   // an amount does not cool
    }

    [Fact]
    public void A_first_account_is_no_change_and_an_account_beside_it_is()
    {
        var (first, changed) = (ATruckDriverWithAnAccount(), Changed());
        Assert.Null(first.Accounts[0].ChangedOn);
        Assert.Equal(Today, changed.ChangedOn);
        Assert.Null(PayoutControls.Of(Money.Yuan(1), first.Accounts[0], Rules, Today));
        Assert.Equal(LastDay, PayoutControls.Of(Money.Yuan(1), changed, Rules, Today)!.CoolingUntil);
        Assert.Equal(LastDay, PayoutControls.Of(Money.Yuan(1), changed, Rules, LastDay)!.CoolingUntil);
        Assert.Null(PayoutControls.Of(Money.Yuan(1), changed, Rules, LastDay.PlusDays(1)));
        Assert.Null(PayoutControls.Of(Money.Yuan(1), changed, Rules with { AccountCooling = null }, Today));
    }

    [Fact]
    public void Until_a_changed_account_has_cooled_two_people_authorise_and_then_one_is_enough()
    {
        var payout = StateOf<Payout>(Ordered() with { Controls = PayoutControls.Of(Money.Yuan(120_000), Changed(), Rules, Today) });
        var once = payout.After(Authorise(payout, Cashier, LastDay).Decides(new PayoutCoAuthorised(Cashier.Id)));
        Authorise(once, Releaser, LastDay).Decides(new PayoutAuthorised(Releaser.Id));
        Authorise(payout, Cashier, LastDay.PlusDays(1)).Decides(new PayoutAuthorised(Cashier.Id));
        Authorise(once, Cashier, LastDay.PlusDays(1)).Decides(new PayoutAuthorised(Cashier.Id));
        Authorise(payout, Officer with { Roles = [Role.Finance], Region = Gansu }).IsRefused(Refuse.FourEyes);   // registered it
    }

    [Fact]
    public void Neither_of_the_two_releases_the_batch()
    {
        var payout = Of(Money.Yuan(500_000)).After(
            new PayoutCoAuthorised(ThirdCashier.Id), new PayoutAuthorised(Cashier.Id), new PayoutBatched(TheBatch, Cashier.Id));
        foreach (var by in (Actor[])[Cashier, ThirdCashier])
            ReleasePaymentBatchHandler.Handle(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(), [payout], by)
                .IsRefused(Refuse.FourEyes);
        ReleasePaymentBatchHandler.Handle(new ReleasePaymentBatch(TheBatch), AnAssembledBatch(), [payout], Releaser).The<PayoutSent>();
    }

    [Fact]
    public void Every_file_of_rules_says_what_is_assumed() => Assert.All(AuthorisationRules.All, rules =>
    {
        Assert.NotEmpty(rules.Sources.Concat(rules.Assumed));
        Assert.True(Money.Zero < rules.Limits.District && rules.Limits.District <= rules.Limits.City
            && rules.Limits.City <= rules.Limits.Province);
        Assert.Equal(rules, AuthorisationRules.For(rules.Region, rules.From));
    });

    /// <summary>Accounts are changed, accepted and refused, payouts ordered anew and authorised, by anybody on any day.</summary>
    [Fact]
    public void No_payout_is_ever_authorised_by_fewer_people_than_it_needs()
    {
        var (seen, twice) = (new HashSet<Type>(), 0);
        var steps = from step in Gen.Choose(0, 9)
                    from person in Gen.Choose(0, 5)
                    from share in Gen.Choose(0, 99)
                    select (step, person, share);
        Property.Holds(steps.ArrayOf(40), taken =>
        {
            var world = Returned();
            foreach (var (step, person, share) in taken)
            {
                var by = new Actor($"sample-person-{person}", Enum.GetValues<Role>(), RegionCode.National);
                var before = world.All<Payout>().OrderBy(one => one.StreamId).Last();
                var decision = step switch
                {
                    0 => world.Do(by, new ReissuePayout(before.Id, Accounts[share % Accounts.Length], "样例")),
                    1 or 2 => world.Do(by, new ReviewPayoutAccount(
                        before.Id, share < 60 ? AccountFinding.Accepted : AccountFinding.Refused, "样例")),
                    3 when share < 30 => Pass(world),
                    _ => world.Do(by, new AuthorisePayout(before.Id)),
                };
                seen.UnionWith(decision.Events.Select(fact => fact.GetType()));
                var after = world.All<Payout>().Single(one => one.Id == before.Id);
                if (decision.Events.Any(fact => fact is PayoutAuthorised) && Enough(after, world.Now.Date())) twice++;
            }
        });
        Assert.Superset(new HashSet<Type>
        {
            typeof(PayoutReissued), typeof(PayoutAccountReviewed), typeof(PayoutCoAuthorised), typeof(PayoutAuthorised),
        }, seen);
        Assert.True(twice > 0, "two people never came together");
    }

    private static readonly AccountDetails[] Accounts =
        [DriversAccountDetails, DriversAccountDetails with { Bank = "样例银行武威分行" }, GuardiansAccountDetails];

    /// <summary>Asserts that everybody who had a part in it is another person.</summary>
    /// <returns>whether two people authorised it</returns>
    private static bool Enough(Payout payout, LocalDate today)
    {
        var controls = payout.Controls;
        Assert.NotEqual(payout.ApprovedBy, payout.AuthorisedBy);
        Assert.NotEqual(payout.ReissuedBy, payout.AuthorisedBy);
        if (controls is null) return false;
        Assert.NotEqual(controls.RegisteredBy, payout.AuthorisedBy);
        if (controls.OtherHolder is not null)
        {
            Assert.Equal(AccountFinding.Accepted, payout.AccountReview!.Finding);
            string?[] others = [payout.ApprovedBy, payout.ReissuedBy, controls.RegisteredBy, payout.AuthorisedBy, payout.CoAuthorised?.By];
            Assert.DoesNotContain(payout.AccountReview.By, others);
        }
        if (!controls.NeedsSecond(today)) return false;
        Assert.NotNull(payout.CoAuthorised);
        Assert.NotEqual(payout.CoAuthorised.By, payout.AuthorisedBy);
        return true;
    }

    /// <summary>The bank returned the payout of the sample claim.</summary>
    private static World Returned()
    {
        var world = Journey.ToAnApprovedClaim(out var payout);
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch([payout])).The<PaymentBatchAssembled>().Batch;
        world.Do(Releaser, new ReleasePaymentBatch(batch)).The<PaymentBatchReleased>();
        world.Do(Releaser, new RecordPaymentResults(batch, [new(payout, PaymentOutcome.Returned, "SAMPLE", "账户已销户")]))
            .The<PayoutReturned>();
        return world;
    }

    private static Decision Pass(World world)
    {
        world.Now += Duration.FromDays(2);
        return Decision.Nothing;
    }

    private static Account Changed() => Account.Of(
        (DriversAccountDetails with { Bank = "样例银行武威分行" }).Registered(RelativesAccount, ATruckDriverWithAnAccount(), Officer, Today));

    private static Payout Of(Money amount) => StateOf<Payout>(Ordered() with
    {
        Amount = amount, Controls = PayoutControls.Of(amount, TheAccount(), Rules, Today),
    });

    private static Decision Authorise(Payout payout, Actor by, LocalDate? on = null) =>
        AuthorisePayoutHandler.Handle(new AuthorisePayout(payout.Id), payout, null, by, on ?? Today);
}
