using ClaimsEngine.Enrolments;
using ClaimsEngine.Notices;
using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// An approval is taken back before anything of it was paid: a suspicion proved true, an objection to the public notice stands, or the
/// office made a mistake. The claim is then refused, with its grounds and the claimant's right to appeal. Its payouts are cancelled, and
/// what it used of caps and counters is free again. Another person than who approved it does so, within the approval limit. Money that was
/// paid is asked back by a recovery instead. No public text rules it.
/// </summary>
/// <param name="Clause">the clause of the plan that the refusal rests on</param>
public sealed record RevokeApproval(ClaimId Claim, RevocationCause Cause, string Reason, string? Clause = null) : Command
{
    public sealed class Validator : AbstractValidator<RevokeApproval>
    {
        public Validator()
        {
            RuleFor(c => c.Cause).IsInEnum();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Clause).MaximumLength(200);
        }
    }
}

public static class RevokeApprovalHandler
{
    /// <param name="Payouts">of the approval, each as it was ordered last</param>
    /// <param name="Notice">the public notice of the approval; null for none</param>
    public sealed record Case(
        Claim Claim, Enrolment Enrolment, BenefitAccount? Account, IReadOnlyList<Payout> Payouts, PublicNotice? Notice);

    public static async Task<Case> LoadAsync(RevokeApproval command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        await context.Look(claim.Enrolment.Value, BenefitAccount.IdOf(claim.Member), PublicNoticeId.Of(claim.Id).Value);
        return new Case(
            claim, await context.Get<Enrolment>(claim.Enrolment.Value),
            await context.FindAnywhere<BenefitAccount>(BenefitAccount.IdOf(claim.Member)), await ClaimPayouts.Of(claim, context),
            await context.FindAnywhere<PublicNotice>(PublicNoticeId.Of(claim.Id).Value));
    }

    public static Decision Handle(RevokeApproval command, Case found, Actor by, LocalDate today)
    {
        var claim = found.Claim;
        if (claim is not { Status: ClaimStatus.Approved, Outcome: { Amount: { } amount } outcome })
            return Refuse.WrongStateOf("claim", claim.Status, "approved");
        if (by.ActsAs(outcome.By, outcome.For)) return Refuse.SamePerson(by, "approved the claim", "take the approval back");
        if (claim.SamePerson(by, "take its approval back") is { } handled) return handled;
        if (amount > by.ApprovalLimit)
            return new Refusal(Refuse.OverLimit, $"{by.Id} may decide up to {by.ApprovalLimit} yuan");
        if (Groundless(command.Cause, found) is { } groundless) return groundless;
        if (found.Payouts.Select(Paid).FirstOrDefault(refusal => refusal is not null) is { } paid) return paid;

        var refused = new ClaimRefused(
            command.Reason, command.Clause, by.Id, by.Region, HandlingRules.For(claim.Region, today).Appeal.EndsOn(today), by.OnBehalfOf);
        var decision = Decision.On(claim, new ApprovalRevoked(command.Cause, amount, by.Id, by.OnBehalfOf))
            .And(claim.EndedBy(refused, found.Enrolment, by))
            .And(Decision.On(found.Enrolment, new BenefitReturned(claim.Id, amount, by.Id)));
        if (found.Account is { } account)
            decision = decision.And(
                Decision.On(account, new BenefitUncounted(claim.Member, claim.Id, by.Id)).Within(claim.Region));
        return found.Payouts.Aggregate(decision, (before, payout) => before
            .And(Decision.On(payout, new PayoutCancelled(by.Id))).Releasing(payout.Key, payout.StreamId));
    }

    /// <summary>Why the cause is none that the records bear out; null where it is.</summary>
    private static Refusal? Groundless(RevocationCause cause, Case found) => cause switch
    {
        RevocationCause.Suspicion when found.Claim.Suspicions.Count == 0 =>
            new Refusal(Refuse.WrongState, "no suspicion on the claim is open", "cause"),
        RevocationCause.Objection when found.Notice?.Objections.Any(one => one.Outcome == ObjectionOutcome.Upheld) != true =>
            new Refusal(Refuse.WrongState, "no objection to the public notice was upheld", "cause"),
        _ => null,
    };

    private static Refusal? Paid(Payout payout) => payout switch
    {
        { Batch: { } batch, Status: PayoutStatus.Authorised } =>
            new Refusal(Refuse.WrongState, $"payout {payout.Id} stands in batch {batch}: take the batch apart first"),
        { Status: PayoutStatus.Ordered or PayoutStatus.Authorised or PayoutStatus.Returned } => null,
        _ => new Refusal(Refuse.WrongState, $"payout {payout.Id} was given to the bank: what was paid is asked back by a recovery"),
    };
}
