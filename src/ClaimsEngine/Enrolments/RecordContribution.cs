using ClaimsEngine.Enrolments.Enrolling;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// Finance has received a payer's money for one certificate. With the last share that was due before cover, cover takes effect by the
/// plan's start rule: a gifted programme's period as it was foreseen, else the day after the money came in. Where that is later than was
/// foreseen the plan's age rule is asked again for that day: who has grown too old is refused with the payment, for finance to send the
/// money back and let the certificate lapse. A certificate that waits for the plan's ratio as well goes on waiting for that.
/// </summary>
/// <param name="Payer">one of the certificate's payers, word for word</param>
/// <param name="Amount">above 0.00, at most what is left of the payer's share</param>
/// <param name="Reference">of the transfer or receipt; the same again changes nothing</param>
/// <param name="PaidOn">business day on which it came in, not after today</param>
public sealed record RecordContribution(EnrolmentId Enrolment, string Payer, Money Amount, string Reference, LocalDate PaidOn) : Command
{
    public sealed class Validator : AbstractValidator<RecordContribution>
    {
        public Validator()
        {
            RuleFor(c => c.Payer).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("a contribution is above 0.00");
            RuleFor(c => c.Reference).Matches("^[A-Za-z0-9][A-Za-z0-9/._-]{0,63}\\z")
                .WithMessage("a reference has 1 to 64 letters, digits and / . _ -");
        }
    }
}

public static class RecordContributionHandler
{
    /// <param name="Card">of the plan version that binds the certificate</param>
    /// <param name="Programme">null for a certificate directly under the plan</param>
    /// <param name="Earlier">the person's certificate that this one may continue</param>
    /// <param name="Born">the member's date of birth</param>
    public sealed record Case(Enrolment Enrolment, PlanCard Card, Programme? Programme, Enrolment? Earlier, LocalDate Born)
    {
        public static async Task<Case> Of(EnrolmentId id, IUseCaseContext context)
        {
            var enrolment = await context.Get<Enrolment>(id.Value);
            var (plan, programme) = (PlanId.Of(enrolment.Plan).Value,
                enrolment.Programme is { } code ? ProgrammeId.Of(code).Value : (Guid?)null);
            await context.Look([plan, enrolment.Member.Value, .. programme is { } known ? [known] : Array.Empty<Guid>()]);
            return new Case(
                enrolment,
                (await Plan.BoundVersion(context, enrolment.Plan, enrolment.PlanVersion)).Card,
                programme is { } named ? await context.Get<Programme>(named) : null,
                (await Standing.From(enrolment.Previous?.Value, context)).Earlier,
                (await context.Get<Person>(enrolment.Member.Value)).IdNumber.BirthDate);
        }
    }

    public static Task<Case> LoadAsync(RecordContribution command, IUseCaseContext context) => Case.Of(command.Enrolment, context);

    public static Decision Handle(RecordContribution command, Case found, Actor by, LocalDate today)
    {
        var (enrolment, card, programme, earlier, born) = found;
        if (enrolment.Paid.FirstOrDefault(known => known.Payer == command.Payer && known.Reference == command.Reference) is { } before)
            return before.Amount == command.Amount && before.PaidOn == command.PaidOn ? Decision.Nothing
                : new Refusal(Refuse.PaymentContradicts,
                    $"{before.Amount} yuan of {before.PaidOn:uuuu-MM-dd} was recorded under this reference", "reference");
        if (enrolment.Returned.FirstOrDefault(one => one.Payer == command.Payer && one.Reference == command.Reference) is { } gone)
            return new Refusal(Refuse.PaymentContradicts, $"the payment of this reference went back on {gone.ReturnedOn:uuuu-MM-dd}",
                "reference");
        if (!enrolment.IsLive) return enrolment.NotLive();
        if (command.PaidOn > today) return new Refusal(Refuse.InvalidRequest, $"today is {today:uuuu-MM-dd}", "paidOn");
        if (enrolment.Funding.FirstOrDefault(share => share.Payer == command.Payer) is not { } share)
            return new Refusal(Refuse.UnknownPayer,
                $"the payers are {string.Join(", ", enrolment.Funding.Select(known => known.Payer))}", "payer");
        if (share.Amount - enrolment.PaidBy(share.Payer) is var left && command.Amount > left)
            return new Refusal(Refuse.ShareExceeded, $"{left} yuan is left of the share of {share.Amount}", "amount");

        var paid = new ContributionPaid(command.Payer, command.Amount, command.Reference, command.PaidOn, by.Id);
        var after = Fold.On(enrolment, [paid])!;
        if (enrolment.Status == EnrolmentStatus.InForce || after.AwaitsPayment || after.AwaitsRatio) return Decision.On(enrolment, paid);

        var (took, no) = TakingEffect.Of(after, card, programme, earlier, born, by, "paidOn");
        return took is null ? no! : Decision.On(enrolment, paid, took);
    }
}
