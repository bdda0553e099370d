using ClaimsEngine.Specs.Matrix;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Payments that were recorded and went back.</summary>
public class ReturnContributionSpecs
{
    private const string Sponsor = "甘肃省总工会";

    [Fact]
    public void What_is_due_is_due_again_and_the_certificate_waits_for_it()
    {
        var paid = PaidFor();
        Return(paid).Decides(new ContributionReturned(Company, Money.Yuan(40), "T-1", Today, "代扣退回", Cashier.Id, CoverWaits: true));
        var after = paid.After(Return(paid));
        Assert.Equal((EnrolmentStatus.Pending, Money.Zero), (after.Status, after.PaidBy(Company)));
        Assert.Equal([WaitsFor.Payment], after.WaitsFor);
        Assert.False(after.Covers(Today.PlusDays(1)));
    }

    [Fact]
    public void Paid_once_more_it_covers_from_the_day_after_that()
    {
        var world = CoverStates.Pending().Then(Cashier, CoverStates.Share).Then(Cashier, b => Back(new(b.Of)));
        world.World.Now += Duration.FromDays(5);
        world.World.Do(Cashier, new RecordContribution(new(world.Of), Company, Money.Yuan(40), "T-1", Today.PlusDays(5)))
            .IsRefused(Refuse.PaymentContradicts, "reference");
        var took = world.World.Do(Cashier, new RecordContribution(new(world.Of), Company, Money.Yuan(40), "T-2", Today.PlusDays(5)));
        Assert.Equal(Today.PlusDays(6), took.The<CoverTookEffect>().From);
    }

    [Fact]
    public void A_share_that_cover_did_not_wait_for_is_owed_and_cover_goes_on()
    {
        var paid = PaidFor().After(new ContributionPaid(Sponsor, Money.Yuan(80), "S-1", Today, Cashier.Id));
        var after = paid.After(Return(paid, Sponsor, "S-1"));
        Assert.Equal((EnrolmentStatus.InForce, Money.Zero), (after.Status, after.PaidBy(Sponsor)));
    }

    [Fact]
    public void A_certificate_under_which_a_claim_was_made_stays_in_force()
    {
        Assert.Null(Return(PaidFor().After(new ClaimOpened(TheClaim, Officer.Id))).The<ContributionReturned>().CoverWaits);
        Assert.Null(Return(PaidFor().After(Used(Money.Yuan(1)))).The<ContributionReturned>().CoverWaits);
    }

    [Fact]
    public void The_same_again_changes_nothing_and_what_does_not_fit_is_refused()
    {
        var after = PaidFor().After(Return(PaidFor()));
        Return(after).ChangesNothing();
        Return(after, on: Today.PlusDays(-1)).IsRefused(Refuse.PaymentContradicts, "returnedOn");
        Return(PaidFor(), reference: "T-9").IsRefused(Refuse.UnknownPayment, "reference");
        Return(PaidFor(), on: Today.PlusDays(1)).IsRefused(Refuse.InvalidRequest, "returnedOn");
        Return(PaidFor(), on: Today.PlusDays(-1)).IsRefused(Refuse.InvalidRequest, "returnedOn");
    }

    [Fact]
    public void A_payment_that_went_back_is_not_refunded_and_one_that_is_refunded_does_not_go_back()
    {
        var cancelled = PaidFor().After(new EnrolmentCancelled("退出", null, Officer.Id, [new Refund(Company, Money.Yuan(40), Today)]));
        Assert.Empty(cancelled.After(Return(cancelled)).Refunds(Today));
        Return(cancelled.After(new RefundOrdered(Company, Money.Yuan(40), ThePayout, Cashier.Id))).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Whatever_comes_and_goes_back_what_is_due_is_what_is_paid_and_what_is_left() => Property.Holds(
        (from back in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
            from sponsor in Gen.Elements(true, false)
            from fen in Gen.Choose(1, 5_000)
            from reference in Gen.Choose(1, 4)
         select (back, sponsor, fen, reference)).ArrayOf(20), steps =>
        {
            var built = CoverStates.Pending();
            var id = new EnrolmentId(built.Of);
            foreach (var (back, sponsor, fen, reference) in steps)
            {
                var payer = sponsor ? Sponsor : Company;
                built.World.Do(Cashier, back ? new ReturnContribution(id, payer, $"T-{reference}", Today, "退回")
                    : new RecordContribution(id, payer, new Money(fen), $"T-{reference}", Today));
                var enrolment = built.State<Enrolment>();
                foreach (var share in enrolment.Funding)
                    Assert.InRange(enrolment.PaidBy(share.Payer).Fen, 0, share.Amount.Fen);
                Assert.Equal(enrolment.AwaitsPayment, enrolment.Status == EnrolmentStatus.Pending);
                var row = built.World.Stream(built.Of).Aggregate((EnrolmentRow?)null, EnrolmentRegister.Model.Evolve)!;
                Assert.Equal(Money.Sum(enrolment.Paid.Select(paid => paid.Amount)), Money.Sum(row.Paid?.Values ?? []));
                Assert.Equal(enrolment.Status, row.Status);
            }
        }, runs: 60);

    public static ReturnContribution Back(EnrolmentId enrolment) => new(enrolment, Company, "T-1", Today, "代扣退回");

    private static Enrolment PaidFor() => CoverStates.Pending().Then(Cashier, CoverStates.Share).State<Enrolment>();

    private static Decision Return(Enrolment enrolment, string payer = Company, string reference = "T-1", LocalDate? on = null) =>
        ReturnContributionHandler.Handle(
            new ReturnContribution(enrolment.Id, payer, reference, on ?? Today, "代扣退回"), enrolment, Cashier, Today);
}
