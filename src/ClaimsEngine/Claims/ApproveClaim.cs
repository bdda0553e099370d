using ClaimsEngine.Enrolments;
using ClaimsEngine.Notices;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A second person approves an assessed claim. Four eyes: never who submitted, assessed or reviewed it, nor a stand-in of theirs.
/// Claim, enrolment and payout move together. Several heirs have a payout each, by their shares. With the approval it is drawn whether the
/// claim gets a second look.</summary>
/// <param name="Amount">at most what was assessed and the approver's limit; 0.00 only where the claim counts toward a deductible</param>
public sealed record ApproveClaim(ClaimId Claim, Money Amount, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ApproveClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount >= Money.Zero).WithMessage("an approved amount is not below 0.00");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ApproveClaimHandler
{
    /// <returns>the case, and an id for the payout of each who may be paid</returns>
    public static async Task<(ClaimCase, IReadOnlyList<PayoutId>)> LoadAsync(ApproveClaim command, IUseCaseContext context)
    {
        var found = await ClaimCase.Of(command.Claim, context);
        return (found, [.. Enumerable.Range(0, found.Claim.Heirs?.Count ?? 1).Select(_ => new PayoutId(context.NewId()))]);
    }

    public static Decision Handle(ApproveClaim command, ClaimCase found, IReadOnlyList<PayoutId> payouts, Actor by, LocalDate today)
    {
        var (claim, enrolment) = (found.Claim, found.Enrolment);
        if (claim is not { Status: ClaimStatus.Assessed or ClaimStatus.Approved, Assessment: { } assessment })
            return Refuse.WrongStateOf("claim", claim.Status, "assessed");
        if (NotAllowed(command, claim, assessment, found.RulesOn(today), by) is { } refusal) return refusal;
        if (claim.Status == ClaimStatus.Approved)
            return claim.Outcome!.Amount == command.Amount ? Decision.Nothing : Refuse.WrongStateOf("claim", claim.Status, "assessed");
        if (claim.UnderSuspicion() is { } suspected) return suspected;
        if (claim.MissingDocuments is { Count: > 0 } missing)
            return new Refusal(Refuse.DocumentsMissing, $"missing: {string.Join(", ", missing)}");
        if (!enrolment.Covers(claim.Incident.Date)) return enrolment.NotInForce();
        if (!found.Facts().SameAs(assessment.Facts))
            return new Refusal(Refuse.AssessmentOutdated,
                $"{enrolment.Used} yuan is used now; the assessment reckoned with {assessment.Facts.Used} or with other counters");
        if (command.Amount > assessment.Amount)
            return new Refusal(Refuse.AboveAssessed, $"{assessment.Amount} yuan was assessed", "amount");
        var agreed = claim.Reviews.Count(review => review.Finding == ReviewFinding.Agree);
        if (agreed < assessment.ReviewsNeeded)
            return new Refusal(Refuse.ReviewMissing, $"{assessment.ReviewsNeeded} people have to review and agree; {agreed} did");
        if (claim.MissingOriginals(found.Version.Card.Originals, command.Amount) is { Count: > 0 } originals)
            return new Refusal(Refuse.OriginalsMissing,
                $"from {found.Version.Card.Originals!.From} yuan the originals must have been seen: {string.Join(", ", originals)}");
        if (command.Amount.IsPositive)
            return Published(found, command.Amount, by, today).And(Paid(command, found, assessment, payouts, by, today));
        return assessment.Amount.IsPositive || assessment.Consumed is not { Counts: true }
            ? new Refusal(Refuse.NothingToApprove, "nothing is payable and nothing counts on: refuse the claim with its grounds", "amount")
            : Granted(command, found, assessment, by, null, null, today);
    }

    /// <summary>What this person may not do is refused, even where it is so already and nothing would change.</summary>
    private static Refusal? NotAllowed(ApproveClaim command, Claim claim, ClaimAssessed assessment, HandlingRules rules, Actor by)
    {
        if (claim.SamePerson(by) is { } handled) return handled;
        if (command.Amount > by.ApprovalLimit)
            return new Refusal(Refuse.OverLimit, $"{by.Id} may approve up to {by.ApprovalLimit} yuan; {command.Amount} yuan are decided by "
                + $"the {Name(rules.LevelFor(command.Amount))} union or above", "amount");
        return assessment.ReviewLevel is { } level && by.Region.Level > (int)level
            ? new Refusal(Refuse.OverLimit,
                $"by the plan this amount is decided by the {Name(level)} union or above", "amount")
            : null;
    }

