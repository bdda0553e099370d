using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Payers;
using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Refunds;

/// <summary>
/// Finance orders that the payers of a certificate that ended get their money back: one payout for each payer, never twice. It goes the
/// way of any payout: another person authorises it, it goes to the bank in a batch, and what comes back is ordered anew. The member's own
/// share goes to an account of the member, an organisation's to the account that was confirmed for it.
/// </summary>
/// <param name="Payer">one payer, word for word as in the certificate's funding; null for all whose refund is due and was not
/// ordered</param>
/// <param name="Account">of the member, for the own share; null for the newest that is on record under the member's name</param>
public sealed record OrderRefunds(EnrolmentId Enrolment, string? Payer = null, AccountDetails? Account = null) : Command
{
    public sealed class Validator : AbstractValidator<OrderRefunds>
    {
        public Validator()
        {
            RuleFor(c => c.Payer!).NotEmpty().MaximumLength(500).When(c => c.Payer is not null);
            RuleFor(c => c.Account!).SetValidator(new AccountDetails.Validator()).When(c => c.Account is not null);
        }
    }
}

public static class OrderRefundsHandler
{
    /// <param name="Payers">the registered organisations that the funding means; none for the member, and for who is not registered</param>
    /// <param name="Payouts">a fresh id for each payer of the funding</param>
    /// <param name="Account">a fresh id, should the member's account have to be registered</param>
    public sealed record Case(
        Enrolment Enrolment, Person Member, IReadOnlyDictionary<string, Payer> Payers, IReadOnlyDictionary<string, PayoutId> Payouts,
        AccountId Account);

    public static async Task<Case> LoadAsync(OrderRefunds command, IUseCaseContext context)
    {
        var enrolment = await context.Get<Enrolment>(command.Enrolment.Value);
        var member = await context.Get<Person>(enrolment.Member.Value);
        var (payers, payouts) = (new Dictionary<string, Payer>(), new Dictionary<string, PayoutId>());
        foreach (var payer in enrolment.Paid.Select(paid => paid.Payer).Distinct())
        {
            payouts[payer] = new PayoutId(context.NewId());
            if (!PayerNames.IsMember(payer) && await Payer(enrolment, payer, context) is { } registered) payers[payer] = registered;
        }
        return new Case(enrolment, member, payers, payouts, new AccountId(context.NewId()));
    }

    /// <summary>The organisation that paid, as the certificate named it then: the employer of that time, not of today. Null where it is not
    /// registered, or where several paid under one name: a person sends back what each of them has paid.</summary>
    private static async Task<Payer?> Payer(Enrolment enrolment, string name, IUseCaseContext context)
    {
        var paid = new List<Payer?>();
        foreach (var (region, employer) in enrolment.PaidPlaces.Where(place => place.Payer == name)
            .Select(place => (place.Region, place.Employer)).Distinct())
            paid.Add(await Payers.Payer.Named(name, region, employer, context));
        return paid.Select(payer => payer?.Id).Distinct().Count() == 1 ? paid[0] : null;
    }

