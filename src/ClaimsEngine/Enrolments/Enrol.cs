using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Units;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>Enrols one person under a programme, or directly under a plan. Exactly one of the two is named.</summary>
/// <param name="Units">how many units (份) the person is to hold; where the plan voids what is above its limit, the limit is held and paid for</param>
/// <param name="CoverTier">a tier of the card; its first if not told</param>
/// <param name="Months">length of cover, where the plan leaves a choice</param>
/// <param name="UnionCard">the person has a union service card, which some plans price lower (Tianjin 2019)</param>
/// <param name="SeniorRank">section head or senior title, which some plans let in longer (Tianjin 2019)</param>
/// <param name="Employer">kind of employer, where the price depends on it (Fuzhou 2012)</param>
/// <param name="Unit">code of the unit whose list the person stands on; null for who enters alone</param>
/// <param name="HiredOn">when the unit hired the person, where that decides who may still join</param>
public sealed record Enrol(
    PersonDetails Person, string? Programme = null, string? Plan = null, int Units = 1, string? CoverTier = null, int? Months = null, bool UnionCard = false,
    bool SeniorRank = false, EmployerKind? Employer = null, string? Unit = null, LocalDate? HiredOn = null)
{
    public sealed class Validator : AbstractValidator<Enrol>
    {
        public Validator()
        {
            RuleFor(c => c.Programme).Must((c, _) => c.Programme is null != c.Plan is null).WithMessage("name either a programme or a plan");
            RuleFor(c => c.Units).InclusiveBetween(1, 100);
            RuleFor(c => c.Unit).Matches(UnitId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
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

        var unit = command.Unit is { } list ? await context.Find<Unit>(UnitId.Of(list).Value) : null;
        if (command.Unit is not null && unit is null) return new Refusal(Refuse.UnknownUnit, "there is no such unit", "unit");

        var member = await PersonOnRecord.Of(person.IdNumber, person.Name, person.Phone, person.Region, person.Account, "person", context);
        var holder = await context.OwnerOf(Enrolment.Key(plan.Code, programme?.Code, member.Id));
        var current = holder is { } stream ? await context.FindAnywhere<Enrolment>(stream) : null;
        var standing = plan.Versions.Any(version => version.Card.Cover?.Renewal is not null) ? await Standing.Of(plan.Code, member.Id, context) : null;
        return Handle(command, plan, programme, member, current, context.By, context.Now.Date(), new EnrolmentId(context.NewId()), unit, standing);
    }

    /// <param name="current">the person's newest certificate of the programme, or of the plan without one</param>
    /// <param name="unit">that the command names</param>
    /// <param name="standing">the person's certificates of the plan under any programme; null to leave them alone</param>
    public static Decision Handle(
        Enrol command, Plan plan, Programme? programme, PersonOnRecord member, Enrolment? current, Actor by, LocalDate today, EnrolmentId id,
        Unit? unit = null, Standing? standing = null)
    {
        var person = command.Person;
        if (!by.Sees(person.Region)) return new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name} only", "person.region");

        var from = programme?.From ?? today.PlusDays(1);
        if ((programme is null ? plan.EffectiveOn(from) : plan.Version(programme.PlanVersion)) is not { } version)
            return new Refusal(Refuse.PlanNotEffective, $"no version of {plan.Code} is effective on {from:uuuu-MM-dd}", "plan");
        var card = version.Card;
        if (card.Cover is not { } cover) return new Refusal(Refuse.NotPublished, "the plan's source does not publish its term", "plan");
        if (programme is null && cover.Start == CoverStart.ProgrammePeriod)
            return new Refusal(Refuse.PlanNotEffective, $"cover under {plan.Code} begins with a programme; name the programme", "programme");
        if (command.CoverTier is { } tier && card.TierOf(tier) is null)
            return new Refusal(Refuse.InvalidRequest, $"is none of {string.Join(", ", (card.CoverTiers ?? []).Select(known => known.Code))}", "coverTier");
        if (command.Months is { } chosen && chosen != cover.Months && cover.OtherMonths?.Contains(chosen) != true)
            return new Refusal(Refuse.InvalidRequest, $"is none of the plan's terms: {string.Join(", ", (int[])[cover.Months, .. cover.OtherMonths ?? []])} months", "months");
        if (command.Months is { } other && card.TierOf(command.CoverTier)?.Months is { } own && other != own)
            return new Refusal(Refuse.InvalidRequest, $"this tier lasts {own} months", "months");
        if (programme is not null && cover.Start == CoverStart.NextDay) from = LocalDate.Max(from, today.PlusDays(1));

        var months = command.Months ?? card.MonthsFor(command.CoverTier) ?? cover.Months;
        var full = from.PlusMonths(months).PlusDays(-1);
        var to = cover.Start == CoverStart.ProgrammePeriod ? programme!.To : LocalDate.Min(full, programme?.To ?? full);
        if (from > to) return new Refusal(Refuse.PlanNotEffective, $"the programme's period ended on {to:uuuu-MM-dd}", "programme");
        var first = Standing.FirstDay(cover, standing?.Earlier ?? current, from);

        if ((programme is not null && !programme.Occupations.Contains(person.Occupation))
            || !card.Eligibility.Covers(person.Occupation))
            return new Refusal(Refuse.OccupationNotCovered, $"{person.Occupation.ChineseName} ({person.Occupation}) is not covered", "person.occupation");
        if ((programme is not null && !programme.Covers(person.Region))
            || !card.Eligibility.Covers(person.Region))
            return new Refusal(Refuse.RegionNotCovered, $"{person.Region.Name} is not covered", "person.region");
        if (!card.Eligibility.Covers(person.IdNumber.Sex)) return new Refusal(Refuse.SexNotCovered, "by the identity number the person is of the other sex", "person.idNumber");
        var age = person.IdNumber.BirthDate.AgeOn(from);
        if (!card.Eligibility.Covers(age, person.IdNumber.Sex, command.SeniorRank, renewing: first is not null))
            return new Refusal(Refuse.AgeNotCovered, $"aged {age} on the first day of cover", "person.idNumber");
        if (person.IdNumber.BirthDate > today) return new Refusal(Refuse.AgeNotCovered, "born in the future", "person.idNumber");
        if (card.Eligibility is { MaxUnits: { } most, ExcessUnits: ExcessUnits.Refused } && command.Units > most)
            return new Refusal(Refuse.TooManyUnits, $"a certificate holds at most {most}", "units");

        var units = Math.Min(command.Units, card.Eligibility is { MaxUnits: { } valid, ExcessUnits: ExcessUnits.Void } ? valid : command.Units);
        var joined = unit?.CoverOf(plan.Code, programme?.Code, from);
        if (UnitRules.Broken(command, unit, joined, card.Eligibility, units, today) is { } broken) return broken;
        if (joined is not null) to = joined.To;

        // last, so that nobody learns who is on record by asking for what cannot be
        if (member.Registration.Refusal is { } mismatch) return mismatch;
        if (current is not null && (programme is not null || current.CoverTo >= from))
            return new Refusal(Refuse.AlreadyEnrolled, current.Unit == command.Unit
                ? "the person holds a certificate of this cover"
                : "the person holds a certificate of this cover through another unit; of two the later one is void", "person.idNumber");

        var (price, unpriced) = Price.Of(card, new PriceFacts(
            command.CoverTier, person.Occupation.IsHighRisk, command.UnionCard, first is not null, command.Employer, person.IdNumber.Sex, months), units);
        if (price is null) return unpriced!;
        var contribution = price.Amount;
        IReadOnlyList<FundingShare> funding = programme is not null
            ? [.. programme.Funding.Select(share => share with { Amount = share.Amount * units })]
            : price.Shares.Count > 0 ? [.. price.Shares.Select(share => new FundingShare($"{share.Payer.En} ({share.Payer.Zh})", share.Amount))]
            : [new FundingShare("member", contribution)];
        if (Money.Sum(funding.Select(share => share.Amount)) is var paid && paid != contribution)
            return new Refusal(Refuse.FundingMismatch, $"the programme's payers give {paid}; this cover costs {contribution}", "programme");
        var pool = programme?.PoolFor(person.Region);
        var drawn = programme is { Budget: not null } ? programme.SponsorsPart(funding) : (Money?)null;

        var key = Enrolment.Key(plan.Code, programme?.Code, member.Id);
        var number = ReferenceNumber.For('E', person.Region, today, id.Value);
        var started = Decision.On<Enrolment>(id.Value, new EnrolmentStarted(
                id, number, member.Id, plan.Code, version.Number, programme?.Code,
                person.Occupation, person.Region, person.IdNumber.Sex, age, units, from, to, contribution, funding, pool?.Name, by.Id, first, command.CoverTier, unit?.Code,
                Pending: funding.Any(share => share.Due == true) ? true : null, Previous: cover.Renewal is null ? null : standing?.Newest?.Id, Drawn: drawn,
                SeniorRank: command.SeniorRank ? true : null))
            .Taking(new UniqueKey(Enrolment.NumberScope, number), id.Value)
            .Taking(key, id.Value);
        if (unit is not null && joined is null)
            started = started.And(Decision.On<Unit>(unit.StreamId, new UnitCovered(plan.Code, programme?.Code, from, to, units, by.Id)));
        if (programme is null) started = started.RestingOn(plan);
        if (current is not null) started = started.Releasing(key, current.StreamId);
        // the newest certificate is the one that ends last, not one that is recorded late
        if (cover.Renewal is not null && standing is not null && !(standing.Newest?.CoverTo > to))
        {
            started = started.Taking(Standing.Key(plan.Code, member.Id), id.Value);
            if (standing.Newest is { } newest) started = started.Releasing(Standing.Key(plan.Code, member.Id), newest.StreamId);
        }
        // an allocation made meanwhile would change the pool and its limit
        if (programme is not null && pool is not null)
            started = started.RestingOn(programme).With(new PlaceChange(pool.Name, 1, pool.Limit),
                new Refusal(Refuse.QuotaExceeded, $"all {pool.Limit} places of {pool.Name} are taken", "programme"));
        if (programme?.Budget is { } budget && drawn is { } asked)
            started = started.With(new PlaceChange(Programme.BudgetPool(programme.Code), asked.Fen, budget.Fen),
                new Refusal(Refuse.BudgetExceeded, $"{asked} yuan are more than what is left of the sponsor's budget of {budget}", "programme"));
        return member.Registration.And(started);
    }
}