    private static string Name(UnionLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>Where the organiser wants it, the approval is published before its money may be authorised.</summary>
    private static Decision Published(ClaimCase found, Money amount, Actor by, LocalDate today)
    {
        var (claim, rules) = (found.Claim, HandlingRules.For(found.Claim.Region, today));
        if (rules.PublicNotice?.LastDay(claim.Incident.Kind, amount, today) is not { } last) return Decision.Nothing;
        var notice = PublicNoticeId.Of(claim.Id);
        // the notice of an approval that was taken back begins anew, without its objections
        return Decision.OnOrBegin(found.Notice, notice.Value, new PublicNoticeOpened(
            notice, claim.Id, claim.Number, claim.Member, claim.Plan, claim.PlanVersion, claim.Region, amount, today, last, rules.Name,
            WorkingDays.CalendarOf(last.Year), by.Id, by.OnBehalfOf));
    }

    private static Decision Paid(
        ApproveClaim command, ClaimCase found, ClaimAssessed assessment, IReadOnlyList<PayoutId> payouts, Actor by, LocalDate today)
    {
        var claim = found.Claim;
        var order = new Order(found, found.RulesOn(today).PayBy(claim.Incident.Kind, command.Amount, today), by, today);
        if (claim.Heirs is not { } heirs)
            return Granted(command, found, assessment, by, payouts[0], null, today)
                .And(order.Of(payouts[0], command.Amount, claim.Payee, claim.Account, null));

        var amounts = Share.Split(command.Amount, [.. heirs.Select(heir => heir.Share)]);
        HeirPayout[] parts = [.. heirs.Select((heir, place) =>
            new HeirPayout(heir.Person, amounts[place], amounts[place].IsPositive ? payouts[place] : null))];
        var decision = Granted(command, found, assessment, by, null, parts, today);
        foreach (var (heir, part) in heirs.Zip(parts))
            if (part.Payout is { } payout)
                decision = decision.And(order.Of(payout, part.Amount, heir.Person, heir.Account, heir.Person));
        return decision;
    }

    private static Decision Granted(
        ApproveClaim command, ClaimCase found, ClaimAssessed assessment, Actor by, PayoutId? payout, IReadOnlyList<HeirPayout>? heirs,
        LocalDate today)
    {
        var (claim, kind) = (found.Claim, found.Claim.Incident.Kind);
        var counted = new BenefitCounted(
            claim.Member, claim.Id, claim.Plan, found.Version.Card.Caps?.AcrossPlans?.Group, kind, command.Amount, by.Id);
        var approved = new ClaimApproved(command.Amount, payout, by.Id, command.Reason, claim.Flags, heirs, by.OnBehalfOf);
        var draw = Draw.Of(claim, command.Amount, by.Id, found.RulesOn(today));
        return Decision.On(claim, draw.Drawn ? [approved, draw.Recorded(by)] : [approved])
            .And(Decision.On(found.Enrolment, new BenefitUsed(
                claim.Id, payout, command.Amount, by.Id, kind, assessment.Consumed,
                heirs is null ? null : [.. heirs.Select(heir => heir.Payout).OfType<PayoutId>()])))
            .And(Decision.OnOrBegin(found.Account, BenefitAccount.IdOf(claim.Member), counted).Within(claim.Region));
    }

    /// <summary>What the orders of one approval have in common.</summary>
    private sealed record Order(ClaimCase Found, PaymentDeadline? PayBy, Actor By, LocalDate Today)
    {
        public Decision Of(PayoutId payout, Money amount, PersonId payee, AccountId account, PersonId? heir)
        {
            var claim = Found.Claim;
            return Decision.Begin<Payout>(payout.Value, new PayoutOrdered(
                    payout, claim.Id, claim.Number, Found.Enrolment.Id, claim.Plan, claim.Programme, claim.Region, claim.Incident.Kind,
                    amount, payee, account, Today, By.Id, Heir: heir, ApprovedFor: By.OnBehalfOf, PayBy: PayBy,
                    Basis: PayoutBasis.Of(Found.Enrolment, claim.Incident.Date), Controls: ControlsOf(amount, payee, account)))
                .Taking(Payout.LiveKey(claim.Id, claim.Incident.Kind, heir), payout.Value,
                    new Refusal(Refuse.PayoutLive, "this benefit has a live payout"));
        }

        private PayoutControls? ControlsOf(Money amount, PersonId payee, AccountId account) => PayoutControls.Of(
            amount, Found.Payees.FirstOrDefault(person => person.Id == payee)?.AccountOf(account),
            AuthorisationRules.For(Found.Claim.Region, Today), Today);
    }
}
