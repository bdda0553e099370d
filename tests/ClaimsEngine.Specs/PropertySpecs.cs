using FsCheck;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Laws that hold for all values and all sequences of commands.</summary>
public class PropertySpecs
{
    private static readonly Gen<Money> Amounts = Gen.Choose(-200_000_000, 200_000_000).Select(fen => new Money(fen));
    private static readonly Gen<string> First17 =
        from province in Gen.Elements("11", "31", "62", "65")
        from rest in Gen.Choose(0, 9999)
        from day in Gen.Choose(0, 365 * 120)
        from sequence in Gen.Choose(0, 999)
        select $"{province}{rest:0000}{new LocalDate(1900, 1, 1).PlusDays(day):uuuuMMdd}{sequence:000}";

    [Fact]
    public void Adding_money_is_associative_commutative_and_undone_by_subtracting() =>
        Property.Holds(Amounts.Three(), amounts =>
        {
            var (a, b, c) = amounts;
            Assert.Equal((a + b) + c, a + (b + c));
            Assert.Equal(a + b, b + a);
            Assert.Equal(a, a + b - b);
            Assert.Equal(a, Money.TryParse(a.ToString(), out var read, out _) ? read : default);
        });

    [Fact]
    public void Per_cent_of_money_is_within_half_a_fen_and_symmetric() =>
        Property.Holds(from amount in Amounts from percent in Gen.Choose(0, 100) select (amount, percent), at =>
        {
            var part = at.amount.Percent(at.percent);
            Assert.InRange(part.Fen * 100 - at.amount.Fen * at.percent, -50, 50);
            Assert.Equal(-part.Fen, new Money(-at.amount.Fen).Percent(at.percent).Fen);
        });

    [Fact]
    public void A_number_with_its_check_character_is_read_and_one_changed_digit_is_refused() =>
        Property.Holds(
            from first in First17 from place in Gen.Choose(0, 16) from shift in Gen.Choose(1, 9) select (first, place, shift), at =>
        {
            var good = at.first + IdentityNumber.CheckCharacter(at.first);
            Assert.True(IdentityNumber.TryParse(good, out var number, out var error), error);
            Assert.Equal(good, number.Value);
            var digit = (char)('0' + (good[at.place] - '0' + at.shift) % 10);
            Assert.False(IdentityNumber.TryParse(good[..at.place] + digit + good[(at.place + 1)..], out _, out _));
        }, runs: 1_000);

