using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A member, or a relative for the member, asks for a benefit under an enrolment.</summary>
/// <param name="Heirs">2 to 10 people who share the benefit after a death, in the order in which a last fen goes to one of them; null where
/// one payee has it all</param>
/// <param name="Settlement">of hospital insurance, on which the claim rests; one claim alone may rest on it. Null for none</param>
/// <param name="Receipts">numbers of the receipts, up to 50; under one plan one claim alone may rest on each. Null for none</param>
/// <param name="Applicant">who came with the claim; null where it is not told</param>
public sealed record SubmitClaim(
    EnrolmentId EnrolmentId, Incident Incident, ClaimantDetails Claimant, IReadOnlyList<HeirDetails>? Heirs = null,
    Settlement? Settlement = null, IReadOnlyList<string>? Receipts = null, Applicant? Applicant = null) : Command
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
            RuleFor(c => c.Receipts!).AreReceipts().When(c => c.Receipts is not null);
            RuleFor(c => c.Applicant!).SetValidator(new Applicant.Validator()).When(c => c.Applicant is not null);
        }
    }
}

/// <param name="Relation">of the claimant to the member</param>
/// <param name="Account">where the benefit is to be paid: the member's own account, after a death the claimant's; or another person's with
/// the reason. Where heirs are paid and the claimant is none of them, it is not kept</param>
public sealed record ClaimantDetails(string Name, IdentityNumber IdNumber, Relation Relation, AccountDetails Account);

public static class SubmitClaimHandler
{
    /// <param name="Card">of the plan version that binds the certificate</param>
    /// <param name="Payee">who is paid; of several heirs the first</param>
    /// <param name="Death">the claim for the member's death, if there is one</param>
    /// <param name="Heirs">in the order of the command; null where it names none</param>
    /// <param name="Account">what the member has claimed so far; null for nothing</param>
    /// <param name="Claims">all claims that stand there; null for none</param>
    /// <param name="Occurrence">the report that the claim is part of; null for a claim alone</param>
    /// <param name="Assisting">the office of another place that takes the claim in; null for none</param>
    public sealed record Case(
        Enrolment Enrolment, PlanCard Card, Person Member, PersonOnRecord Claimant, PersonOnRecord Payee, Claim? Death, ClaimId Id,
        IReadOnlyList<PersonOnRecord>? Heirs = null, BenefitAccount? Account = null, IReadOnlyList<Claim>? Claims = null,
        OccurrenceId? Occurrence = null, RegionCode? Assisting = null)
    {
        /// <summary>Where nobody is registered under a name that is not theirs, the same people.</summary>
        internal Case AsIfUnknown() => this with
        {
            Claimant = Claimant.AsIfUnknown ?? Claimant, Payee = Payee.AsIfUnknown ?? Payee,
            Heirs = Heirs?.Select(heir => heir.AsIfUnknown ?? heir).ToArray(),
        };
    }

    public static async Task<Case?> LoadAsync(SubmitClaim command, IUseCaseContext context) =>
        await context.Find<Enrolment>(command.EnrolmentId.Value) is { } enrolment ? await CaseOf(command, enrolment, context) : null;

    internal static async Task<Case> CaseOf(SubmitClaim command, Enrolment enrolment, IUseCaseContext context)
    {
        await context.Look(PlanId.Of(enrolment.Plan).Value, enrolment.Member.Value, BenefitAccount.IdOf(enrolment.Member));
        var (claimant, isDeath) = (command.Claimant, command.Incident.IsDeath);
        var people = await ClaimPeople.Of(claimant, isDeath ? claimant.Account : null, isDeath ? null : claimant.Account, command.Heirs,
            await context.Get<Person>(enrolment.Member.Value), enrolment.Region, context);
        return await CaseOf(enrolment, isDeath, people, context);
    }

    internal static async Task<Case> CaseOf(Enrolment enrolment, bool isDeath, ClaimPeople people, IUseCaseContext context)
    {
        var version = await Plan.BoundVersion(context, enrolment.Plan, enrolment.PlanVersion);
        var death = await IncidentRules.DeathUnder(enrolment.Id, context);
        var account = await context.FindAnywhere<BenefitAccount>(BenefitAccount.IdOf(enrolment.Member));
        return new Case(
            enrolment, version.Card, people.Member, people.Claimant, people.PayeeOf(isDeath), death, new ClaimId(context.NewId()),
            isDeath ? people.Heirs : null, account, await Likeness.ClaimsOf(account, context));
    }

    public static Decision Handle(SubmitClaim command, Case? found, Actor by, LocalDate today)
    {
        if (found is null) return new Refusal(Refuse.UnknownEnrolment, "there is no such enrolment", "enrolmentId");
        if (Broken(command, found, today) is { } broken) return broken;
        // If somebody is on record under another name, the store refuses the key of the identity number, after the keys of the incident
        // (they are taken in the order of their scopes). So nobody finds it out with a claim that is refused anyway.
        found = found.AsIfUnknown();
        var people = People([found]);
        if (people.Refusal is not null) return people;
        return Barred(found, today) is { } barred ? barred : people.And(Opened(command, found, by, today));
    }

    /// <summary>The first rule that the claim breaks; null for none. Who is on record under what name is not asked here.</summary>
    internal static Refusal? Broken(SubmitClaim command, Case found, LocalDate today)
    {
        var (incident, member) = (command.Incident, found.Member);
        if (new IncidentRules(found.Enrolment, found.Card, member, found.Death).Broken(incident, today, "enrolmentId") is { } broken)
            return broken;
        if (found.Card.ClaimWindow?.ClosesAfter(incident.LastDay) is { } last && today > last)
            return new Refusal(Refuse.ClaimWindowPassed,
                $"by the plan the right to apply was given up after {last:uuuu-MM-dd}", "incident.date");
        return NotPayable(command, member, today) ?? command.Applicant?.Contradicts(command.Claimant.Relation);
    }

