using ClaimsEngine.Specs.Matrix;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Decisions, payables and bank side by side. That nothing is unexplained in any state, the walks of the matrix show.</summary>
public class ThreeWaySpecs
{
    private static readonly Money Amount = Money.Yuan(120_000);

    [Fact]
    public void An_ordered_payout_is_decided_and_payable_and_waits_for_its_authorisation() =>
        Is(Only(ClaimStates.Approved()), ordered: Amount);

    [Fact]
    public void An_authorised_payout_is_told_as_such() => Is(Only(PaymentStates.AuthorisedPayout(ClaimStates.Approved())),
        authorised: Amount);

    [Fact]
    public void A_held_payout_is_told_as_held_and_not_as_ordered() => Is(Only(PaymentStates.ThePayout(ClaimStates.Approved())
        .Then(Cashier, b => new HoldPayout(new(b.Of), "账户待核实"))), held: Amount);

    [Fact]
    public void A_sent_payout_is_in_transit() => Is(Only(PaymentStates.ReleasedPayout(ClaimStates.Approved())), inTransit: Amount);

    [Fact]
    public void A_settled_payout_is_explained_until_a_statement_shows_it()
    {
        var settled = PaymentStates.ThePayout(PaymentStates.SettledPayout(ClaimStates.Approved()));
        Is(Only(settled), settled: Amount, notOnStatement: Amount);
        Is(Only(settled.Then(Cashier, b => PaymentStates.StatementOf(b, "1"))), settled: Amount, onStatement: Amount);
    }

    [Fact]
    public void A_statement_may_come_before_the_result() => Is(
        Only(PaymentStates.ThePayout(PaymentStates.ReleasedPayout(ClaimStates.Approved()))
            .Then(Cashier, b => PaymentStates.StatementOf(b, "1"))),
        inTransit: Amount, onStatement: Amount, leftWithoutResult: Amount);

    [Fact]
    public void A_returned_payout_is_gone_by_the_statements_until_one_shows_it_back() => Is(
        Only(PaymentStates.ThePayout(PaymentStates.ReturnedPayout(ClaimStates.Approved()))
            .Then(Cashier, b => PaymentStates.StatementOf(b, "1"))),
        returned: Amount, onStatement: Amount, notBack: Amount);

    [Fact]
    public void A_payout_that_is_ordered_anew_counts_once_in_the_month_of_its_first_order()
    {
        var returned = PaymentStates.ThePayout(PaymentStates.ReturnedPayout(ClaimStates.Approved()));
        var month = PayoutBasis.Month(returned.State<Payout>().OrderedOn);
        returned.World.Now += Duration.FromDays(40);
        var anew = returned.Then(Cashier, b =>
            new ReissuePayout(new(b.Of), DriversAccountDetails with { Bank = "样例银行武威分行" }, "开户行已更正"));
        Is(Only(anew), ordered: Amount);
        Assert.Equal(month, Only(anew).Month);
    }

    [Fact]
    public void A_refund_that_nobody_has_ordered_stands_apart()
    {
        var row = Assert.Single(ThreeWay.Of([], [new ThreeWayCell("plan", 2025, null, null, Amount)]));
        Assert.Equal((Amount, Amount, Money.Zero, Money.Zero), (row.Decisions, row.RefundsToOrder, row.Payables, row.Unexplained));
    }

