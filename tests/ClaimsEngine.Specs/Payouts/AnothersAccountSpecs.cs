namespace ClaimsEngine.Specs;

/// <summary>Money goes to the payee's own account (facts.md, F36). Another person's is named with a reason, on every way in, and somebody
/// of finance accepts that before anybody authorises the payout.</summary>
public class AnothersAccountSpecs
{
    private static readonly ClaimantDetails TheDriver = new("陈样例", DriversNumber, Relation.Self, GuardiansAccountDetails);
    private static readonly OtherHolder OfMinor = new(HolderGround.GuardianOfMinor, "未成年人的母亲，见户口簿");

    [Fact]
    public void A_claim_may_name_another_persons_account_with_a_reason_and_then_needs_one_paper_more()
    {
        var decision = Submit(World.WithAProgramme(), TheDriver);
        Assert.Equal([.. DisabilityPapers, OtherHolder.Paper], decision.The<ClaimSubmitted>().RequiredDocuments);
        var registered = decision.The<AccountRegistered>();
        Assert.Equal((GuardiansAccountDetails.OtherHolder, null), (registered.OtherHolder, registered.ChangedOn));
    }

    [Fact]
    public void A_reason_is_in_words_and_named_only_where_the_holder_is_another_person()
    {
        Submit(World.WithAProgramme(), TheDriver with { Account = GuardiansAccountDetails with { OtherHolder = null } })
            .IsRefused(Refuse.AccountNotOwn, "claimant.account.holder");
        Submit(World.WithAProgramme(), TheDriver with { Account = GuardiansAccountDetails with { Holder = "陈样例" } })
            .IsRefused(Refuse.AccountIsOwn, "claimant.account.otherHolder");
        var wordless = GuardiansAccountDetails with { OtherHolder = OfMinor with { Reason = "" } };
        Submit(World.WithAProgramme(), TheDriver with { Account = wordless })
            .IsRefused(Refuse.InvalidRequest, "claimant.account.otherHolder.reason");
    }

    [Fact]
    public void A_minors_guardian_is_named_only_for_a_payee_under_18()
    {
        Submit(World.WithAProgramme(), TheDriver with { Account = GuardiansAccountDetails with { OtherHolder = OfMinor } })
            .IsRefused(Refuse.HolderGroundUnfit, "claimant.account.otherHolder.ground");
        var (account, birthday) = (GuardiansAccountDetails with { OtherHolder = OfMinor }, DriversNumber.BirthDate.PlusYears(18));
        Assert.Null(account.NotPayableTo("陈样例", DriversNumber, birthday.PlusDays(-1), "account"));
        Assert.Equal(Refuse.HolderGroundUnfit, account.NotPayableTo("陈样例", DriversNumber, birthday, "account")!.Rule);
    }

    [Fact]
    public void An_heirs_account_may_be_anothers_too()
    {
        var world = World.WithAProgramme();
        var enrolment = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        HeirDetails[] heirs = [.. HeirsSpecs.Three.Select((heir, place) => place == 1 ? heir with
        {
            Account = heir.Account with { Holder = "赵样例", OtherHolder = new OtherHolder(HolderGround.HeirsRepresentative, "继承人公证委托书") },
        } : heir)];
        var submitted = world.Do(Officer, new SubmitClaim(enrolment, DeathByAccident, HeirsSpecs.AsWife, heirs)).The<ClaimSubmitted>();
        Assert.Contains(OtherHolder.Paper, submitted.RequiredDocuments);
    }

    [Fact]
    public void With_an_entry_only_the_members_own_account_is_named()
    {
        var person = Journey.TheDriver with { Account = DriversAccountDetails with { OtherHolder = OfMinor } };
        Assert.Equal(["person.account.otherHolder"], new Enrol(person, ProgrammeCode).BrokenFields());
    }

