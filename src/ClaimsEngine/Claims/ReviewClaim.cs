using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// Before the decision another person reviews the assessment. Four eyes: never who submitted, assessed or reclassified the claim, and the
/// reviewer does not decide it later. A review is void once the claim is assessed anew. Who has changed his mind reviews again.
/// </summary>
public sealed record ReviewClaim(ClaimId Claim, ReviewFinding Finding, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReviewClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Finding).IsInEnum();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ReviewClaimHandler
{
    public static Task<Claim> LoadAsync(ReviewClaim command, IUseCaseContext context) => context.Get<Claim>(command.Claim.Value);

    public static Decision Handle(ReviewClaim command, Claim claim, Actor by)
    {
        if (claim.Status != ClaimStatus.Assessed) return Refuse.WrongStateOf("claim", claim.Status, "assessed");
        if (claim.BeforeReview(by, "review it") is { } handled) return handled;
        var review = new ClaimReviewed(command.Finding, command.Reason, by.Id, by.OnBehalfOf);
        return claim.Reviews.Any(earlier => earlier.SharesNameWith(review) && earlier.Finding == review.Finding)
            ? Decision.Nothing : Decision.On(claim, review);
    }
}
