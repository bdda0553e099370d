namespace ClaimsEngine.Specs;

public class RefuseClaimSpecs
{
    private static readonly RefuseClaim TheRequest = new(TheClaim, "不属于保障责任", "第五条");

    [Fact]
    public void A_refusal_has_its_grounds_and_frees_the_incident_for_a_new_claim() =>
        RefuseAs(Approver, AnAssessedClaim()).Decides(TheRefusal)
            .Guards(Claim.IncidentKeys(TheEnrolment, GradeOneDisability).Single(), TheClaim.Value, take: false);

    [Fact]
    public void A_claim_may_be_refused_before_it_is_assessed() => RefuseAs(Approver, ASubmittedClaim()).The<ClaimRefused>();

    [Fact]
    public void Refusing_twice_changes_nothing() => RefuseAs(Approver, ARefusedClaim()).ChangesNothing();

    [Fact]
    public void Who_may_not_refuse_is_refused_though_it_is_refused_already()
    {
        RefuseAs(Approver with { Id = Officer.Id }, ARefusedClaim()).IsRefused(Refuse.FourEyes);
        RefuseAs(Approver with { Id = Assessor.Id }, ARefusedClaim()).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void An_approved_or_withdrawn_claim_is_not_refused()
    {
        RefuseAs(Approver, AnApprovedClaim()).IsRefused(Refuse.WrongState);
        RefuseAs(Approver, AWithdrawnClaim()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_refusal_has_a_reason_and_a_short_clause()
    {
        Assert.Equal(["clause", "reason"], (TheRequest with { Reason = "", Clause = new string('条', 201) }).BrokenFields());
        Assert.Empty((TheRequest with { Clause = null }).BrokenFields());
    }

    private static Decision RefuseAs(Actor by, Claim claim) =>
        RefuseClaimHandler.Handle(TheRequest, claim, AnEnrolledTruckDriver(), by, Today);
}
