using ClaimsEngine.Specs.Matrix;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Calls for contributions that are due, and the files of payments that answer them.</summary>
public class ContributionCallSpecs
{
    private const string Sponsor = "甘肃省总工会";

    private static readonly ContributionCallId TheCall = new(Id(170));

    private static readonly CallContributions Call = new(ProgrammeCode, Company, Today.PlusDays(30));

    [Fact]
    public void A_call_lists_what_is_left_of_the_payers_shares_now()
    {
        var built = CoverStates.Pending();
        built.World.Do(Cashier, new RecordContribution(new(built.Of), Company, Money.Yuan(15), "T-1", Today)).The<ContributionPaid>();
        var decision = built.World.Do(Cashier, Call);
        var called = decision.The<ContributionCalled>();
        Assert.Equal((1, Money.Yuan(25), Company, Liangzhou), (called.Count, called.Total, called.Payer, called.Region));
        var line = Assert.Single(decision.The<CallLinesListed>().Lines);
        Assert.Equal((new EnrolmentId(built.Of), Money.Yuan(25)), (line.Enrolment, line.Amount));
    }

    [Fact]
    public void A_share_is_in_one_open_call_at_most_and_may_be_called_for_again_after_it_is_closed()
    {
        var world = CoverStates.Pending().World;
        var call = world.Do(Cashier, Call).The<ContributionCalled>().Call;
        world.Do(Cashier, Call).IsRefused(Refuse.NothingOwed);
        Assert.Equal(Sponsor, world.Do(Cashier, Call with { Payer = Sponsor }).The<ContributionCalled>().Payer);
        world.Do(Cashier, new CloseContributionCall(call, "重新通知")).The<ContributionCallClosed>();
        world.Do(Cashier, new CloseContributionCall(call, "重新通知")).ChangesNothing();
        world.Do(Cashier, Call).The<ContributionCalled>();
    }

    [Fact]
    public void Who_calls_at_the_same_moment_is_refused() => Handle([Owed(1)]).Guards(
        ContributionCall.ShareKey(new EnrolmentId(Id(1)), Company), TheCall.Value, Refuse.ShareCalled);

    [Fact]
    public void The_lines_of_a_large_call_come_in_parts_and_are_all_there()
    {
        var decision = Handle([.. Enumerable.Range(1, 10_001).Select(Owed)]);
        Assert.All(decision.Events.OfType<CallLinesListed>(), part => Assert.InRange(part.Lines.Count, 1, 2_000));
        var call = StateOf<ContributionCall>(decision.Events);
        Assert.Equal((10_001, Money.Yuan(400_040)), (call.Lines.Count, call.Total));
        Assert.Equal(call.Total, Money.Sum(call.Lines.Select(line => line.Amount)));
        Handle([.. Enumerable.Range(1, 50_001).Select(Owed)]).IsRefused(Refuse.CallTooLarge, "employer");
    }

    [Fact]
    public void What_does_not_fit_the_programme_is_refused()
    {
        Handle([Owed(1)], Call with { Payer = "别的单位" }).IsRefused(Refuse.UnknownPayer, "payer");
        Handle([Owed(1)], Call with { DueOn = Today.PlusDays(-1) }).IsRefused(Refuse.InvalidRequest, "dueOn");
        Handle([]).IsRefused(Refuse.NothingOwed);
        CallContributionsHandler.Handle(Call, null, [], TheCall, Cashier, Today).IsRefused(Refuse.UnknownProgramme, "programme");
    }

    [Fact]
    public void One_transfer_for_all_pays_of_each_certificate_what_is_left_and_says_the_same_again()
    {
        var one = APendingEnrolment();
        var half = APendingEnrolment().After(new ContributionPaid(Company, Money.Yuan(15), "T-1", Today, Cashier.Id));
        var all = new CallPayment("all", Money.Yuan(65), "T-2", Today);
        Assert.Equal([Money.Yuan(40), Money.Yuan(25)], CallPayments.OfAll(Company, all, [one, half]).Parts.Select(part => part.Amount));
        var done = one.After(new ContributionPaid(Company, Money.Yuan(40), "T-2", Today, Cashier.Id));
        Assert.Equal([Money.Yuan(40), Money.Yuan(25)], CallPayments.OfAll(Company, all, [done, half]).Parts.Select(part => part.Amount));
        Assert.Equal(Refuse.ShareExceeded, CallPayments.OfAll(Company, all with { Amount = Money.Yuan(64) }, [one, half]).No!.Rule);
    }

    [Fact]
    public void Whatever_is_paid_or_goes_back_the_register_says_due_is_paid_and_left() => Property.Holds(
        (from back in Gen.Elements(true, false)
            from sponsor in Gen.Elements(true, false)
            from fen in Gen.Choose(1, 5_000)
            from reference in Gen.Choose(1, 3)
         select (back, sponsor, fen, reference)).ArrayOf(15), steps =>
        {
            var built = CoverStates.Pending();
            var id = new EnrolmentId(built.Of);
            foreach (var (back, sponsor, fen, reference) in steps)
                built.World.Do(Cashier, back
                    ? new ReturnContribution(id, sponsor ? Sponsor : Company, $"T-{reference}", Today, "退回")
                    : new RecordContribution(id, sponsor ? Sponsor : Company, new Money(fen), $"T-{reference}", Today));
            var (enrolment, row) = (built.State<Enrolment>(),
                built.World.Stream(built.Of).Aggregate((EnrolmentRow?)null, EnrolmentRegister.Model.Evolve)!);
            foreach (var share in row.Standings!)
            {
                Assert.Equal(share.Due, share.Paid + share.Left);
                Assert.Equal(enrolment.PaidBy(share.Payer), share.Paid);
                Assert.Equal(CallPayments.Left(enrolment, share.Payer), share.Left);
            }
            Assert.Equal(row.Standings.Any(share => share.Left.IsPositive), row.Owing);
        }, runs: 60);

    private static ShareOwed Owed(int nth) => new(new EnrolmentId(Id(nth)), $"E62-{nth:00000}", Liangzhou, Money.Yuan(40));

    private static Decision Handle(IReadOnlyList<ShareOwed> owed, CallContributions? command = null) => CallContributionsHandler.Handle(
        command ?? Call, StateOf<Programme>(Opened() with { Funding = EnrolledPending().Funding }), owed, TheCall, Cashier, Today);
}
