using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Claims;

/// <summary>What a member has claimed, whatever the office, read together.</summary>
/// <param name="Account">changes with every claim of the member that comes in</param>
public sealed record MembersClaims(BenefitAccount Account, IReadOnlyList<Claim> Claims)
{
    /// <returns>null for a member of whom no claim is noted</returns>
    public static async Task<MembersClaims?> Of(PersonId member, IUseCaseContext context) =>
        await context.FindAnywhere<BenefitAccount>(BenefitAccount.IdOf(member)) is { } account
            ? new MembersClaims(account, await Likeness.ClaimsOf(account, context)) : null;

    /// <summary>What a claim that is open again resembles beyond what it did when it was last asked: another may have come in since it
    /// ended. Null for nothing.</summary>
    public IReadOnlyList<ClaimId>? AlsoLike(Claim claim) =>
        Likeness.Of(claim.Incident, claim.Receipts, claim.Id, claim.Occurrence, Claims)?.Except(claim.Resembles).ToArray()
            is { Length: > 0 } more ? more : null;

    /// <summary>The decision rests on it: where another claim comes in at this moment, it is taken anew.</summary>
    public Decision Under(Decision decision) => decision.RestingOn(Account);
}
