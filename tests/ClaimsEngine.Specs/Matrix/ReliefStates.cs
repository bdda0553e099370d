using static ClaimsEngine.Specs.ReliefGiven;

namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of a relief fund, and of an application for its money.</summary>
public static class ReliefStates
{
    public static readonly Family<ReliefFund> Funds = new("relief-fund",
    [
        new("open", () => Fund()),
        new("passed down", () => PassedDown()),
        new("spent", () => PassedDown().Then(Cashier, _ => new AllocateReliefMoney(FundCode, Money.Yuan(5_000), Lanzhou))),
        new("over", () => ClaimStates.Later(PassedDown(), 200)),
        new("closed", Closed),
    ],
    [
        ("closed", fund => fund.Closed), ("passed down", fund => fund is { Closed: false, Levels.Count: > 1 }),
    ]);

    public static readonly Family<ReliefApplication> Applications = new("relief-application",
    [
        new("applied", () => Applied()),
        new("checked", () => Checked()),
        new("granted", () => Granted()),
        new("refused", () => Checked().Then(DistrictApprover, b => new RefuseRelief(new(b.Of), "收入高于标准"))),
        new("withdrawn", () => Applied().Then(Officer, b => new WithdrawReliefApplication(new(b.Of), "申请人撤回"))),
        new("fund closed", () => Checked().Then(PlanAdmin, _ => new CloseReliefFund(FundCode, "活动结束"))),
    ],
    Family<ReliefApplication>.Each(application => application.Status));

    public static Built Applied(World? world = null)
    {
        world = PassedDown(world).World;
        return new Built(world, world.Do(Officer, Application).The<ReliefApplicationRecorded>().Application.Value);
    }

    public static Built Checked(World? world = null) =>
        Applied(world).Then(Checker, b => new CheckReliefApplication(new(b.Of), "入户走访，情况属实"));

    public static Built Granted(World? world = null) => Checked(world).Then(
        DistrictApprover, b => new GrantRelief(new(b.Of), Money.Yuan(2_000), "符合条件"));

    public static Built PassedDown(World? world = null) => Fund(world)
        .Then(Cashier, _ => new AllocateReliefMoney(FundCode, Money.Yuan(5_000), Wuwei))
        .Then(CityCashier, _ => new AllocateReliefMoney(FundCode, Money.Yuan(3_000), Liangzhou));

    private static Built Closed() => PassedDown().Then(PlanAdmin, _ => new CloseReliefFund(FundCode, "活动结束"));

    public static Built Fund(World? world = null)
    {
        world ??= new World();
        world.Do(PlanAdmin, Opening).The<ReliefFundOpened>();
        return new Built(world, ReliefFundId.Of(FundCode).Value);
    }
}
