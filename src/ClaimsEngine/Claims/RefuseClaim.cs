using ClaimsEngine.Enrolments;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A second person refuses a claim with its grounds. Four eyes as for an approval. The organiser's rules say until when the
/// claimant may appeal.</summary>
/// <param name="Clause">the clause of the plan that the refusal rests on</param>
public sealed record RefuseClaim(ClaimId Claim, string Reason, string? Clause = null) : Command
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
    public static async Task<(Claim, Enrolment)> LoadAsync(RefuseClaim command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await context.Get<Enrolment>(claim.Enrolment.Value));
    }

    public static Decision Handle(RefuseClaim command, Claim claim, Enrolment enrolment, Actor by, LocalDate today) => claim switch
    {
        { IsOpen: false, Status: not ClaimStatus.Refused } => claim.NotOpen(),
        _ when claim.SamePerson(by) is { } refusal => refusal,
        { Status: ClaimStatus.Refused } => Decision.Nothing,
        _ => claim.EndedBy(
            new ClaimRefused(
                command.Reason, command.Clause, by.Id, by.Region, HandlingRules.For(claim.Region, today).Appeal.EndsOn(today),
                by.OnBehalfOf),
            enrolment, by),
    };
}