    [Fact]
    public void Relief_too_needs_the_paper_about_anothers_account()
    {
        var application = ReliefGiven.Application with
        {
            Person = ReliefGiven.Application.Person with { Account = GuardiansAccountDetails },
        };
        var world = new World();
        world.Do(PlanAdmin, ReliefGiven.Opening).The<ReliefFundOpened>();
        Assert.Contains(OtherHolder.Paper, world.Do(Officer, application).IsRefused(Refuse.DocumentsMissing, "evidence").Detail);
        world.Do(Officer, application with
        {
            Evidence = [.. application.Evidence, new ReliefEvidence(OtherHolder.Paper, Digest(2))],
        }).The<ReliefApplicationRecorded>();
    }

    [Fact]
    public void Another_reason_makes_another_account_which_is_a_change()
    {
        var payee = ATruckDriver().After(GuardiansAccountDetails.Registered(DriversAccount, ATruckDriver(), Officer, Today));
        Assert.NotNull(payee.AccountLike(GuardiansAccountDetails));
        var other = GuardiansAccountDetails with { OtherHolder = new OtherHolder(HolderGround.NoOwnAccount, "银行卡被冻结") };
        Assert.Null(payee.AccountLike(other));
        Assert.Equal(Today, other.Registered(RelativesAccount, payee, Officer, Today).ChangedOn);
    }

    [Fact]
    public void What_is_settled_straight_through_passes_over_nobody()
    {
        var payee = ATruckDriverWithAnAccount();
        Assert.Equal(DriversAccount, StraightThrough.AccountOf(payee).Account!.Id);
        var changed = payee.After(GuardiansAccountDetails.Registered(RelativesAccount, payee, Officer, Today));
        var (account, no) = StraightThrough.AccountOf(changed);
        Assert.Equal((null, Refuse.AccountNotOwn), (account, no!.Rule));
    }

    [Fact]
    public void A_claim_that_is_reclassified_still_needs_the_paper()
    {
        var world = World.WithAProgramme();
        var claim = Submit(world, TheDriver).The<ClaimSubmitted>().Claim;
        var reclassified = world.Do(Officer, new ReclassifyClaim(claim, GradeOneDisability with { Grade = 2 }, "复核伤残等级"))
            .The<ClaimReclassified>();
        Assert.Contains(OtherHolder.Paper, reclassified.RequiredDocuments);
    }

    [Fact]
    public void The_order_says_that_the_account_is_anothers_and_nobody_authorises_it_before_it_is_accepted()
    {
        var world = World.WithAProgramme();
        var claim = Submit(world, TheDriver).The<ClaimSubmitted>().Claim;
        foreach (var kind in world.All<Claim>().Single().MissingDocuments)
            world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        var ordered = world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).The<PayoutOrdered>();
        Assert.Equal(new PayoutControls(HolderGround.GuardianOfAdult, null, null, Officer.Id, null, "default/1"), ordered.Controls);

