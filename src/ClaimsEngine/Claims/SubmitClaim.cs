using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A member, or a relative for the member, asks for a benefit under an enrolment.</summary>
public sealed record SubmitClaim(EnrolmentId EnrolmentId, Incident Incident, ClaimantDetails Claimant)
{
    public sealed class Validator : AbstractValidator<SubmitClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Incident).Custom((incident, context) =>
            {
                foreach (var (field, reason) in incident.Contradictions()) context.AddFailure($"incident.{field}", reason);
            });
            RuleFor(c => c.Claimant.Name).PlainText(60);
            RuleFor(c => c.Claimant.Account).SetValidator(new AccountDetails.Validator());
        }
    }
}

/// <param name="Relation">of the claimant to the member</param>
/// <param name="Account">where the benefit is to be paid: the member's own account, after a death the claimant's</param>
public sealed record ClaimantDetails(string Name, IdentityNumber IdNumber, Relation Relation, AccountDetails Account);

public static class SubmitClaimHandler
{
    public static async Task<Decision> Run(SubmitClaim command, IUseCaseContext context)
    {
        if (await context.Find<Enrolment>(command.EnrolmentId.Value) is not { } enrolment)
            return new Refusal(Refuse.UnknownEnrolment, "there is no such enrolment", "enrolmentId");
        var plan = await context.Find<Plan>(PlanId.Of(enrolment.Plan).Value)
            ?? throw new InvalidOperationException($"enrolment {enrolment.Id} names plan {enrolment.Plan}, which has no events");
        var member = await context.FindAnywhere<Person>(enrolment.Member.Value)
            ?? throw new InvalidOperationException($"enrolment {enrolment.Id} names person {enrolment.Member}, who has no events");

        var claimant = command.Claimant;
        var accountIsMembers = !command.Incident.IsDeath;
        var asClaimant = await PersonOnRecord.Of(
            claimant.IdNumber, claimant.Name, null, enrolment.Region, accountIsMembers ? null : claimant.Account, "claimant", context);
        var asPayee = accountIsMembers
            ? await PersonOnRecord.Of(member.IdNumber, member.Name, null, member.Region, claimant.Account, "claimant", context)
            : asClaimant;
        var death = await context.OwnerOf(Claim.DeathKey(enrolment.Id)) is { } owner ? await context.FindAnywhere<Claim>(owner) : null;
        return Handle(
            command, enrolment, plan.Version(enrolment.PlanVersion)!.Card, member, asClaimant, asPayee, death, context.By, context.Now.Date(), new ClaimId(context.NewId()));
    }

    /// <param name="death">the claim for the member's death, if there is one</param>
    public static Decision Handle(
        SubmitClaim command, Enrolment enrolment, PlanCard card, Person member, PersonOnRecord claimant, PersonOnRecord payee, Claim? death, Actor by, LocalDate today, ClaimId id)
    {
        var incident = command.Incident;
        var isSelf = command.Claimant.IdNumber.Value == member.IdNumber.Value;
        if (card.BenefitFor(incident.Kind) is null)
            return new Refusal(Refuse.BenefitNotCovered, $"{card.Name.En} has no benefit of this kind", "incident.kind");
        if (incident.Kind == IncidentKind.WomensIllness && enrolment.Sex == Sex.Male)
            return new Refusal(Refuse.SexNotCovered, "women's illness is for women", "incident.kind");
        if (incident.After(today).Select(late => ($"incident.{late}", $"today is {today:uuuu-MM-dd}")).ToArray() is { Length: > 0 } future)
            return Refusal.Of(Refuse.IncidentInFuture, future);
        if (!enrolment.GivesCover) return Enrolment.NotInForce(enrolment, "enrolmentId");
        if (incident.OutsideOf(enrolment.Cover).Select(fault => ($"incident.{fault.Field}", fault.Reason)).ToArray() is { Length: > 0 } outside)
            return Refusal.Of(Refuse.IncidentOutsideCover, outside);
        if (death is { Status: ClaimStatus.Approved } && incident.After(death.Incident.Date).Select(late => ($"incident.{late}", $"the member died on {death.Incident.Date:uuuu-MM-dd}")).ToArray() is { Length: > 0 } posthumous)
            return Refusal.Of(Refuse.IncidentOutsideCover, posthumous);
        if (incident.Contradictions(member.IdNumber.BirthDate).Select(fault => ($"incident.{fault.Field}", fault.Reason)).ToArray() is { Length: > 0 } contradictions)
            return Refusal.Of(Refuse.InvalidRequest, contradictions);
        if (card.ClaimWindow?.ApplicationMonths is { } window && incident.LastDay.PlusMonths(window) is var last && today > last)
            return new Refusal(Refuse.ClaimWindowPassed, $"by the plan the right to apply was given up after {last:uuuu-MM-dd}", "incident.date");
        if (isSelf != (command.Claimant.Relation == Relation.Self))
            return new Refusal(Refuse.RelationMismatch, isSelf ? "the claimant is the member" : "the claimant is not the member", "claimant.relation");
        if (isSelf && incident.IsDeath)
            return new Refusal(Refuse.RelationMismatch, "after a death a relative or beneficiary claims", "claimant.relation");
        if (claimant.Registration.Refusal is { } unknown) return unknown;
        if (payee.Registration.Refusal is { } mismatch) return mismatch;
        var payeeName = incident.IsDeath ? command.Claimant.Name : member.Name;
        if (command.Claimant.Account.Holder != payeeName)
            return new Refusal(Refuse.AccountNotOwn, "the holder's name is not the payee's", "claimant.account.holder");

        var number = ReferenceNumber.For('C', enrolment.Region, today, id.Value);
        // one person, asked for twice: the claimant who is the member is registered once
        var people = claimant.Id == payee.Id ? payee.Registration : claimant.Registration.And(payee.Registration);
        var submitted = Decision.On<Claim>(id.Value, new ClaimSubmitted(
                id, number, enrolment.Id, enrolment.Member, enrolment.Plan, enrolment.PlanVersion, enrolment.Programme, enrolment.Region, incident,
                claimant.Id, command.Claimant.Relation, payee.Id, payee.Account!.Value, card.Documents[incident.Kind], by.Id))
            .Taking(new UniqueKey("claim-number", number), id.Value);
        var once = new Refusal(Refuse.DuplicateClaim, "a claim for this incident is open or decided", incident.Admissions is null ? "incident.date" : "incident.admissions");
        return people.And(Claim.IncidentKeys(enrolment.Id, incident).Aggregate(submitted, (decision, key) => decision.Taking(key, id.Value, once)));
    }
}
