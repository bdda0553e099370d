namespace ClaimsEngine.Specs;

public class WithdrawClaimSpecs
{
    private static readonly WithdrawClaim TheWithdrawal = new(TheClaim, "申领人撤回");

    [Fact]
    public void Withdrawing_frees_the_incident_for_a_new_claim() =>
        Withdraw(ASubmittedClaim()).Decides(new ClaimWithdrawn("申领人撤回", Officer.Id, Today))
            .Guards(Claim.IncidentKeys(TheEnrolment, GradeOneDisability).Single(), TheClaim.Value, take: false);

    [Fact]
    public void An_assessed_claim_may_be_withdrawn() => Withdraw(AnAssessedClaim()).The<ClaimWithdrawn>();

    [Fact]
    public void Withdrawing_twice_changes_nothing() => Withdraw(AWithdrawnClaim()).ChangesNothing();

    [Fact]
    public void A_decided_claim_is_not_withdrawn()
    {
        Withdraw(AnApprovedClaim()).IsRefused(Refuse.WrongState);
        Withdraw(ARefusedClaim()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_withdrawal_has_a_reason() => Assert.Equal(["reason"], (TheWithdrawal with { Reason = " " }).BrokenFields());

    private static Decision Withdraw(Claim claim) =>
        WithdrawClaimHandler.Handle(TheWithdrawal, claim, AnEnrolledTruckDriver(), Officer, Today);
}
