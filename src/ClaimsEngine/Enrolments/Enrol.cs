using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments.Enrolling;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>Enrols one person under a programme, or directly under a plan. Exactly one of the two is named.</summary>
/// <param name="Units">how many units (份) the person is to hold; more than the plan's limit where the plan voids them</param>
/// <param name="CoverTier">a tier of the card; its first if not told</param>
/// <param name="Months">length of cover, where the plan leaves a choice</param>
/// <param name="UnionCard">the person has a union service card, which some plans price lower (Tianjin 2019)</param>
/// <param name="SeniorRank">section head or senior title, which some plans let in longer (Tianjin 2019)</param>
/// <param name="EmployerKind">kind of employer, where the price depends on it (Fuzhou 2012)</param>
/// <param name="Employer">code of the employer whose list the person stands on; null for who enters alone</param>
/// <param name="HiredOn">when the employer hired the person, where that decides who may still join</param>
public sealed record Enrol(
    PersonDetails Person, string? Programme = null, string? Plan = null, int Units = 1, string? CoverTier = null, int? Months = null,
    bool UnionCard = false, bool SeniorRank = false, EmployerKind? EmployerKind = null, string? Employer = null,
    LocalDate? HiredOn = null) : Command
{
    public sealed class Validator : AbstractValidator<Enrol>
    {
        public Validator()
        {
            RuleFor(c => c.Programme).Must((c, _) => c.Programme is null != c.Plan is null)
                .WithMessage("name either a programme or a plan");
            RuleFor(c => c.Units).InclusiveBetween(1, 100);
            RuleFor(c => c.Employer).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
            RuleFor(c => c.Person).SetValidator(new PersonDetails.Validator());
        }
    }
}

/// <param name="Region">where the member's union is, a district if known</param>
/// <param name="Account">the member's own account, if known already</param>
public sealed record PersonDetails(
    string Name, IdentityNumber IdNumber, Occupation Occupation, RegionCode Region, string? Phone = null, AccountDetails? Account = null)
{
    public sealed class Validator : AbstractValidator<PersonDetails>
    {
        public Validator()
        {
            RuleFor(p => p.Name).PlainText(60);
            RuleFor(p => p.Phone).Matches("^\\+?[0-9 -]{5,20}\\z").WithMessage("a telephone number has 5 to 20 digits");
            RuleFor(p => p.Region).Must(region => region.Level > 0).WithMessage("a member lives in a province, city or district");
            RuleFor(p => p.Account!).SetValidator(new AccountDetails.Validator()).When(p => p.Account is not null);
            RuleFor(p => p.Account!.Holder).Equal(p => p.Name).When(p => p.Account is not null)
                .WithMessage("the account must be the member's own");
            RuleFor(p => p.Account!.OtherHolder).Null().When(p => p.Account is not null)
                .WithMessage("another person's account is named with a claim, not with an entry");
        }
    }
}

public static class EnrolHandler
{
    /// <param name="Programme">that the command names; null if it names none, or there is none</param>
    /// <param name="Plan">of the programme, or that the command names; null if there is none</param>
    /// <param name="Employer">that the command names; null if it names none, or there is none</param>
    /// <param name="Current">the person's newest certificate of the programme, or of the plan without one</param>
    /// <param name="Standing">the person's certificates of the plan under any programme; null to leave them alone</param>
    /// <param name="RecordedOn">the day on which it is recorded, where that is not the day by whose rules it is decided</param>
    /// <param name="Members">who of the employer hold the cover before; null where that is not asked of one entry</param>
    public sealed record Case(
        Programme? Programme, Plan? Plan, Employer? Employer, PersonOnRecord Member, Enrolment? Current, Standing? Standing,
        EnrolmentId Id, LocalDate? RecordedOn = null, MemberCount? Members = null);

    public static async Task<Case> LoadAsync(Enrol command, IUseCaseContext context)
    {
        await context.Look([.. Named(command)]);
        var programme = command.Programme is { } code ? await context.Find<Programme>(ProgrammeId.Of(code).Value) : null;
        var plan = (programme?.Plan ?? command.Plan) is { } planCode ? await context.Find<Plan>(PlanId.Of(planCode).Value) : null;
        var employer = command.Employer is { } list ? await context.Find<Employer>(EmployerId.Of(list).Value) : null;

        var person = command.Person;
        var member = await PersonOnRecord.Of(person.IdNumber, person.Name, person.Phone, person.Region, person.Account, "person", context);
        var holder = plan is null ? null : await context.OwnerOf(Enrolment.Key(plan.Code, programme?.Code, member.Id));
        var current = holder is { } stream ? await context.FindAnywhere<Enrolment>(stream) : null;
        var standing = plan?.Versions.Any(version => version.Card.Cover?.Renewal is not null) == true
            ? await Standing.Of(plan.Code, member.Id, context) : null;
        var eligibility = (programme is null ? plan?.EffectiveOn(context.Now.Date().PlusDays(1)) : plan?.Version(programme.PlanVersion))
            ?.Card.Eligibility;
        var members = employer is not null && eligibility is not null && EmployerRules.Question(
            eligibility, employer.Code, plan!.Code, programme?.Code, context.Now.Date(), programme?.To) is { } question
            ? await context.MembersOf(question) : null;
        return new Case(
            programme, plan, employer, member, current, standing, new EnrolmentId(context.NewId()), context.RecordedOn, members);
    }

