using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// An approver looks once more at a claim that was drawn when it was approved. Never anybody who had a hand in the claim before, the
/// decision included. The finding is a fact and changes nothing else.
/// </summary>
public sealed record CompleteSecondLook(ClaimId Claim, SecondLookFinding Finding, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<CompleteSecondLook>
    {
        public Validator()
        {
            RuleFor(c => c.Finding).IsInEnum();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class CompleteSecondLookHandler
{
    private const string Now = "take the second look";

    public static Task<Claim> LoadAsync(CompleteSecondLook command, IUseCaseContext context) => context.Get<Claim>(command.Claim.Value);

    public static Decision Handle(CompleteSecondLook command, Claim claim, Actor by)
    {
        if (claim.Sampled is null) return new Refusal(Refuse.NoSecondLook, "the claim was not drawn for a second look");
        if (claim.SamePerson(by, Now) is { } handled) return handled;
        if (by.ActsAs(claim.Outcome!.By, claim.Outcome.For)) return Refuse.SamePerson(by, "approved the claim", Now);
        return claim.SecondLook switch
        {
            null => Decision.On(claim, new SecondLookCompleted(command.Finding, command.Reason, by.Id, by.OnBehalfOf)),
            { } done when done.By == by.Id && done.Finding == command.Finding => Decision.Nothing,
            { } done => new Refusal(Refuse.WrongState, $"{done.By} took the second look"),
        };
    }
}
