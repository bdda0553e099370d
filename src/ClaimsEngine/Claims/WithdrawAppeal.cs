using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>The claimant takes the appeal back before it is decided. The refusal stands, and is not appealed against once more.</summary>
public sealed record WithdrawAppeal(ClaimId Claim, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<WithdrawAppeal>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class WithdrawAppealHandler
{
    public static Task<Claim> LoadAsync(WithdrawAppeal command, IUseCaseContext context) => context.Get<Claim>(command.Claim.Value);

    public static Decision Handle(WithdrawAppeal command, Claim claim, Actor by) => claim switch
    {
        { Status: ClaimStatus.Refused, Appeal.Withdrawn: not null } => Decision.Nothing,
        { Status: not ClaimStatus.Appealed } => Refuse.WrongStateOf("claim", claim.Status, "appealed"),
        _ => Decision.On(claim, new AppealWithdrawn(command.Reason, by.Id)),
    };
}
