using static ClaimsEngine.Specs.Matrix.ClaimStates;

namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of a plan's books. A claim was approved under the plan in November 2025, and nothing of it is paid.</summary>
public static class BookStates
{
    public static readonly BookMonth October = BookMonth.Of("2025-10");

    public static readonly Family<PlanBooks> Books = new("plan-books",
    [
        new("October closed", Closed),
        new("November over", () => Later(Closed(), 20)),
        new("reopening proposed", Proposed),
        new("reopened", Reopened),
        new("closed anew", () => Reopened().Then(Cashier, _ => new ClosePeriod(PlanCode, October))),
        new("all months closed", AllClosed),
        new("plan year closed", () => AllClosed().Then(Cashier, _ => new ClosePlanYear(PlanCode, 2025))),
    ],
    [
        ("a month is closed", books => books.ClosedThrough is not null),
        ("a reopening is proposed", books => books.Reopening is not null),
        ("a month was closed twice", books => books.Closings.GroupBy(closing => closing.Month).Any(months => months.Count() > 1)),
        ("a plan year is closed", books => books.Years.Count > 0),
    ]);

    /// <summary>The month that is to be closed next.</summary>
    public static BookMonth NextOf(Built built) => built.State<PlanBooks>().ClosedThrough?.Next ?? October;

    public static BookMonth LastOf(Built built) => built.State<PlanBooks>().ClosedThrough ?? October;

    private static Built Closed()
    {
        var world = Approved().World;
        world.Do(Cashier, new ClosePeriod(PlanCode, October)).The<PeriodClosed>();
        return new Built(world, PlanBooksId.Of(PlanCode).Value);
    }

    private static Built Proposed() => Closed().Then(Cashier, _ => new ProposeReopening(PlanCode, October, "一笔付款入账有误"));

    private static Built Reopened() => Proposed().Then(Releaser, _ => new ConfirmReopening(PlanCode, October));

    /// <summary>The last cover has ended, and a month was closed after that.</summary>
    private static Built AllClosed() => Enumerable.Range(0, 14).Aggregate(Later(Closed(), 450), (built, _) =>
        built.Then(Cashier, own => new ClosePeriod(PlanCode, NextOf(own))));
}
