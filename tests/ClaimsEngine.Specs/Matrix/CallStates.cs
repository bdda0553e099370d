namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of a call for contributions.</summary>
public static class CallStates
{
    public static readonly Family<ContributionCall> Calls = new("contribution-call",
    [
        new("open", () => Open()),
        new("open, paid", () => Paid(Open())),
        new("closed", () => Paid(Open()).Then(Cashier, b => new CloseContributionCall(new(b.Of), "已缴清"))),
    ],
    Family<ContributionCall>.Each(call => call.Status));

    private static Built Open()
    {
        var world = CoverStates.Pending().World;
        var call = world.Do(Cashier, new CallContributions(ProgrammeCode, Company, Today.PlusDays(30))).The<ContributionCalled>();
        return new Built(world, call.Call.Value);
    }

    private static Built Paid(Built call) => call.Then(Cashier, b => new RecordContribution(
        b.World.All<Enrolment>().Single().Id, Company, Money.Yuan(40), "T-1", Today));
}
