using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// A payment that was recorded is no more: the direct debit came back, or money that was paid by mistake was sent back. What is due is due
/// again. Where cover took effect with the shares that were due before it, and this was one of them, the certificate waits for payment
/// again and covers nothing until it comes, unless a claim was made or a benefit granted under it: then it stays in force and the share is
/// owed. Assumed: no public text says what a bounced payment does to cover.
/// </summary>
/// <param name="Payer">one of the certificate's payers, word for word</param>
/// <param name="Reference">under which the payment was recorded</param>
/// <param name="ReturnedOn">business day on which the money went, not before the payment and not after today</param>
public sealed record ReturnContribution(
    EnrolmentId Enrolment, string Payer, string Reference, LocalDate ReturnedOn, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReturnContribution>
    {
        public Validator()
        {
            RuleFor(c => c.Payer).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Reference).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ReturnContributionHandler
{
    public static Task<Enrolment> LoadAsync(ReturnContribution command, IUseCaseContext context) =>
        context.Get<Enrolment>(command.Enrolment.Value);

    public static Decision Handle(ReturnContribution command, Enrolment enrolment, Actor by, LocalDate today)
    {
        if (enrolment.Returned.FirstOrDefault(one => (one.Payer, one.Reference) == (command.Payer, command.Reference)) is { } before)
            return before.ReturnedOn == command.ReturnedOn ? Decision.Nothing
                : new Refusal(Refuse.PaymentContradicts, $"it went back on {before.ReturnedOn:uuuu-MM-dd}", "returnedOn");
        if (enrolment.Paid.FirstOrDefault(one => (one.Payer, one.Reference) == (command.Payer, command.Reference)) is not { } paid)
            return new Refusal(Refuse.UnknownPayment, "the payer has no payment of this reference", "reference");
        if (command.ReturnedOn < paid.PaidOn || command.ReturnedOn > today)
            return new Refusal(Refuse.InvalidRequest, $"is between the payment on {paid.PaidOn:uuuu-MM-dd} and today", "returnedOn");
        if (enrolment.RefundOrders.Any(order => order.Payer == command.Payer))
            return new Refusal(Refuse.WrongState, "the refund of this payer was ordered; a recovery gets back what was paid too much");

        var returned = new ContributionReturned(
            command.Payer, paid.Amount, command.Reference, command.ReturnedOn, command.Reason, by.Id, by.OnBehalfOf);
        var waits = enrolment is { TookEffect: true, Status: EnrolmentStatus.InForce, Benefits: 0, OpenClaims.Count: 0 }
            && enrolment.Funding.Any(share => share.Payer == command.Payer && share.Due == true)
            && Fold.On(enrolment, [returned])!.AwaitsPayment;
        return Decision.On(enrolment, waits ? returned with { CoverWaits = true } : returned);
    }
}
