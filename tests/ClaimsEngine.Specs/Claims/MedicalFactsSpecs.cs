namespace ClaimsEngine.Specs;

/// <summary>Finance pays: it is shown amounts and payees, and nothing that tells of an illness or an event.</summary>
public class MedicalFactsSpecs
{
    [Theory]
    [InlineData(Role.Officer, true)]
    [InlineData(Role.Approver, true)]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.Finance, false)]
    [InlineData(Role.PlanAdmin, false)]
    [InlineData(Role.Operator, false)]
    public void Who_handles_or_examines_cases_sees_them(Role role, bool sees)
    {
        Assert.Equal(sees, (Cashier with { Roles = [role] }).SeesMedicalFacts);
        Assert.True((Cashier with { Roles = [role, Role.Officer] }).SeesMedicalFacts);
    }

    [Fact]
    public async Task Who_pays_sees_of_a_claim_its_number_amounts_payee_and_payouts()
    {
        var world = Journey.ToAnApprovedClaim(out _);
        var claim = Assert.Single(world.All<Claim>());
        var (whole, paid) = (await Shown(Officer), await Shown(Cashier));
        Assert.Equal((whole.Number, whole.Status, whole.AssessedAmount, whole.ApprovedAmount, whole.PayoutId, whole.Account),
            (paid.Number, paid.Status, paid.AssessedAmount, paid.ApprovedAmount, paid.PayoutId, paid.Account));
        Assert.Equal(whole.Claimant, paid.Claimant);
        Assert.Equal((GradeOneDisability, "材料齐全"), (whole.Incident, whole.DecisionReason));
        Assert.NotNull(whole.Steps);
        Assert.NotEmpty(whole.Documents);
        Assert.Equal((null, null, null), (paid.Incident, paid.DecisionReason, paid.Steps));
        Assert.Empty(paid.Documents);

        Task<ClaimView> Shown(Actor by)
        {
            world.By = by;
            return ClaimView.Of(claim, world);
        }
    }
}