    [Fact]
    public void Rows_that_were_tampered_with_are_found()
    {
        var rows = ThreeWayAgrees.Rows.Of(PaymentStates.SettledPayout(ClaimStates.Approved()).World);
        var (claim, payout) = (rows.Claims.Single(), rows.Payouts.Single());
        ThreeWayAgrees.Rows Payout(PayoutRow row) => rows with { Payouts = new Dictionary<Guid, PayoutRow> { [payout.Key] = row } };
        ThreeWayAgrees.Rows Claim(ClaimRow row) => rows with { Claims = new Dictionary<Guid, ClaimRow> { [claim.Key] = row } };
        (ThreeWayFault, Guid, Money)[] Found(ThreeWayAgrees.Rows told)
        {
            var (table, findings) = ThreeWayAgrees.Asked(told);
            Conserves(table);
            return [.. findings.Select(one => (one.Fault, one.Decision, table.Single().Unexplained + table.Single().Contradicted))];
        }

        var fen = new Money(1);
        Assert.Empty(Found(rows));
        Assert.Equal([(ThreeWayFault.AmountsDiffer, claim.Key, fen)],
            Found(Claim(claim.Value with { ApprovedAmount = Amount + fen })));
        Assert.Equal([(ThreeWayFault.AmountsDiffer, claim.Key, Money.Zero - fen)],
            Found(Payout(payout.Value with { Amount = Amount + fen })));
        Assert.Equal([(ThreeWayFault.PayoutWithoutDecision, claim.Key, Money.Zero - Amount)],
            Found(Claim(claim.Value with { Status = ClaimStatus.Refused })));
        Assert.Equal([(ThreeWayFault.DecisionWithoutPayout, claim.Key, Amount)],
            Found(rows with { Payouts = new Dictionary<Guid, PayoutRow>() }));
        Assert.Equal([(ThreeWayFault.DecisionWithoutPayout, claim.Key, Amount)],
            Found(Payout(payout.Value with { Status = PayoutStatus.Cancelled })));
        Assert.Equal([(ThreeWayFault.StatementContradicts, claim.Key, Amount)],
            Found(Payout(payout.Value with { LeftOn = Today, CameBackOn = Today })));
        Assert.Equal([(ThreeWayFault.StatementContradicts, claim.Key, Money.Zero - Amount)],
            Found(Payout(payout.Value with { Status = PayoutStatus.Ordered, LeftOn = Today })));
    }

    /// <summary>Whatever rows say, no fen is lost between the three.</summary>
    [Fact]
    public void What_lies_between_the_three_adds_up_whatever_the_rows_say() => Property.Holds(
        (from month in Gen.Choose(1, 2) from status in Gen.Choose(-1, Enum.GetValues<PayoutStatus>().Length - 1)
         from fen in Gen.Choose(0, 50_000_000) from flags in Gen.Choose(0, 31)
         select new ThreeWayCell("plan", 2025, $"2025-0{month}", status < 0 ? null : (PayoutStatus)status, new Money(fen),
             (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, status >= 0 && (flags & 8) != 0, status >= 0 && (flags & 16) != 0))
        .ListOf(),
        cells =>
        {
            var rows = ThreeWay.Of(cells, [new ThreeWayCell("plan", 2025, null, null, Amount)]);
            Conserves(rows);
            Conserves([ThreeWay.Total(rows)]);
            Assert.Equal(rows.Count, rows.Select(row => (row.Plan, row.PlanYear, row.Month)).Distinct().Count());
        });

    private static void Conserves(IReadOnlyList<ThreeWayRow> rows) => Assert.All(rows, row =>
    {
        Assert.Equal(row.Decisions - row.Payables, row.RefundsToOrder + row.Unexplained);
        Assert.Equal(row.Payables - row.Settled, row.Ordered + row.Authorised + row.Held + row.InTransit + row.Returned);
        Assert.Equal(row.Settled - row.OnStatement,
            row.NotOnStatement - row.LeftWithoutResult - row.NotBackOnStatement + row.Contradicted);
    });

    private static ThreeWayRow Only(Built built)
    {
        var (rows, findings) = ThreeWayAgrees.Asked(ThreeWayAgrees.Rows.Of(built.World));
        Assert.Empty(findings);
        return Assert.Single(rows);
    }

    private static void Is(
        ThreeWayRow row, Money ordered = default, Money authorised = default, Money held = default, Money inTransit = default,
        Money returned = default, Money settled = default, Money notOnStatement = default, Money leftWithoutResult = default,
        Money notBack = default, Money onStatement = default) => Assert.Equal(
        row with
        {
            Decisions = Amount, RefundsToOrder = Money.Zero, Payables = Amount, Ordered = ordered, Authorised = authorised, Held = held,
            InTransit = inTransit, Returned = returned, Settled = settled, NotOnStatement = notOnStatement,
            LeftWithoutResult = leftWithoutResult, NotBackOnStatement = notBack, OnStatement = onStatement, Unexplained = Money.Zero,
            Contradicted = Money.Zero,
        },
        row);
}