    [Fact]
    public void The_shares_of_an_enrolment_add_up_to_its_contribution() =>
        Property.Holds(from price in Gen.Choose(2, 1_000_000) from cut in Gen.Choose(1, price - 1) from units in Gen.Choose(1, 100)
            select (price, cut, units), at =>
        {
            var plan = APlanWith(ACard(card =>
            {
                card["prices"]![0]!["perUnit"] = new Money(at.price).ToString();
                card["eligibility"]!["maxUnits"] = 100;
            }));
            var opened = OpenProgrammeHandler.Handle(new OpenProgramme(
                ProgrammeCode, PlanCode, "样例", 10, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), [Gansu],
                [Occupation.Of("truckDriver")],
                [new FundingShare("a", new Money(at.cut)), new FundingShare("b", new Money(at.price - at.cut))]), null, plan, PlanAdmin);
            var started = EnrolHandler.Handle(
                new Enrol(Journey.TheDriver, ProgrammeCode, Units: at.units),
                new(StateOf<Programme>(opened.Events), plan, null, Known(DriverId), null, null, TheEnrolment), Officer, Today)
                    .The<EnrolmentStarted>();
            Assert.Equal(started.Contribution, Money.Sum(started.Funding.Select(share => share.Amount)));
            Assert.Equal(new Money(at.price) * at.units, started.Contribution);
        }, runs: 50);

    [Fact]
    public void The_same_state_and_command_give_the_same_decision_and_approving_again_changes_nothing() =>
        Property.Holds(
            from fen in Gen.Choose(1, 13_000_000) from used in Gen.Choose(0, 12_000_000) select (new Money(fen), new Money(used)), at =>
        {
            var (amount, used) = at;
            var claim = AClaimWithAllPapers().After(Assessed(used));
            var enrolment = AnEnrolledTruckDriver().After(Used(used));
            Decision Decide(Claim of) => ApproveClaimHandler.Handle(
                new ApproveClaim(TheClaim, amount, "样例"), new(of, enrolment, null, TheRules()), [ThePayout], Approver, Today);
            Assert.Equal(Decide(claim).Written(), Decide(claim).Written());
            if (Decide(claim) is { Refusal: null } approved) Decide(claim.After(approved)).ChangesNothing();
            else Assert.True(amount > claim.Assessment!.Amount);
        });

    /// <summary>A step of random work on the claims of one enrolment: which, on which claim, by whom, with which share of the
    /// amount.</summary>
    private sealed record Work(int Step, int On, int By, int Share);

    private static readonly Gen<Work[]> Works =
        (from step in Gen.Frequency((1, Gen.Choose(4, 5)), (20, Gen.Elements(0, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14)))
            from claim in Gen.Choose(0, 3)
            from actor in Gen.Choose(0, 2)
            from share in Gen.Choose(1, 120)
         select new Work(step, claim, actor, share)).ArrayOf(60);

    [Fact]
    public void Over_any_sequence_of_commands_money_is_conserved_and_read_models_say_what_the_states_say() =>
        Property.Holds(Works, works =>
        {
            var world = World.WithAProgramme();
            var claims = new List<ClaimId>();
            claims.Add(Journey.ToAClaimWithAllPapers(world));
            var enrolment = world.All<Enrolment>().Single().Id;
            foreach (var grade in new[] { 4, 7 })
                claims.Add(Journey.ToAClaimWithAllPapers(world,
                    new Incident(IncidentKind.Disability, IncidentDay.PlusDays(grade), grade), enrolment));
            claims.Add(Journey.ToADeathWithAllPapers(world, enrolment));
            foreach (var work in works)
            {
                Run(world, claims[work.On], work);
                Conserved(world);
            }
            ReadModelsAgree(world);
        }, runs: 60);

    [Fact]
    public void Over_any_sequence_of_enrolments_and_ends_the_sponsors_budget_is_never_overspent() =>
        Property.Holds(from budget in Gen.Choose(1, 120_000) from steps in
            (from step in Gen.Choose(0, 5) from person in Gen.Choose(1, 9) from units in Gen.Choose(1, 3)
                select (Step: step, Person: person, Units: units)).ArrayOf(40)
            select (Budget: new Money(budget), Steps: steps), at =>
        {
            var world = World.OfSharedFunding(quota: 8, at.Budget, ACard(card => card["eligibility"]!["maxUnits"] = 3));
            foreach (var (step, person, units) in at.Steps)
            {
                var first = $"6206021985031200{person}";
                var enrolment = world.All<Enrolment>().LastOrDefault(own => own.Units == units)?.Id ?? TheEnrolment;
                // before the programme's period a cancellation gives no cover, within it one does
                world.Now = step < 3 ? Instant.FromUtc(2024, 12, 1, 4, 0) : Instant.FromUtc(2025, 11, 20, 4, 0);
                var decision = step switch
                {
                    0 or 3 => world.Do(Officer, new Enrol(
                        Journey.TheDriver with { Name = $"样例{person}",
                            IdNumber = IdentityNumber.Of(first + IdentityNumber.CheckCharacter(first)) }, ProgrammeCode, Units: units)),
                    1 => world.Do(Officer, new CancelEnrolment(enrolment, "样例")),
                    2 => world.Do(Officer, new VoidEnrolment(enrolment, "样例")),
                    4 => world.Do(Cashier, new LapseEnrolment(enrolment, "样例")),
                    _ => world.Do(Cashier,
                        new RecordContribution(enrolment, Company, Money.Yuan(40) * units, "T-1", new LocalDate(2025, 3, 3))),
                };
                var stand = world.All<Enrolment>()
                    .Where(own => own.IsLive || own.GivesCover).ToArray();
                Assert.Equal(Money.Sum(stand.Select(own => Money.Yuan(80) * own.Units)).Fen,
                    world.Taken(Programme.BudgetPool(ProgrammeCode)));
                Assert.InRange(world.Taken(Programme.BudgetPool(ProgrammeCode)), 0, at.Budget.Fen);
                if (decision.Refusal?.Code == Refuse.BudgetExceeded.Code)
                    Assert.True(world.Taken(Programme.BudgetPool(ProgrammeCode)) + 8_000 * units > at.Budget.Fen);
            }
            ReadModelsAgree(world);
        }, runs: 60);

    private static void Run(World world, ClaimId claim, Work work)
    {
        var by = new Actor($"sample-person-{work.By}", Enum.GetValues<Role>(), RegionCode.National);
        var state = world.All<Claim>().Single(own => own.Id == claim);
        var payouts = world.All<Payout>().Where(payout => payout.Claim == claim).Select(payout => payout.Id).ToArray();
        var batches = world.All<PaymentBatch>().ToArray();
        var batch = batches.Length == 0 ? null : batches[work.Share % batches.Length];
        switch (work.Step)
        {
            case 0 or 1: world.Do(by, new AssessClaim(claim)); break;
            case 2 or 3: world.Do(by,
                new ApproveClaim(claim, (state.Assessment?.Amount ?? Money.Yuan(100)).Percent(work.Share), "样例")); break;
            case 4: world.Do(by, new WithdrawClaim(claim, "样例")); break;
            case 5: world.Do(by, new RefuseClaim(claim, "样例")); break;
            case 10: world.Do(by, new AppealRefusal(claim, "样例")); break;
            case 11: world.Do(by,
                new DecideAppeal(claim, work.Share % 2 == 0 ? AppealOutcome.Upheld : AppealOutcome.Reversed, "样例")); break;
            case 12: world.Do(by,
                new ReclassifyClaim(claim, state.Incident with { Grade = 1 + work.Share % 10 }, "样例")); break;
            case 13: world.Do(by, new ReopenClaim(claim, ReopeningCause.NewEvidence, "样例")); break;
            case 14: world.Do(by, new WithdrawAppeal(claim, "样例")); break;
            case 6 when payouts.Length > 0: world.Do(by, new AuthorisePayout(payouts[work.Share % payouts.Length])); break;
            case 7 when payouts.Length > 0: world.Do(by, new AssemblePaymentBatch([payouts[work.Share % payouts.Length]])); break;
            case 8 when batch is not null: world.Do(by, new ReleasePaymentBatch(batch.Id)); break;
            case 9 when batch is not null:
                world.Do(by, new RecordPaymentResults(batch.Id, [.. batch.Lines.Select(line => work.Share % 2 == 0
                    ? new ReportedResult(line.Payout, ReportedOutcome.Settled, "SAMPLE")
                        : new ReportedResult(line.Payout, ReportedOutcome.Returned, "SAMPLE", "样例"))]));
                break;
        }
    }

    private static readonly Comparer<PayoutId> ById = Comparer<PayoutId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private static void Conserved(World world)
    {
        var enrolment = world.All<Enrolment>().Single();
        var used = Money.Sum(world.Events.Select(recorded => recorded.Data).OfType<BenefitUsed>().Select(e => e.Amount));
        var ordered = Money.Sum(world.Events.Select(recorded => recorded.Data).OfType<PayoutOrdered>().Select(e => e.Amount));
        Assert.Equal(used, ordered);
        Assert.Equal(used, enrolment.Used);
        Assert.Equal(used,
            Money.Sum(world.All<BenefitAccount>().SelectMany(account => account.Benefits).Select(benefit => benefit.Amount)));
        Assert.Equal(used,
            enrolment.Counters.UsedFor(IncidentKind.Disability) + enrolment.Counters.UsedFor(IncidentKind.AccidentDeath));
        Assert.True(used <= Money.Yuan(120_000), $"{used} was approved under a cap of 120000.00");
        Assert.All(world.All<Payout>().GroupBy(payout => (payout.Claim, payout.Heir)), ofOnePayee => Assert.Single(ofOnePayee));
        Assert.All(world.All<Claim>().Where(claim => claim.Status == ClaimStatus.Approved), claim =>
        {
            var payouts = world.All<Payout>().Where(payout => payout.Claim == claim.Id).ToArray();
            Assert.Equal(claim.Outcome!.Amount, Money.Sum(payouts.Select(payout => payout.Amount)));
            Assert.Equal(claim.Outcome.Ordered.Order(ById), payouts.Select(payout => payout.Id).Order(ById));
        });
        Assert.All(world.All<Payout>().Where(payout => payout.Batch is not null), payout =>
            Assert.Single(world.All<PaymentBatch>(), batch => batch.Lines.Any(line => line.Payout == payout.Id)));
    }

    private static void ReadModelsAgree(World world)
    {
        foreach (var claim in world.All<Claim>())
        {
            var row = Row(ClaimBoard.Model, world, claim.Id.Value);
            Assert.Equal((claim.Status, claim.MissingDocuments.Count, claim.Assessment?.Amount, claim.Outcome?.Amount,
                claim.Outcome?.Payout, claim.Outcome?.By),
                (row.Status, row.MissingDocuments, row.AssessedAmount, row.ApprovedAmount, row.Payout, row.DecidedBy));
        }
        foreach (var payout in world.All<Payout>())
        {
            var row = Row(PayoutLedger.Model, world, payout.Id.Value);
            Assert.Equal((payout.Status, payout.Amount, payout.Batch, payout.BankReference, payout.ReturnReason),
                (row.Status, row.Amount, row.Batch, row.BankReference, row.ReturnReason));
        }
        foreach (var batch in world.All<PaymentBatch>())
        {
            var row = Row(PaymentBatchList.Model, world, batch.Id.Value);
            Assert.Equal((batch.Status, batch.Total, batch.Lines.Count, batch.Results.Count),
                (row.Status, row.Total, row.Lines, row.Settled + row.Returned));
        }
        foreach (var enrolment in world.All<Enrolment>())
        {
            var row = Row(EnrolmentRegister.Model, world, enrolment.Id.Value);
            Assert.Equal((enrolment.Used, enrolment.Benefits, enrolment.CertificateNumber),
                (row.BenefitUsed, row.Benefits, row.CertificateNumber));
            Assert.Equal((enrolment.Status, enrolment.CoverFrom, enrolment.CoverTo, enrolment.End?.LastDay),
                (row.Status, row.CoverFrom, row.CoverTo, row.LastDay));
            Assert.Equal(enrolment.Paid.Count == 0, row.Paid is null);
            Assert.Equal(
                enrolment.Paid.GroupBy(paid => paid.Payer)
                    .ToDictionary(payer => payer.Key, payer => Money.Sum(payer.Select(paid => paid.Amount))),
                row.Paid?.ToDictionary() ?? []);
        }
        foreach (var plan in world.All<Plan>())
        {
            var row = Row(PlanCatalogue.Model, world, plan.StreamId);
            Assert.Equal((plan.Latest!.Number, plan.Latest.RuleHash, plan.Latest.EffectiveFrom),
                (row.LatestVersion, row.RuleHash, row.EffectiveFrom));
        }
        foreach (var programme in world.All<Programme>())
        {
            var row = Row(ProgrammeList.Model, world, programme.StreamId);
            Assert.Equal((programme.Quota, programme.Reach, programme.Budget, programme.Allocations.Sum(allocation => allocation.Places)),
                (row.Quota, row.Region, row.Budget, row.Allocated));
        }
    }

    private static TRow Row<TRow>(ReadModel<TRow> model, World world, Guid stream) where TRow : class =>
        world.Stream(stream).Aggregate((TRow?)null, (row, recorded) => model.Evolve(row, recorded))!;
}
