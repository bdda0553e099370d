using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>Enrols one person under a programme, or directly under a plan. Exactly one of the two is named.</summary>
/// <param name="Units">how many units (份) the person holds</param>
public sealed record Enrol(PersonDetails Person, string? Programme = null, string? Plan = null, int Units = 1)
{
    public sealed class Validator : AbstractValidator<Enrol>
    {
        public Validator()
        {
            RuleFor(c => c.Programme).Must((c, _) => c.Programme is null != c.Plan is null).WithMessage("name either a programme or a plan");
            RuleFor(c => c.Units).InclusiveBetween(1, 100);
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
            RuleFor(p => p.Account!.Holder).Equal(p => p.Name).When(p => p.Account is not null).WithMessage("the account must be the member's own");
        }
    }
}

public static class EnrolHandler
{
    public static async Task<Decision> Run(Enrol command, IUseCaseContext context)
    {
        var person = command.Person;
        var programme = command.Programme is { } code ? await context.Find<Programme>(ProgrammeId.Of(code).Value) : null;
        if (command.Programme is not null && programme is null)
            return new Refusal(Refuse.UnknownProgramme, $"there is no programme {command.Programme}", "programme");
        var planCode = programme?.Plan ?? command.Plan!;
        var plan = await context.Find<Plan>(PlanId.Of(planCode).Value);
        if (plan is null) return new Refusal(Refuse.UnknownPlan, $"there is no plan {planCode}", "plan");

        var member = await PersonOnRecord.Of(person.IdNumber, person.Name, person.Phone, person.Region, person.Account, "person", context);
        var holder = await context.OwnerOf(Enrolment.Key(plan.Code, programme?.Code, member.Id));
        var current = holder is { } stream ? await context.FindAnywhere<Enrolment>(stream) : null;
        return Handle(command, plan, programme, member, current, context.By, context.Now.Date(), new EnrolmentId(context.NewId()));
    }

    /// <param name="current">the person's newest certificate of the programme, or of the plan without one</param>
    public static Decision Handle(
        Enrol command, Plan plan, Programme? programme, PersonOnRecord member, Enrolment? current, Actor by, LocalDate today, EnrolmentId id)
    {
        var person = command.Person;
        if (!by.Sees(person.Region)) return new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name} only", "person.region");

        var from = programme?.From ?? today.PlusDays(1);
        if ((programme is null ? plan.EffectiveOn(from) : plan.Version(programme.PlanVersion)) is not { } version)
            return new Refusal(Refuse.PlanNotEffective, $"no version of {plan.Code} is effective on {from:uuuu-MM-dd}", "plan");
        var card = version.Card;
        if (programme is null && card.Cover.Start == CoverStart.ProgrammePeriod)
            return new Refusal(Refuse.PlanNotEffective, $"cover under {plan.Code} begins with a programme; name the programme", "programme");
        if (programme is not null && card.Cover.Start == CoverStart.NextDay) from = LocalDate.Max(from, today.PlusDays(1));

        var full = from.PlusMonths(card.Cover.Months).PlusDays(-1);
        var to = card.Cover.Start == CoverStart.ProgrammePeriod ? programme!.To : LocalDate.Min(full, programme?.To ?? full);
        if (from > to) return new Refusal(Refuse.PlanNotEffective, $"the programme's period ended on {to:uuuu-MM-dd}", "programme");

        if ((programme is not null && !programme.Occupations.Contains(person.Occupation))
            || (card.Eligibility.Occupations is { } occupations && !occupations.Contains(person.Occupation)))
            return new Refusal(Refuse.OccupationNotCovered, $"{person.Occupation.ChineseName} ({person.Occupation}) is not covered", "person.occupation");
        if ((programme is not null && !programme.Covers(person.Region))
            || (card.Eligibility.Regions is { } regions && !regions.Any(own => own.Contains(person.Region))))
            return new Refusal(Refuse.RegionNotCovered, $"{person.Region.Name} is not covered", "person.region");
        var age = person.IdNumber.BirthDate.AgeOn(from);
        if (age < card.Eligibility.AgeFrom || age > card.Eligibility.AgeTo)
            return new Refusal(Refuse.AgeNotCovered, $"aged {age} on the first day of cover", "person.idNumber");
        if (person.IdNumber.BirthDate > today) return new Refusal(Refuse.AgeNotCovered, "born in the future", "person.idNumber");
        if (command.Units > card.Eligibility.MaxUnits)
            return new Refusal(Refuse.TooManyUnits, $"a certificate holds at most {card.Eligibility.MaxUnits}", "units");

        // last, so that nobody learns who is on record by asking for what cannot be
        if (member.Registration.Refusal is { } mismatch) return mismatch;
        if (current is not null && (programme is not null || current.CoverTo >= from))
            return new Refusal(Refuse.AlreadyEnrolled, "the person holds a certificate of this cover", "person.idNumber");

        var contribution = card.Price.PerUnit * command.Units;
        IReadOnlyList<FundingShare> funding = programme is null
            ? [new FundingShare("member", contribution)]
            : [.. programme.Funding.Select(share => share with { Amount = share.Amount * command.Units })];
        var pool = programme?.PoolFor(person.Region);

        var cover = Enrolment.Key(plan.Code, programme?.Code, member.Id);
        var number = ReferenceNumber.For('E', person.Region, today, id.Value);
        var started = Decision.On<Enrolment>(id.Value, new EnrolmentStarted(
                id, number, member.Id, plan.Code, version.Number, programme?.Code,
                person.Occupation, person.Region, person.IdNumber.Sex, age, command.Units, from, to, contribution, funding, pool?.Name, by.Id))
            .Taking(new UniqueKey("certificate-number", number), id.Value)
            .Taking(cover, id.Value);
        if (programme is null) started = started.RestingOn(plan);
        if (current is not null) started = started.Releasing(cover, current.StreamId);
        // an allocation made meanwhile would change the pool and its limit
        if (programme is not null && pool is not null)
            started = started.RestingOn(programme).With(new PlaceChange(pool.Name, 1, pool.Limit),
                new Refusal(Refuse.QuotaExceeded, $"all {pool.Limit} places of {pool.Name} are taken", "programme"));
        return member.Registration.And(started);
    }
}
