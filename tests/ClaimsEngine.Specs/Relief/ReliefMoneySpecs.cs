using FsCheck.Fluent;
using static ClaimsEngine.Specs.ReliefGiven;

namespace ClaimsEngine.Specs;

/// <summary>Over all levels what was granted and what is left make the budget, whatever the order of commands.</summary>
public class ReliefMoneySpecs
{
    private sealed record Work(int Step, int Level, int Person, int Yuan);

    private static readonly FsCheck.Gen<Work[]> Works =
        (from step in Gen.Frequency((8, Gen.Choose(0, 4)), (1, Gen.Constant(5)))
            from level in Gen.Choose(0, 3)
            from person in Gen.Choose(1, 9)
            from yuan in Gen.Choose(1, 4_000)
         select new Work(step, level, person, yuan)).ArrayOf(40);

    [Fact]
    public void No_level_gives_more_than_it_has_and_no_fen_is_lost() => Property.Holds(Works, works =>
    {
        var world = new World();
        world.Do(Officer, new RegisterEmployer(EmployerCode, "样例运输有限公司", Liangzhou, 120, 40)).The<EmployerRegistered>();
        world.Do(PlanAdmin, Opening).The<ReliefFundOpened>();
        foreach (var work in works)
        {
            var before = Fund(world).Levels.ToDictionary(level => level.Pool, level => level.Left(world.Taken(level.Pool)));
            var decision = Run(world, work);
            Conserved(world);
            if (decision.Refusal?.Code == Refuse.ReliefMoneyShort.Code)
                Assert.Contains(before.Values, left => left < Money.Yuan(work.Yuan));
        }
        ReadModelsAgree(world);
    }, runs: 100);

    private static Decision Run(World world, Work work)
    {
        var (region, unit) = work.Level switch
        {
            0 => (Wuwei, null), 1 => (Liangzhou, null), 2 => (Lanzhou, null), _ => ((RegionCode?)null, EmployerCode),
        };
        var amount = Money.Yuan(work.Yuan);
        var open = world.All<ReliefApplication>().Where(one => one.IsOpen).ToArray();
        return work.Step switch
        {
            0 => world.Do(Cashier, new AllocateReliefMoney(FundCode, amount, region, unit)),
            1 => world.Do(Cashier, new ReturnReliefMoney(FundCode, amount, region, unit)),
            2 => world.Do(Officer with { Region = Gansu }, ApplicationOf(work.Person, region ?? Liangzhou, unit, amount)),
            3 when open is [var first, ..] => world.Do(Checker with { Region = Gansu }, new CheckReliefApplication(first.Id, "样例")),
            4 when open is [var first, ..] => world.Do(Approver, new GrantRelief(first.Id, Money.Min(amount, first.Asked), "样例")),
            5 when open is [var first, ..] => world.Do(Approver, new RefuseRelief(first.Id, "样例")),
            _ => Decision.Nothing,
        };
    }

    private static ApplyForRelief ApplicationOf(int person, RegionCode region, string? unit, Money amount)
    {
        var (name, first) = ($"样例{person}", $"6206021985031200{person}");
        return new ApplyForRelief(
            FundCode, Schooling.Code, new ReliefApplicant(name, IdentityNumber.Of(first + IdentityNumber.CheckCharacter(first)), region,
                DriversAccountDetails with { Holder = name }), amount, "样例", new ReliefHousehold(Money.Zero, []), [], unit);
    }

    private static void Conserved(World world)
    {
        var (fund, granted) = (Fund(world), Grants(world).ToLookup(grant => grant.Pool, grant => grant.Amount));
        foreach (var level in fund.Levels)
        {
            var taken = world.Taken(level.Pool);
            Assert.Equal(Money.Sum(granted[level.Pool]), level.Granted(taken));
            Assert.InRange(level.Left(taken).Fen, 0, fund.Budget.Fen);
        }
        Assert.Equal(fund.Budget, Money.Sum(fund.Levels.Select(level => level.Left(world.Taken(level.Pool))))
            + Money.Sum(Grants(world).Select(grant => grant.Amount)));
        Assert.Equal(Money.Sum(Grants(world).Select(grant => grant.Amount)),
            Money.Sum(world.Events.Select(recorded => recorded.Data).OfType<ReliefPayoutOrdered>().Select(ordered => ordered.Amount)));
    }

    private static void ReadModelsAgree(World world)
    {
        var top = Fund(world).Levels[0];
        Assert.Equal(top.PassedDown - top.CameBack,
            world.Stream(Fund(world).StreamId).Aggregate((ReliefFundRow?)null, ReliefFundList.Evolve)!.PassedDown);
        foreach (var application in world.All<ReliefApplication>())
        {
            var row = world.Stream(application.StreamId).Aggregate((ReliefRow?)null, ReliefBoard.Evolve)!;
            Assert.Equal((application.Status, application.Grant?.Amount, application.Grant?.Payout, application.DecidedBy),
                (row.Status, row.Granted, row.Payout, row.DecidedBy));
        }
        foreach (var payout in world.All<Payout>())
        {
            var row = world.Stream(payout.StreamId).Aggregate((PayoutRow?)null, PayoutLedger.Evolve)!;
            Assert.Equal((payout.Relief!.Fund, payout.Relief.Application, payout.Amount, (ClaimId?)null),
                (row.Fund, row.Relief!.Value, row.Amount, row.Claim));
        }
    }

    private static ReliefFund Fund(World world) => world.All<ReliefFund>().Single();

    private static IEnumerable<ReliefGranted> Grants(World world) =>
        world.Events.Select(recorded => recorded.Data).OfType<ReliefGranted>();
}