    /// <summary>All people of the cases are on record with their decision. One person, asked for twice, is registered once: the claimant
    /// who is the member, or an heir.</summary>
    internal static Decision People(IReadOnlyList<Case> cases) =>
        cases.SelectMany(one => new[] { one.Claimant, one.Payee }.Concat(one.Heirs ?? []))
            .Reverse().DistinctBy(person => person.Id).Reverse()
            .Aggregate(Decision.Nothing, (before, person) => before.And(person.Registration));

    internal static Decision Opened(SubmitClaim command, Case found, Actor by, LocalDate today)
    {
        var (enrolment, incident, id) = (found.Enrolment, command.Incident, found.Id);
        var required = PapersFor(command, found.Card);
        var resembles = Likeness.Of(incident, command.Receipts, id, found.Occurrence, found.Claims ?? []);
        var number = ReferenceNumber.For('C', enrolment.Region, today, id.Value);
        var submitted = Decision.Begin<Claim>(id.Value, new ClaimSubmitted(
                id, number, enrolment.Id, enrolment.Member, enrolment.Plan, enrolment.PlanVersion, enrolment.Programme, enrolment.Region,
                incident, found.Claimant.Id, command.Claimant.Relation, found.Payee.Id, found.Payee.Account!.Value, required, by.Id,
                ClaimFlags.Of(incident, enrolment, resembles), FirstDeadline(required, enrolment.Region, today),
                found.Heirs is not { } heirs ? null : [.. command.Heirs!.Zip(heirs, (heir, person) =>
                    new Heir(person.Id, person.Account!.Value, heir.Relation, heir.Share))],
                command.Settlement, command.Receipts, resembles, command.Applicant?.Kind, found.Occurrence, found.Assisting,
                enrolment.CoverFrom.Year, FirstEstimate(incident, found)))
            .Taking(new UniqueKey("claim-number", number), id.Value);
        submitted = command.Settlement?.TakenBy(id, submitted) ?? submitted;
        var keys = Claim.IncidentKeys(enrolment.Id, incident).Concat(Claim.ReceiptKeys(enrolment.Plan, command.Receipts));
        return Claim.Holding(submitted, id, keys, incident.TakenField())
            .And(Decision.On(enrolment, new ClaimOpened(id, by.Id)))   // a certificate that is ended meanwhile has no new claim
            .And(Decision.OnOrBegin(found.Account, BenefitAccount.IdOf(enrolment.Member), new BenefitClaimed(enrolment.Member, id, by.Id))
                .Within(enrolment.Region))
            .And(command.Applicant is { Kind: ApplicantKind.Agent, Name: { } agent, Phone: var phone }
                ? Decision.On(found.Member, new AgentNamed(id, agent, phone, by.Id)).Within(enrolment.Region) : Decision.Nothing);
    }

    /// <summary>Why the claimant, or the heirs, are not who may be paid; null where they are.</summary>
    private static Refusal? NotPayable(SubmitClaim command, Person member, LocalDate today)
    {
        var claimant = command.Claimant;
        var isSelf = claimant.IdNumber.Value == member.IdNumber.Value;
        if (isSelf != (claimant.Relation == Relation.Self))
            return new Refusal(Refuse.RelationMismatch,
                isSelf ? "the claimant is the member" : "the claimant is not the member", "claimant.relation");
        if (isSelf && command.Incident.IsDeath)
            return new Refusal(Refuse.RelationMismatch, "after a death a relative or beneficiary claims", "claimant.relation");
        var (payee, number) = command.Incident.IsDeath ? (claimant.Name, claimant.IdNumber) : (member.Name, member.IdNumber);
        return claimant.Account.NotPayableTo(payee, number, today, "claimant.account")
            ?? (command.Heirs is { } heirs ? HeirRules.Broken(heirs, member, today) : null);
    }

    /// <summary>What the card asks for, and one paper more where money is to go to another person's account.</summary>
    private static IReadOnlyList<string> PapersFor(SubmitClaim command, PlanCard card)
    {
        var papers = card.Documents[command.Incident.Kind];
        var accounts = command.Heirs?.Select(heir => heir.Account) ?? [command.Claimant.Account];
        return accounts.Any(account => account.OtherHolder is not null) ? [.. papers.Union([OtherHolder.Paper])] : papers;
    }

    /// <summary>Why one of the people may not apply, or be paid, now; null where nobody is barred. The certificate's place
    /// counts.</summary>
    internal static Refusal? Barred(Case found, LocalDate today) =>
        new[] { (found.Member.Bars, "enrolmentId"), (found.Claimant.Bars, "claimant.idNumber") }
            .Concat((found.Heirs ?? []).Select((heir, place) => (heir.Bars, $"heirs.{place}.idNumber")))
            .Select(person => person.Item1.Against(BarScope.Claim, found.Enrolment.Region, today, person.Item2))
            .FirstOrDefault(no => no is not null);

    /// <summary>What the books reserve until the assessment; null where the rules have no answer to what is known so far.</summary>
    private static Money? FirstEstimate(Incident incident, Case found) =>
        Adjudication.Assess(found.Card, ClaimCase.FactsOf(incident, found.Enrolment, found.Card, found.Account)).Assessment?.Amount;

    private static Deadline FirstDeadline(IReadOnlyList<string> required, RegionCode region, LocalDate today) =>
        Deadline.For(required.Count > 0 ? ClaimStep.Check : ClaimStep.Assessment, region, today);
}
