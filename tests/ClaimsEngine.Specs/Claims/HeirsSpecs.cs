using FsCheck;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Several heirs share what is paid after a death.</summary>
public class HeirsSpecs
{
    private static readonly HeirDetails Wife = AnHeir("李样例", RelativesNumber.Value, "6222020000000000026", Relation.Spouse);
    private static readonly HeirDetails Daughter = AnHeir("陈样例女", "620102200509180025", "6222020000000000034", Relation.Child);
    private static readonly HeirDetails Father = AnHeir("陈样例父", "620102195304270015", "6222020000000000042", Relation.Parent);

    /// <summary>Of equal shares.</summary>
    public static readonly IReadOnlyList<HeirDetails> Three = [Wife, Daughter, Father];

    /// <summary>One of them claims.</summary>
    public static readonly ClaimantDetails AsWife = new(Wife.Name, Wife.IdNumber, Wife.Relation, Wife.Account);

    // who is paid

    [Fact]
    public void Each_heir_is_registered_once_and_the_claim_keeps_who_is_paid_what_share()
    {
        var world = World.WithAProgramme();
        var decision = Submit(world);
        Assert.Equal(["李样例", "陈样例女", "陈样例父"], decision.Events.OfType<PersonRegistered>().Select(person => person.Name).Order());
        var submitted = decision.The<ClaimSubmitted>();
        var people = Three.Select(heir => world.All<Person>().Single(person => person.IdNumber.Value == heir.IdNumber.Value)).ToArray();
        Assert.Equal(
            Three.Zip(people, (heir, person) => new Heir(person.Id, person.AccountLike(heir.Account)!.Id, heir.Relation, heir.Share)),
            submitted.Heirs!);
        Assert.Equal((people[0].Id, people[0].Id, people[0].Accounts.Single().Id),
            (submitted.Claimant, submitted.Payee, submitted.Account));
        Assert.Equal(submitted.Heirs, world.All<Claim>().Single().Heirs!);
    }

    [Fact]
    public void A_claimant_who_is_no_heir_is_not_paid_and_the_account_is_not_kept()
    {
        var world = World.WithAProgramme();
        var submitted = Submit(world, [Daughter with { Share = new(1, 2) }, Father with { Share = new(1, 2) }]).The<ClaimSubmitted>();
        var claimant = world.All<Person>().Single(person => person.Id == submitted.Claimant);
        Assert.Equal(("李样例", 0), (claimant.Name, claimant.Accounts.Count));
        Assert.DoesNotContain(submitted.Heirs!, heir => heir.Person == claimant.Id);
        Assert.Equal((submitted.Heirs![0].Person, submitted.Heirs[0].Account), (submitted.Payee, submitted.Account));
    }

    [Fact]
    public void An_heir_who_is_on_record_is_not_registered_again()
    {
        var world = World.WithAProgramme();
        Enrol(world, Daughter.Name, Daughter.IdNumber);
        var decision = Submit(world);
        Assert.Equal(["李样例", "陈样例父"], decision.Events.OfType<PersonRegistered>().Select(person => person.Name).Order());
        Assert.Equal(3, decision.Events.OfType<AccountRegistered>().Count());
    }

    [Fact]
    public void An_heir_who_is_on_record_under_another_name_is_refused_last_of_all()
    {
        var world = World.WithAProgramme();
        Enrol(world, "别名样例", Daughter.IdNumber);
        Submit(world).IsRefused(Refuse.IdentityMismatch, "heirs.1.name");
        Submit(world, [Wife, Daughter, Father with { Share = new(1, 4) }]).IsRefused(Refuse.SharesNotWhole, "heirs");
    }

    [Fact]
    public void Without_heirs_the_claimant_is_paid_as_before()
    {
        var world = World.WithAProgramme();
        var submitted = world.Do(Officer, new SubmitClaim(Enrol(world), DeathByAccident, AsWife)).The<ClaimSubmitted>();
        Assert.Null(submitted.Heirs);
        Assert.Equal(submitted.Claimant, submitted.Payee);
        var decision = Approve(world, ToAnAssessment(world, submitted.Claim), Money.Yuan(120_000));
        var ordered = decision.The<PayoutOrdered>();
        Assert.Equal((submitted.Payee, submitted.Account, null), (ordered.Payee, ordered.Account, ordered.Heir));
        Assert.Equal((ordered.Payout, null), (decision.The<ClaimApproved>().Payout, decision.The<ClaimApproved>().Payouts));
        Assert.Equal((ordered.Payout, null), (decision.The<BenefitUsed>().Payout, decision.The<BenefitUsed>().Payouts));
        decision.Guards(new UniqueKey("live-payout", $"{submitted.Claim}/AccidentDeath"), ordered.Payout.Value, Refuse.PayoutLive);
    }

