using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>The claimant takes the claim back before it is decided.</summary>
public sealed record WithdrawClaim(ClaimId Claim, string Reason)
{
    public sealed class Validator : AbstractValidator<WithdrawClaim>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class WithdrawClaimHandler
{
    public static async Task<Decision> Run(WithdrawClaim command, IUseCaseContext context) =>
        await context.Find<Claim>(command.Claim.Value) is { } claim ? Handle(command, claim, context.By) : Refuse.NotFound("claim");

    public static Decision Handle(WithdrawClaim command, Claim claim, Actor by) => claim switch
    {
        { Status: ClaimStatus.Withdrawn } => Decision.Nothing,
        { IsOpen: false } => Refuse.WrongStateOf("claim", claim.Status, "submitted", "assessed"),
        _ => Decision.On<Claim>(claim.StreamId, new ClaimWithdrawn(command.Reason, by.Id))
            .Releasing(Claim.IncidentKeys(claim.Enrolment, claim.Incident), claim.StreamId),
    };
}