        var payout = ordered.Payout;
        world.Do(Cashier, new AuthorisePayout(payout)).IsRefused(Refuse.AccountNotAccepted);
        Assert.Equal(PayoutWait.AccountReview, Row(world, payout).WaitsFor);
        world.Do(Releaser, new ReviewPayoutAccount(payout, AccountFinding.Accepted, "监护证明已核对")).The<PayoutAccountReviewed>();
        Assert.Equal((PayoutWait.Authorisation, HolderGround.GuardianOfAdult),
            (Row(world, payout).WaitsFor, Row(world, payout).OtherHolder));
        world.Do(Releaser, new AuthorisePayout(payout)).IsRefused(Refuse.FourEyes);
        world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        Assert.Null(Row(world, payout).WaitsFor);
    }

    [Fact]
    public void Who_had_a_part_in_it_does_not_judge_the_account()
    {
        var payout = Anothers();
        foreach (var by in (Actor[])[Everything(Officer), Everything(Approver), Cashier with { OnBehalfOf = Officer.Id }])
            Review(payout, by).IsRefused(Refuse.FourEyes);
        var anew = StateOf<Payout>((PayoutOrdered)payout.OrderedAnew(OtherPayout, RelativesAccount, payout.Controls, Today, Releaser));
        Review(anew, Releaser).IsRefused(Refuse.FourEyes);
        Review(anew, Cashier).The<PayoutAccountReviewed>();
    }

    [Fact]
    public void An_account_is_judged_once()
    {
        var accepted = Anothers().After(Review(Anothers(), Releaser));
        Review(accepted, Releaser).ChangesNothing();
        Review(accepted, Releaser, AccountFinding.Refused).IsRefused(Refuse.WrongState);
        Review(accepted, ThirdCashier).IsRefused(Refuse.WrongState);
        Review(AnOrderedPayout(), Releaser).IsRefused(Refuse.AccountIsOwn);
        Review(AnAuthorisedPayout(), Releaser).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_payout_whose_account_was_refused_is_ordered_anew_and_never_paid()
    {
        var refused = Anothers().After(Review(Anothers(), Releaser, AccountFinding.Refused));
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), refused, null, Cashier, Today).IsRefused(Refuse.AccountNotAccepted);
        var decision = ReissuePayoutHandler.Handle(new ReissuePayout(ThePayout, DriversAccountDetails, "改付本人账户"),
            new(refused, ATruckDriverWithAnAccount(), OtherPayout, new AccountId(Id(78))), Cashier, Today);
        Assert.Equal((DriversAccount, null), (decision.The<PayoutOrdered>().Account, decision.The<PayoutOrdered>().Controls));
        Assert.Equal((PayoutStatus.Cancelled, OtherPayout), (refused.After(decision).Status, refused.After(decision).ReissuedAs));
        decision.Guards(ThePayoutsKey, ThePayout.Value, take: false).Guards(ThePayoutsKey, OtherPayout.Value, Refuse.PayoutLive);
    }

    [Fact]
    public void The_register_counts_a_refused_account_as_nothing_to_pay_until_there_is_another()
    {
        var controls = Anothers().Controls;
        PayoutRow Of(params object[] events) => events.Prepend(Ordered() with { Controls = controls })
            .Aggregate((PayoutRow?)null, (row, data) => PayoutLedger.Evolve(
                row, World.Recorded(data, ThePayout.Value, Payout.StreamType, 1, Instant.FromUtc(2025, 11, 20, 4, 0))))!;
        var refused = new PayoutAccountReviewed(AccountFinding.Refused, "关系不明", Releaser.Id);
        Assert.Equal((true, PayoutWait.AccountReview), (Of().ToPay, Of().WaitsFor));
        Assert.Equal((false, PayoutWait.OtherAccount), (Of(refused).ToPay, Of(refused).WaitsFor));
        var replaced = Of(refused, new PayoutReissued(OtherPayout, "改付本人账户", Cashier.Id));
        Assert.Equal((PayoutStatus.Cancelled, false, null), (replaced.Status, replaced.ToPay, replaced.WaitsFor));
    }

    private static UniqueKey ThePayoutsKey => Payout.LiveKey(TheClaim, IncidentKind.Disability);

    private static Payout Anothers() => StateOf<Payout>(Ordered() with
    {
        Controls = new PayoutControls(HolderGround.GuardianOfAdult, null, null, Officer.Id, null, "default/1"),
    });

    /// <summary>The same person with the right to do everything.</summary>
    private static Actor Everything(Actor person) => person with { Roles = Enum.GetValues<Role>() };

    private static Decision Review(Payout payout, Actor by, AccountFinding finding = AccountFinding.Accepted) =>
        ReviewPayoutAccountHandler.Handle(new ReviewPayoutAccount(payout.Id, finding, "监护证明已核对"), payout, by);

    private static Decision Submit(World world, ClaimantDetails claimant)
    {
        var enrolment = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        return world.Do(Officer, new SubmitClaim(enrolment, GradeOneDisability, claimant));
    }

    private static PayoutRow Row(World world, PayoutId payout) =>
        world.Stream(payout.Value).Aggregate((PayoutRow?)null, PayoutLedger.Evolve)!;
}
