using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A second person refuses a claim with its grounds. Four eyes as for an approval.</summary>
/// <param name="Clause">the clause of the plan that the refusal rests on</param>
public sealed record RefuseClaim(ClaimId Claim, string Reason, string? Clause = null)
{
    public sealed class Validator : AbstractValidator<RefuseClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Clause).MaximumLength(200);
        }
    }
}

public static class RefuseClaimHandler
{
    public static async Task<Decision> Run(RefuseClaim command, IUseCaseContext context) =>
        await context.Find<Claim>(command.Claim.Value) is { } claim ? Handle(command, claim, context.By) : Refuse.NotFound("claim");

    public static Decision Handle(RefuseClaim command, Claim claim, Actor by) => claim switch
    {
        { Status: ClaimStatus.Refused } => Decision.Nothing,
        { IsOpen: false } => Refuse.WrongStateOf("claim", claim.Status, "submitted", "assessed"),
        _ when claim.WasHandledBy(by) => Refuse.SamePerson(by, "submitted or assessed the claim", "decide it"),
        _ => Decision.On<Claim>(claim.StreamId, new ClaimRefused(command.Reason, command.Clause, by.Id))
            .Releasing(Claim.IncidentKeys(claim.Enrolment, claim.Incident), claim.StreamId),
    };
}