    public static Decision Handle(OrderRefunds command, Case found, Actor by, LocalDate today)
    {
        var enrolment = found.Enrolment;
        if (enrolment.IsLive) return Refuse.WrongStateOf("enrolment", enrolment.Status, "cancelled", "void", "lapsed");
        if (command.Payer is { } named && enrolment.Funding.All(share => share.Payer != named))
            return new Refusal(Refuse.UnknownPayer,
                $"the payers are {string.Join(", ", enrolment.Funding.Select(known => known.Payer))}", "payer");
        Refund[] asked = [.. enrolment.Refunds(today).Where(refund => command.Payer is null || refund.Payer == command.Payer)];
        if (asked.Length == 0) return new Refusal(Refuse.NothingToRefund, "nothing was paid, or the plan pays nothing back");
        Refund[] open = [.. asked.Where(refund => enrolment.RefundOrders.All(order => order.Payer != refund.Payer))];
        if (open.Length == 0) return Decision.Nothing;
        Refund[] due = [.. open.Where(refund => refund.DueOn <= today)];
        if (due.Length == 0)
            return new Refusal(Refuse.RefundNotDue, $"it is to be paid from {open.Min(refund => refund.DueOn):uuuu-MM-dd} on");
        if (command.Account is not null && !due.Any(refund => PayerNames.IsMember(refund.Payer)))
            return new Refusal(Refuse.InvalidRequest, "only the member's own share goes to an account that is named here", "account");

        var orders = Decision.On(enrolment, [.. due.Select(refund => new RefundOrdered(
            refund.Payer, refund.Amount, found.Payouts[refund.Payer], by.Id))]);
        var accountRegistered = false;
        foreach (var refund in due)
        {
            var (account, own, registration, missing) = PayerNames.IsMember(refund.Payer)
                ? OfMember(command.Account, found, accountRegistered, by, today) : OfOrganisation(refund.Payer, found);
            if (account is null) return missing!;
            accountRegistered |= !registration.IsNothing;
            orders = orders.And(registration).And(Ordered(refund, found, account.Value, own, by, today));
        }
        return orders;
    }

    private static Decision Ordered(Refund refund, Case found, AccountId account, Account? own, Actor by, LocalDate today)
    {
        var (enrolment, payout) = (found.Enrolment, found.Payouts[refund.Payer]);
        var organisation = found.Payers.GetValueOrDefault(refund.Payer);
        var controls = PayoutControls.Of(refund.Amount, own, AuthorisationRules.For(enrolment.Region, today), today);
        var ordered = Decision.Begin<Payout>(payout.Value, new RefundPayoutOrdered(
                payout, enrolment.Id, enrolment.CertificateNumber, enrolment.Plan, enrolment.Programme, enrolment.Region, refund.Payer,
                refund.Amount, refund.DueOn, organisation is null ? enrolment.Member : null, organisation?.Id, account, today, by.Id,
                enrolment.End!.By, ApprovedFor: by.OnBehalfOf, Controls: controls,
                PlanYear: enrolment.CoverFrom.Year, EndedFor: enrolment.End.For,
                EnteredIn: enrolment.EnteredIn == enrolment.Region ? null : enrolment.EnteredIn))
            .Taking(Payout.LiveKey(enrolment.Id, refund.Payer), payout.Value,
                new Refusal(Refuse.PayoutLive, "this refund has a live payout"));
        return organisation is null ? ordered : ordered.RestingOn(organisation);   // another account may be confirmed meanwhile
    }

    /// <summary>An account of the member, under the real name.</summary>
    /// <param name="registered">whether a refund before has it registered in the same decision</param>
    private static (AccountId?, Account?, Decision, Refusal?) OfMember(
        AccountDetails? named, Case found, bool registered, Actor by, LocalDate today)
    {
        var member = found.Member;
        if (named is null)
            return member.Accounts.LastOrDefault(own => own.Holder == member.Name) is { } known ? (known.Id, known, Decision.Nothing, null)
                : (null, null, Decision.Nothing, new Refusal(
                    Refuse.RefundAccountMissing, "the member has no account on record under the own name; name one", "account"));
        if (named.NotPayableTo(member.Name, member.IdNumber, today, "account") is { } not) return (null, null, Decision.Nothing, not);
        if (member.AccountLike(named) is { } same) return (same.Id, same, Decision.Nothing, null);
        var fresh = named.Registered(found.Account, member, by, today);
        return (found.Account, Account.Of(fresh), registered ? Decision.Nothing
            : Decision.On(member, fresh).Within(found.Enrolment.Region), null);
    }

    private static (AccountId?, Account?, Decision, Refusal?) OfOrganisation(string payer, Case found) =>
        found.Payers.GetValueOrDefault(payer)?.Account is { } confirmed ? (confirmed.Id, null, Decision.Nothing, null)
            : (null, null, Decision.Nothing, new Refusal(
                Refuse.RefundAccountMissing,
                $"no account of {payer} was confirmed, or several have paid under this name: "
                    + "register the one that paid and have it confirmed",
                "payer"));
}
