using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A member, or a relative for the member, asks for a benefit under an enrolment.</summary>
/// <param name="Heirs">2 to 10 people who share the benefit after a death, in the order in which a last fen goes to one of them; null where
/// one payee has it all</param>
/// <param name="Settlement">of hospital insurance, on which the claim rests; one claim alone may rest on it. Null for none</param>
public sealed record SubmitClaim(
    EnrolmentId EnrolmentId, Incident Incident, ClaimantDetails Claimant, IReadOnlyList<HeirDetails>? Heirs = null,
    Settlement? Settlement = null) : Command
{
    public sealed class Validator : AbstractValidator<SubmitClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Incident).AgreesWithItself();
            RuleFor(c => c.Claimant.Name).PlainText(60);
            RuleFor(c => c.Claimant.Account).SetValidator(new AccountDetails.Validator());
            RuleFor(c => c.Heirs).Must((command, _) => command.Incident.IsDeath).When(c => c.Heirs is not null)
                .WithMessage("heirs are paid after a death only");
            RuleFor(c => c.Heirs).Must(HeirRules.AreAFew).When(c => c.Heirs is not null)
                .WithMessage($"{HeirRules.Fewest} to {HeirRules.Most} heirs");
            When(c => HeirRules.AreAFew(c.Heirs), () =>
            {
                RuleForEach(c => c.Heirs).SetValidator(new HeirDetails.Validator());
                RuleFor(c => c.Heirs).Custom((heirs, context) =>
                {
                    foreach (var (field, reason) in HeirRules.Contradictions(context.InstanceToValidate.Claimant, heirs!))
                        context.AddFailure(field, reason);
                });
            });
            RuleFor(c => c.Settlement!).SetValidator(new Settlement.Validator()).When(c => c.Settlement is not null);
        }
    }
}

/// <param name="Relation">of the claimant to the member</param>
/// <param name="Account">where the benefit is to be paid: the member's own account, after a death the claimant's. Where heirs are paid
/// and the claimant is none of them, it is not kept</param>
public sealed record ClaimantDetails(string Name, IdentityNumber IdNumber, Relation Relation, AccountDetails Account);

public static class SubmitClaimHandler
{
    /// <param name="Card">of the plan version that binds the certificate</param>
    /// <param name="Payee">who is paid; of several heirs the first</param>
    /// <param name="Death">the claim for the member's death, if there is one</param>
    /// <param name="Heirs">in the order of the command; null where it names none</param>
    public sealed record Case(
        Enrolment Enrolment, PlanCard Card, Person Member, PersonOnRecord Claimant, PersonOnRecord Payee, Claim? Death, ClaimId Id,
        IReadOnlyList<PersonOnRecord>? Heirs = null);

    public static async Task<Case?> LoadAsync(SubmitClaim command, IUseCaseContext context)
    {
        if (await context.Find<Enrolment>(command.EnrolmentId.Value) is not { } enrolment) return null;
        await context.Look(PlanId.Of(enrolment.Plan).Value, enrolment.Member.Value);
        var version = await Plan.BoundVersion(context, enrolment.Plan, enrolment.PlanVersion);
        var member = await context.Get<Person>(enrolment.Member.Value);

        var claimant = command.Claimant;
        var accountIsMembers = !command.Incident.IsDeath;
        var accountIsClaimants = command.Incident.IsDeath && (command.Heirs is null || command.Heirs.Any(IsClaimant));
        var asClaimant = await PersonOnRecord.Of(
            claimant.IdNumber, claimant.Name, null, enrolment.Region, accountIsClaimants ? claimant.Account : null, "claimant", context);
        var asHeirs = new List<PersonOnRecord>();
        foreach (var heir in command.Heirs ?? [])
            asHeirs.Add(IsClaimant(heir) ? asClaimant : await PersonOnRecord.Of(
                heir.IdNumber, heir.Name, null, enrolment.Region, heir.Account, $"heirs.{asHeirs.Count}", context));
        var asPayee = accountIsMembers
            ? await PersonOnRecord.Of(member.IdNumber, member.Name, null, member.Region, claimant.Account, "claimant", context)
            : asHeirs.FirstOrDefault(asClaimant);
        var death = await IncidentRules.DeathUnder(enrolment.Id, context);
        return new Case(enrolment, version.Card, member, asClaimant, asPayee, death, new ClaimId(context.NewId()),
            command.Heirs is null ? null : asHeirs);

        bool IsClaimant(HeirDetails heir) => heir.IdNumber.Value == claimant.IdNumber.Value;
    }