    // what is refused

    [Fact]
    public void Heirs_are_paid_after_a_death_only() =>
        Assert.Equal([("heirs", "heirs are paid after a death only")], Asked(Three, incident: GradeOneDisability).Breaches());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(18_500)]
    public void There_are_2_to_10_heirs_and_of_more_only_the_number_is_told(int count) =>
        Assert.Equal([("heirs", "2 to 10 heirs")], Asked([.. Enumerable.Repeat(Wife with { Name = "" }, count)]).Breaches());

    [Fact]
    public void Ten_heirs_are_not_too_many() =>
        Assert.Empty(Asked([.. Enumerable.Range(0, 10).Select(place => Numbered(place, new Share(1, 10)))]).Breaches());

    [Theory]
    [InlineData(0, 3, "heirs.1.share.numerator")]
    [InlineData(-1, 3, "heirs.1.share.numerator")]
    [InlineData(1_001, 3, "heirs.1.share.numerator")]
    [InlineData(1, 0, "heirs.1.share.denominator")]
    [InlineData(1, -3, "heirs.1.share.denominator")]
    [InlineData(1, 1_001, "heirs.1.share.denominator")]
    [InlineData(int.MinValue, 1, "heirs.1.share.numerator")]
    public void A_share_is_a_positive_fraction_of_small_numbers(int numerator, int denominator, string field) =>
        Assert.Equal([field], Asked([Wife, Daughter with { Share = new(numerator, denominator) }, Father]).BrokenFields());

    [Theory]
    [InlineData("1/3 1/3 1/3", true)]
    [InlineData("1/2 1/3 1/6", true)]
    [InlineData("2/4 1/4 250/1000", true)]
    [InlineData("333/1000 333/1000 333/1000", false)]
    [InlineData("1/3 1/3 334/1000", false)]
    [InlineData("1/2 1/2 1/1000", false)]
    [InlineData("1000/1 1/2 1/2", false)]
    [InlineData("499/997 249/997 249/997", true)]
    public void The_shares_sum_to_exactly_one(string shares, bool whole)
    {
        var heirs = Three.Zip(SharesOf(shares), (heir, share) => heir with { Share = share }).ToArray();
        Assert.Empty(Asked(heirs).Breaches());
        var decision = Submit(World.WithAProgramme(), heirs);
        if (whole) decision.The<ClaimSubmitted>();
        else decision.IsRefused(Refuse.SharesNotWhole, "heirs");
    }

    [Fact]
    public void Nobody_is_an_heir_twice() =>
        Assert.Equal(["heirs.2.idNumber"], Asked([Daughter, Wife, Daughter]).BrokenFields());

    [Fact]
    public void An_heir_who_claims_is_named_in_both_places_alike() =>
        Assert.Equal(["heirs.0.account", "heirs.0.name", "heirs.0.relation"],
            Asked([Wife with { Name = "李例样", Account = Daughter.Account, Relation = Relation.Sibling }, Daughter, Father]).BrokenFields());

    [Fact]
    public void An_heirs_name_and_account_have_the_form_of_a_claimants() =>
        Assert.Equal(["heirs.1.account.bank", "heirs.1.account.holder", "heirs.1.name"],
            Asked([Wife, Daughter with { Name = "=1", Account = Daughter.Account with { Bank = " ", Holder = "\u200B" } }, Father])
                .BrokenFields());

    [Fact]
    public void The_dead_member_is_no_heir()
    {
        Submit(World.WithAProgramme(), [Wife, Daughter with { IdNumber = DriversNumber }, Father])
            .IsRefused(Refuse.RelationMismatch, "heirs.1.idNumber");
        Submit(World.WithAProgramme(), [Wife, Daughter, Father with { Relation = Relation.Self }])
            .IsRefused(Refuse.RelationMismatch, "heirs.2.relation");
    }

    [Fact]
    public void Each_heir_is_paid_to_an_account_of_their_own() =>
        Submit(World.WithAProgramme(), [Wife, Daughter with { Account = Daughter.Account with { Holder = Wife.Name } }, Father])
            .IsRefused(Refuse.AccountNotOwn, "heirs.1.account.holder");

    [Fact]
    public void The_claimants_own_account_is_asked_for_beside_heirs_too() =>
        Submit(World.WithAProgramme(), [Daughter with { Share = new(1, 2) }, Father with { Share = new(1, 2) }],
            AsWife with { Account = Father.Account }).IsRefused(Refuse.AccountNotOwn, "claimant.account.holder");

    // what is paid

    [Fact]
    public void An_approval_orders_a_payout_for_each_heir()
    {
        var world = World.WithAProgramme();
        var claim = ToAnAssessment(world, Submit(world).The<ClaimSubmitted>().Claim);
        var heirs = world.All<Claim>().Single().Heirs!;
        var decision = Approve(world, claim, Cny("119999.99"));
        var ordered = decision.Events.OfType<PayoutOrdered>().ToArray();
        Assert.Equal(["40000.00", "40000.00", "39999.99"], ordered.Select(payout => payout.Amount.ToString()));
        Assert.Equal(heirs.Select(heir => (heir.Person, heir.Account, (PersonId?)heir.Person)),
            ordered.Select(payout => (payout.Payee, payout.Account, payout.Heir)));
        Assert.Equal(3, ordered.Select(payout => payout.Payout).Distinct().Count());

        var approved = decision.The<ClaimApproved>();
        Assert.Null(approved.Payout);
        Assert.Equal(ordered.Select(payout => new HeirPayout(payout.Payee, payout.Amount, payout.Payout)), approved.Payouts!);
        Assert.Null(decision.The<BenefitUsed>().Payout);
        Assert.Equal(ordered.Select(payout => payout.Payout), decision.The<BenefitUsed>().Payouts!);
        Assert.Equal(Cny("119999.99"), decision.The<BenefitUsed>().Amount);
        Assert.Equal(Cny("119999.99"), decision.The<BenefitCounted>().Amount);
        Assert.Equal(ordered.Select(payout => payout.Payout), world.All<Claim>().Single().Outcome!.Ordered);
        foreach (var payout in ordered)
            decision.Guards(new UniqueKey("live-payout", $"{claim}/AccidentDeath/{payout.Payee}"), payout.Payout.Value, Refuse.PayoutLive);
        Approve(world, claim, Cny("119999.99")).ChangesNothing();
        Approve(world, claim, Cny("119999.98")).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void An_heir_whose_share_is_less_than_a_fen_has_no_payout()
    {
        var world = World.WithAProgramme();
        var claim = ToAnAssessment(world, Submit(world).The<ClaimSubmitted>().Claim);
        var decision = Approve(world, claim, Cny("0.02"));
        Assert.Equal(["0.01", "0.01"], decision.Events.OfType<PayoutOrdered>().Select(payout => payout.Amount.ToString()));
        var last = decision.The<ClaimApproved>().Payouts![2];
        Assert.Equal((world.All<Claim>().Single().Heirs![2].Person, Money.Zero, null), (last.Heir, last.Amount, last.Payout));
        Assert.Equal(2, decision.The<BenefitUsed>().Payouts!.Count);
    }

    [Fact]
    public void What_came_back_from_one_heirs_bank_is_ordered_anew_for_that_heir_alone()
    {
        var world = World.WithAProgramme();
        var claim = ToAnAssessment(world, Submit(world).The<ClaimSubmitted>().Claim);
        PayoutId[] payouts = [.. Approve(world, claim, Money.Yuan(120_000)).Events.OfType<PayoutOrdered>().Select(e => e.Payout)];
        foreach (var payout in payouts) world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
        var batch = world.Do(Cashier, new AssemblePaymentBatch(payouts)).The<PaymentBatchAssembled>();
        Assert.Equal(Money.Yuan(120_000), Money.Sum(batch.Lines.Select(line => line.Amount)));
        world.Do(Releaser, new ReleasePaymentBatch(batch.Batch)).The<PaymentBatchReleased>();
        world.Do(Releaser, new RecordPaymentResults(batch.Batch,
        [
            new ReportedResult(payouts[0], ReportedOutcome.Settled, "SAMPLE-1"),
            new ReportedResult(payouts[1], ReportedOutcome.Returned, "SAMPLE-2", "户名不符"),
            new ReportedResult(payouts[2], ReportedOutcome.Settled, "SAMPLE-3"),
        ])).The<PaymentResultsRecorded>();

        world.Do(Cashier, new ReissuePayout(payouts[1], Father.Account, "样例")).IsRefused(Refuse.AccountNotOwn, "account.holder");
        var returned = world.All<Payout>().Single(payout => payout.Id == payouts[1]);
        var decision = world.Do(Cashier, new ReissuePayout(payouts[1], Daughter.Account, "样例"));
        var anew = decision.The<PayoutOrdered>();
        Assert.Equal((returned.Payee, returned.Payee, Money.Yuan(40_000)), (anew.Payee, anew.Heir, anew.Amount));
        var key = Payout.LiveKey(claim, IncidentKind.AccidentDeath, returned.Payee);
        decision.Guards(key, payouts[1].Value, take: false).Guards(key, anew.Payout.Value, Refuse.PayoutLive);
        Assert.Equal(anew.Heir, world.All<Payout>().Single(payout => payout.Id == anew.Payout).Heir);
    }

    [Fact]
    public void The_key_of_a_live_payout_stays_as_it_was_for_one_payee()
    {
        Assert.Equal($"{TheClaim}/AccidentDeath", Payout.LiveKey(TheClaim, IncidentKind.AccidentDeath).Value);
        Assert.Equal($"{TheClaim}/AccidentDeath/{RelativeId}", Payout.LiveKey(TheClaim, IncidentKind.AccidentDeath, RelativeId).Value);
    }

    [Fact]
    public void A_reclassified_death_keeps_its_heirs()
    {
        var world = World.WithAProgramme();
        var submitted = Submit(world).The<ClaimSubmitted>();
        world.Do(Officer, new ReclassifyClaim(submitted.Claim, DeathByAccident with { Date = IncidentDay.PlusDays(-1) }, "死亡证明日期更正"))
            .The<ClaimReclassified>();
        Assert.Equal(submitted.Heirs, world.All<Claim>().Single().Heirs!);
        world.Do(Officer, new ReclassifyClaim(submitted.Claim, GradeOneDisability, "样例"))
            .IsRefused(Refuse.PayeeWouldChange, "incident.kind");
    }

    // the split

    [Theory]
    [InlineData("100000.00", "1/3 1/3 1/3", "33333.34 33333.33 33333.33")]
    [InlineData("120000.00", "3/7 2/7 2/7", "51428.57 34285.72 34285.71")]
    [InlineData("0.01", "1/4 1/2 1/4", "0.00 0.01 0.00")]
    [InlineData("0.01", "1/2 1/2", "0.01 0.00")]
    [InlineData("0.00", "1/2 1/2", "0.00 0.00")]
    [InlineData("92233720368547758.07", "1/1000 999/1000", "92233720368547.76 92141486648179210.31")]
    public void An_amount_is_split_by_largest_remainder(string amount, string shares, string parts) =>
        Assert.Equal(parts.Split(' '), Share.Split(new Money(long.Parse(amount.Replace(".", ""))), [.. SharesOf(shares)])
            .Select(part => part.ToString()));

    private static readonly Gen<Share[]> Shares =
        from count in Gen.Choose(2, 10)
        from weights in Gen.Choose(1, 100).ArrayOf(count)
        select weights.Select(weight => new Share(weight, weights.Sum())).ToArray();

    private static readonly Gen<(Money Amount, Share[] Shares)> Splits =
        from large in Gen.Choose(0, 1) from fen in Gen.Choose(0, large == 1 ? 200_000_000 : 12) from shares in Shares
        select (new Money(fen), shares);

    [Fact]
    public void The_parts_sum_to_the_amount_and_each_is_less_than_a_fen_from_the_exact_share() =>
        Property.Holds(Splits, at =>
        {
            Assert.True(Share.SumToOne(at.Shares));
            var parts = Share.Split(at.Amount, at.Shares);
            Assert.Equal(at.Amount, Money.Sum(parts));
            Assert.All(parts.Zip(at.Shares), pair =>
            {
                var (part, share) = pair;
                Assert.True(part >= Money.Zero);
                var away = part.Fen * share.Denominator - at.Amount.Fen * share.Numerator;
                Assert.InRange(away, 1 - share.Denominator, share.Denominator - 1);
            });
        }, runs: 500);

    [Fact]
    public void A_fen_that_is_left_goes_to_no_smaller_remainder_and_among_equal_ones_to_the_first() =>
        Property.Holds(Splits, at =>
        {
            var parts = Share.Split(at.Amount, at.Shares);
            long Remainder(int place) => at.Amount.Fen * at.Shares[place].Numerator % at.Shares[place].Denominator;
            bool GotMore(int place) => parts[place].Fen > at.Amount.Fen * at.Shares[place].Numerator / at.Shares[place].Denominator;
            for (var first = 0; first < parts.Count; first++)
                for (var second = 0; second < parts.Count; second++)
                {
                    // all denominators are the same here, so that remainders compare as they are
                    if (!GotMore(second) || GotMore(first)) continue;
                    Assert.True(Remainder(second) > Remainder(first) || (Remainder(second) == Remainder(first) && second < first));
                }
        }, runs: 500);

    [Fact]
    public void A_share_written_in_other_numbers_gets_the_same() =>
        Property.Holds(from at in Splits from times in Gen.Choose(1, 9) select (at.Amount, at.Shares, times), at =>
            Assert.Equal(Share.Split(at.Amount, at.Shares), Share.Split(at.Amount, [.. at.Shares.Select((share, place) =>
                place % 2 == 0 ? share : new Share(share.Numerator * at.times, share.Denominator * at.times))])));

    private static IEnumerable<Share> SharesOf(string text) => text.Split(' ').Select(share => share.Split('/'))
        .Select(share => new Share(int.Parse(share[0]), int.Parse(share[1])));

    private static HeirDetails AnHeir(string name, string number, string card, Relation relation) => new(
        name, IdentityNumber.Of(number), relation, new AccountDetails("样例银行武威凉州支行", BankCardNumber.Of(card), name), new Share(1, 3));

    private static HeirDetails Numbered(int place, Share share)
    {
        var first = $"62010219900101{place:000}";
        return Daughter with { IdNumber = IdentityNumber.Of(first + IdentityNumber.CheckCharacter(first)), Share = share };
    }

    private static SubmitClaim Asked(IReadOnlyList<HeirDetails> heirs, EnrolmentId? enrolment = null, Incident? incident = null) =>
        new(enrolment ?? TheEnrolment, incident ?? DeathByAccident, AsWife, heirs);

    private static EnrolmentId Enrol(World world, string name = "陈样例", IdentityNumber? number = null) => world.Do(Officer, new Enrol(
        new PersonDetails(name, number ?? DriversNumber, Occupation.Of("truckDriver"), Liangzhou), ProgrammeCode))
        .The<EnrolmentStarted>().Enrolment;

    /// <summary>The driver is dead; his wife claims, for three heirs of equal shares if nothing else is said.</summary>
    private static Decision Submit(World world, IReadOnlyList<HeirDetails>? heirs = null, ClaimantDetails? claimant = null)
    {
        var enrolment = world.All<Enrolment>().FirstOrDefault(own => world.All<Person>()
            .Any(person => person.Id == own.Member && person.IdNumber.Value == DriversNumber.Value))?.Id ?? Enrol(world);
        return world.Do(Officer, new SubmitClaim(enrolment, DeathByAccident, claimant ?? AsWife, heirs ?? Three));
    }

    private static ClaimId ToAnAssessment(World world, ClaimId claim)
    {
        foreach (var kind in world.All<Claim>().Single(own => own.Id == claim).MissingDocuments)
            world.Do(Officer, new AddDocument(claim, kind, "样例.pdf", Digest(1))).The<DocumentReceived>();
        world.Do(Assessor, new AssessClaim(claim)).The<ClaimAssessed>();
        return claim;
    }

    private static Decision Approve(World world, ClaimId claim, Money amount) =>
        world.Do(Approver, new ApproveClaim(claim, amount, "材料齐全"));
}
