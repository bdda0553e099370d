using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// Finance has received a payer's money for one certificate. With the last share that was due before cover, cover takes effect by the plan's start rule: a programme's
/// period as it was foreseen, else the day after the money came in. Where that is later than was foreseen the plan's age rule is asked again for that day: who has grown
/// too old is refused with the payment, for finance to send the money back and let the certificate lapse.
/// </summary>
/// <param name="Payer">one of the certificate's payers, word for word</param>
/// <param name="Amount">above 0.00, at most what is left of the payer's share</param>
/// <param name="Reference">of the transfer or receipt; the same again changes nothing</param>
/// <param name="PaidOn">business day on which it came in, not after today</param>
public sealed record RecordContribution(EnrolmentId Enrolment, string Payer, Money Amount, string Reference, LocalDate PaidOn)
{
    public sealed class Validator : AbstractValidator<RecordContribution>
    {
        public Validator()
        {
            RuleFor(c => c.Payer).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("a contribution is above 0.00");
            RuleFor(c => c.Reference).Matches("^[A-Za-z0-9][A-Za-z0-9/._-]{0,63}\\z").WithMessage("a reference has 1 to 64 letters, digits and / . _ -");
        }
    }
}

public static class RecordContributionHandler
{
    public static async Task<Decision> Run(RecordContribution command, IUseCaseContext context)
    {
        if (await context.Find<Enrolment>(command.Enrolment.Value) is not { } enrolment) return Refuse.NotFound("enrolment");
        var plan = await context.Find<Plan>(PlanId.Of(enrolment.Plan).Value);
        var programme = enrolment.Programme is { } code ? await context.Find<Programme>(ProgrammeId.Of(code).Value) : null;
        var standing = await Standing.From(enrolment.Previous?.Value, context);
        var member = await context.FindAnywhere<Person>(enrolment.Member.Value);
        return Handle(
            command, enrolment, plan!.Version(enrolment.PlanVersion)!.Card, programme, standing.Earlier, member!.IdNumber.BirthDate, context.By, context.Now.Date());
    }

    /// <param name="card">the version that binds the certificate</param>
    /// <param name="earlier">the person's certificate that this one may continue</param>
    /// <param name="born">the member's date of birth</param>
    public static Decision Handle(
        RecordContribution command, Enrolment enrolment, PlanCard card, Programme? programme, Enrolment? earlier, LocalDate born, Actor by, LocalDate today)
    {
        if (enrolment.Paid.FirstOrDefault(known => known.Payer == command.Payer && known.Reference == command.Reference) is { } before)
            return before.Amount == command.Amount && before.PaidOn == command.PaidOn ? Decision.Nothing
                : new Refusal(Refuse.PaymentContradicts, $"{before.Amount} yuan of {before.PaidOn:uuuu-MM-dd} was recorded under this reference", "reference");
        if (enrolment.Status is not (EnrolmentStatus.Pending or EnrolmentStatus.InForce))
            return Refuse.WrongStateOf("enrolment", enrolment.Status, "pending", "inForce");
        if (command.PaidOn > today) return new Refusal(Refuse.InvalidRequest, $"today is {today:uuuu-MM-dd}", "paidOn");
        if (enrolment.Funding.FirstOrDefault(share => share.Payer == command.Payer) is not { } share)
            return new Refusal(Refuse.UnknownPayer, $"the payers are {string.Join(", ", enrolment.Funding.Select(known => known.Payer))}", "payer");
        if (share.Amount - enrolment.PaidBy(share.Payer) is var left && command.Amount > left)
            return new Refusal(Refuse.ShareExceeded, $"{left} yuan is left of the share of {share.Amount}", "amount");

        var paid = new ContributionPaid(command.Payer, command.Amount, command.Reference, command.PaidOn, by.Id);
        var after = Enrolment.Evolve(enrolment, paid)!;
        if (enrolment.Status == EnrolmentStatus.InForce || after.AwaitsPayment) return Decision.On<Enrolment>(enrolment.StreamId, paid);

        var cover = card.Cover!;
        var (from, to) = Period(after, cover, programme);
        if (from > to) return new Refusal(Refuse.PlanNotEffective, $"the programme's period ended on {to:uuuu-MM-dd}", "paidOn");
        var (first, age) = (Standing.FirstDay(cover, earlier, from), born.AgeOn(from));
        if (from > enrolment.CoverFrom && !card.Eligibility.Covers(age, enrolment.Sex, enrolment.SeniorRank, renewing: first is not null))
            return new Refusal(Refuse.AgeNotCovered, $"cover would begin on {from:uuuu-MM-dd}, later than foreseen; the member is then aged {age}", "paidOn");
        return Decision.On<Enrolment>(enrolment.StreamId, paid, new CoverTookEffect(from, to, by.Id, first, age));
    }

    /// <summary>First and last day of a cover whose due shares are paid.</summary>
    private static (LocalDate From, LocalDate To) Period(Enrolment enrolment, Cover cover, Programme? programme)
    {
        if (cover.Start == CoverStart.ProgrammePeriod) return (enrolment.CoverFrom, enrolment.CoverTo);
        var due = enrolment.Funding.Where(share => share.Due == true).Select(share => share.Payer).ToHashSet();
        var from = LocalDate.Max(enrolment.CoverFrom, enrolment.Paid.Where(paid => due.Contains(paid.Payer)).Max(paid => paid.PaidOn).PlusDays(1));

        // a term that is no whole number of months was cut off at the programme's end, and stays so
        var end = enrolment.CoverTo.PlusDays(1);
        var months = (end.Year - enrolment.CoverFrom.Year) * 12 + end.Month - enrolment.CoverFrom.Month;
        if (enrolment.CoverFrom.PlusMonths(months) != end) return (from, enrolment.CoverTo);
        var full = from.PlusMonths(months).PlusDays(-1);
        return (from, LocalDate.Min(full, programme?.To ?? full));
    }
}