    public static Decision Handle(SubmitClaim command, Case? found, Actor by, LocalDate today)
    {
        if (found is null) return new Refusal(Refuse.UnknownEnrolment, "there is no such enrolment", "enrolmentId");
        var (enrolment, card, member, _, _, death, id, _) = found;
        var incident = command.Incident;
        if (new IncidentRules(enrolment, card, member, death).Broken(incident, today, "enrolmentId") is { } broken) return broken;
        if (card.ClaimWindow?.ClosesAfter(incident.LastDay) is { } last && today > last)
            return new Refusal(Refuse.ClaimWindowPassed,
                $"by the plan the right to apply was given up after {last:uuuu-MM-dd}", "incident.date");
        if (NotPayable(command, member) is { } notPayable) return notPayable;
        // If somebody is on record under another name, the store refuses the key of the identity number, after the keys of the incident
        // (they are taken in the order of their scopes). So nobody finds it out with a claim that is refused anyway.
        var (claimant, payee) = (found.Claimant.AsIfUnknown ?? found.Claimant, found.Payee.AsIfUnknown ?? found.Payee);
        var heirs = found.Heirs?.Select(heir => heir.AsIfUnknown ?? heir).ToArray();
        // one person, asked for twice, is registered once: the claimant who is the member, or an heir
        var people = new[] { claimant, payee }.Concat(heirs ?? []).Reverse().DistinctBy(person => person.Id).Reverse()
            .Aggregate(Decision.Nothing, (before, person) => before.And(person.Registration));
        if (people.Refusal is { } unknown) return unknown;
        if (Barred(found, claimant, heirs, today) is { } barred) return barred;

        var number = ReferenceNumber.For('C', enrolment.Region, today, id.Value);
        var submitted = Decision.Begin<Claim>(id.Value, new ClaimSubmitted(
                id, number, enrolment.Id, enrolment.Member, enrolment.Plan, enrolment.PlanVersion, enrolment.Programme, enrolment.Region,
                incident, claimant.Id, command.Claimant.Relation, payee.Id, payee.Account!.Value, card.Documents[incident.Kind], by.Id,
                ClaimFlags.Of(incident, enrolment), FirstDeadline(card.Documents[incident.Kind], enrolment.Region, today),
                heirs is null ? null : [.. command.Heirs!.Zip(heirs, (heir, person) =>
                    new Heir(person.Id, person.Account!.Value, heir.Relation, heir.Share))],
                command.Settlement))
            .Taking(new UniqueKey("claim-number", number), id.Value);
        submitted = command.Settlement?.TakenBy(id, submitted) ?? submitted;
        return people.And(Claim.Holding(
                submitted, id, Claim.IncidentKeys(enrolment.Id, incident), incident.TakenField()))
            .And(Decision.On(enrolment, new ClaimOpened(id, by.Id)));   // a certificate that is ended meanwhile has no new claim
    }

    /// <summary>Why the claimant, or the heirs, are not who may be paid; null where they are.</summary>
    private static Refusal? NotPayable(SubmitClaim command, Person member)
    {
        var claimant = command.Claimant;
        var isSelf = claimant.IdNumber.Value == member.IdNumber.Value;
        if (isSelf != (claimant.Relation == Relation.Self))
            return new Refusal(Refuse.RelationMismatch,
                isSelf ? "the claimant is the member" : "the claimant is not the member", "claimant.relation");
        if (isSelf && command.Incident.IsDeath)
            return new Refusal(Refuse.RelationMismatch, "after a death a relative or beneficiary claims", "claimant.relation");
        return claimant.Account.NotOwnOf(command.Incident.IsDeath ? claimant.Name : member.Name, "claimant.account")
            ?? (command.Heirs is { } heirs ? HeirRules.Broken(heirs, member) : null);
    }

    /// <summary>Why one of the people may not apply, or be paid, now; null where nobody is barred. The certificate's place
    /// counts.</summary>
    private static Refusal? Barred(Case found, PersonOnRecord claimant, IReadOnlyList<PersonOnRecord>? heirs, LocalDate today) =>
        new[] { (found.Member.Bars, "enrolmentId"), (claimant.Bars, "claimant.idNumber") }
            .Concat((heirs ?? []).Select((heir, place) => (heir.Bars, $"heirs.{place}.idNumber")))
            .Select(person => person.Item1.Against(BarScope.Claim, found.Enrolment.Region, today, person.Item2))
            .FirstOrDefault(no => no is not null);

    private static Deadline FirstDeadline(IReadOnlyList<string> required, RegionCode region, LocalDate today) =>
        Deadline.For(required.Count > 0 ? ClaimStep.Check : ClaimStep.Assessment, region, today);
}