    public static Decision Handle(Enrol command, Case found, Actor by, LocalDate today)
    {
        var (programme, plan, employer, member, current, standing, id, recordedOn, members) = found;
        if (command.Programme is not null && programme is null)
            return new Refusal(Refuse.UnknownProgramme, $"there is no programme {command.Programme}", "programme");
        if (plan is null) return new Refusal(Refuse.UnknownPlan, $"there is no plan {programme?.Plan ?? command.Plan}", "plan");
        if (command.Employer is not null && employer is null)
            return new Refusal(Refuse.UnknownEmployer, "there is no such employer", "employer");
        var person = command.Person;
        if (!by.Sees(person.Region)) return Refuse.ActsElsewhere(by, "person.region");

        var (term, noTerm) = Term.Of(command, plan, programme, standing?.Earlier ?? current, today);
        if (term is null) return noTerm!;
        var eligibility = term.Card.Eligibility;
        if (PersonRules.Broken(command, eligibility, programme, term, today) is { } notEligible) return notEligible;
        var units = eligibility.UnitsHeld(command.Units);
        var joined = employer?.CoverOf(plan.Code, programme?.Code, term.From);
        var entry = new EntryToList(person.Region, units, command.HiredOn, "person.region", "units");
        if (EmployerRules.Broken(entry, employer, joined, eligibility, today) is { } notTogether) return notTogether;
        var tooFew = employer is null ? null
            : EmployerRules.TooFew(eligibility, employer, members, person.IdNumber.Sex, command.HiredOn, today);

        var (cost, noCost) = Cost.Of(command, programme, term, units);
        if (cost is null) return noCost!;

        // whether the person is on record is answered last: nobody finds it out with a request that is refused anyway
        if (member.Registration.Refusal is { } mismatch) return mismatch;
        if (PersonRules.Barred(member, person.Region, today) is { } barred) return barred;
        if (current is not null && (programme is not null || current.CoverTo >= term.From))
            return new Refusal(Refuse.AlreadyEnrolled, current.Employer == command.Employer
                ? "the person holds a certificate of this cover"
                : "the person holds a certificate of this cover through another employer; of two the later one is void", "person.idNumber");
        if (term.Cover.Renewal is null) standing = null;
        var (to, pool) = (joined?.To ?? term.To, programme?.PoolFor(person.Region));
        var fact = new EnrolmentStarted(
            id, ReferenceNumber.For('E', person.Region, today, id.Value), member.Id, plan.Code, term.Version.Number, programme?.Code,
            person.Occupation, person.Region, person.IdNumber.Sex, PersonRules.AgeOf(command, term), units, term.From, to,
            cost.Contribution, cost.Funding, pool?.Name, by.Id, term.First, command.CoverTier, employer?.Code,
            Pending: tooFew is not null || cost.Funding.Any(share => share.Due == true) ? true : null,
            Previous: standing?.Newest?.Id, Drawn: cost.Drawn, SeniorRank: command.SeniorRank ? true : null,
            EnrolledOn: recordedOn ?? today, AwaitsRatio: tooFew is null ? null : true);

        var started = Decision.Begin<Enrolment>(id.Value, fact).TakingKeys(fact, current, standing);
        if (employer is not null && joined is null)
            started = started.And(Decision.On(employer, new EmployerCovered(plan.Code, programme?.Code, term.From, to, units, by.Id)));
        else if (employer is not null && members is not null) started = started.RestingOn(employer);   // it may be counted anew meanwhile
        started = programme is null ? started.RestingOn(plan) : started.TakingAPlace(programme, pool!, cost.Drawn);
        return member.Registration.And(started);
    }

    /// <summary>The streams that the command names.</summary>
    private static IEnumerable<Guid> Named(Enrol command)
    {
        if (command.Programme is { } programme) yield return ProgrammeId.Of(programme).Value;
        if (command.Plan is { } plan) yield return PlanId.Of(plan).Value;
        if (command.Employer is { } employer) yield return EmployerId.Of(employer).Value;
    }
}
