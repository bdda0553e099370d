using ClaimsEngine.Employers;
using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>
/// A union of the lowest level records that a household in hardship asks for relief. The money goes to the applicant's own account under
/// the real name (another person's needs a reason that is accepted later), and a household asks once for a kind of hardship in a fund
/// (Qinghai 2025, facts.md F36 and F37: real-name payment; no false reporting, impersonation, withholding or diversion).
/// </summary>
/// <param name="Fund">code of the fund</param>
/// <param name="Kind">code of one of the fund's kinds of hardship</param>
/// <param name="Amount">asked for, above 0.00, at most what the kind allows</param>
/// <param name="Facts">what the hardship is, without names and numbers of people</param>
/// <param name="Evidence">the papers that the kind asks for, each kind once</param>
/// <param name="Unit">code of the employer whose union records it</param>
public sealed record ApplyForRelief(
    string Fund, string Kind, ReliefApplicant Person, Money Amount, string Facts, ReliefHousehold Household,
    IReadOnlyList<ReliefEvidence> Evidence, string? Unit = null) : Command
{
    public sealed class Validator : AbstractValidator<ApplyForRelief>
    {
        private const int MostPeople = 20, MostPapers = 20;

        public Validator()
        {
            RuleFor(c => c.Fund).NotEmpty().MaximumLength(80);
            RuleFor(c => c.Kind).NotEmpty().MaximumLength(80);
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("an amount is above 0.00");
            RuleFor(c => c.Facts).NotEmpty().MaximumLength(1000);
            RuleFor(c => c.Unit).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
            RuleFor(c => c.Person).SetValidator(new ReliefApplicant.Validator());
            RuleFor(c => c.Household.MonthlyIncome).Must(income => income >= Money.Zero).WithMessage("an income is not below 0.00");
            RuleFor(c => c.Household.Others).Must(others => others.Count < MostPeople).WithMessage("at most 20 people");
            When(c => c.Household.Others.Count < MostPeople, () =>
            {
                RuleForEach(c => c.Household.Others).ChildRules(other => other.RuleFor(o => o.Name).PlainText(60));
                RuleFor(c => c.Household.Others).Must((c, others) => others.Select(other => other.IdNumber.Value)
                        .Append(c.Person.IdNumber.Value).Distinct().Count() == others.Count + 1)
                    .WithMessage("everybody of a household stands there once");
            });
            RuleFor(c => c.Evidence).Must(papers => papers.Count <= MostPapers
                    && papers.Select(paper => paper.Kind).Distinct().Count() == papers.Count)
                .WithMessage("at most 20 papers, each kind once");
            When(c => c.Evidence.Count <= MostPapers, () => RuleForEach(c => c.Evidence).ChildRules(paper =>
            {
                paper.RuleFor(p => p.Kind).NotEmpty().MaximumLength(60);
                paper.RuleFor(p => p.Sha256).Matches("^[0-9a-f]{64}\\z").WithMessage("64 hexadecimal digits");
            }));
        }
    }
}

/// <param name="Region">where the applicant's union is, a district if known</param>
/// <param name="Account">the applicant's own, under the real name; or another person's with the reason</param>
public sealed record ReliefApplicant(
    string Name, IdentityNumber IdNumber, RegionCode Region, AccountDetails Account, string? Phone = null)
{
    public sealed class Validator : AbstractValidator<ReliefApplicant>
    {
        public Validator()
        {
            RuleFor(p => p.Name).PlainText(60);
            RuleFor(p => p.Phone).Matches("^\\+?[0-9 -]{5,20}\\z").WithMessage("a telephone number has 5 to 20 digits");
            RuleFor(p => p.Region).Must(region => region.Level > 0).WithMessage("an applicant lives in a province, city or district");
            RuleFor(p => p.Account).SetValidator(new AccountDetails.Validator());
        }
    }
}

/// <param name="MonthlyIncome">of all together, 0.00 or more</param>
/// <param name="Others">who lives with the applicant; empty for who lives alone</param>
public sealed record ReliefHousehold(Money MonthlyIncome, IReadOnlyList<HouseholdMember> Others);

public sealed record HouseholdMember(string Name, IdentityNumber IdNumber);

public static class ApplyForReliefHandler
{
    /// <param name="Fund">null if there is none of the code</param>
    /// <param name="Unit">null if the command names none, or there is none of the code</param>
    /// <param name="Others">of the household, in the order of the command</param>
    public sealed record Case(
        ReliefFund? Fund, Employer? Unit, PersonOnRecord Applicant, IReadOnlyList<PersonOnRecord> Others, ReliefApplicationId Id);

    public static async Task<Case> LoadAsync(ApplyForRelief command, IUseCaseContext context)
    {
        var fund = await context.Find<ReliefFund>(ReliefFundId.Of(command.Fund).Value);
        var unit = command.Unit is { } code ? await context.Find<Employer>(EmployerId.Of(code).Value) : null;
        var person = command.Person;
        var applicant = await PersonOnRecord.Of(
            person.IdNumber, person.Name, person.Phone, person.Region, person.Account, "person", context);
        var others = new List<PersonOnRecord>();
        foreach (var other in command.Household.Others)
            others.Add(await PersonOnRecord.Of(
                other.IdNumber, other.Name, null, person.Region, null, $"household.others.{others.Count}", context));
        return new Case(fund, unit, applicant, others, new ReliefApplicationId(context.NewId()));
    }

    public static Decision Handle(ApplyForRelief command, Case found, Actor by, LocalDate today)
    {
        var (fund, unit, _, _, id) = found;
        var person = command.Person;
        if (fund is null) return new Refusal(Refuse.UnknownReliefFund, $"there is no relief fund {command.Fund}", "fund");
        if (command.Unit is not null && unit is null)
            return new Refusal(Refuse.UnknownEmployer, "there is no such employer", "unit");
        if (!by.Sees(person.Region)) return Refuse.ActsElsewhere(by, "person.region");
        if (!fund.Region.Contains(person.Region))
            return new Refusal(Refuse.RegionNotCovered, $"the fund is for {fund.Region.Name}", "person.region");
        if (unit is not null && !unit.Region.Contains(person.Region) && !person.Region.Contains(unit.Region))
            return new Refusal(Refuse.EmployerElsewhere, $"the employer lies in {unit.Region.Name}", "person.region");
        if (fund.Closed) return fund.IsClosed("fund");
        if (today < fund.From || today > fund.To)
            return new Refusal(Refuse.ReliefWindowClosed,
                $"applications are taken from {fund.From:uuuu-MM-dd} to {fund.To:uuuu-MM-dd}", "fund");
        if (fund.Kind(command.Kind) is not { } kind)
            return new Refusal(Refuse.UnknownReliefKind,
                $"the fund knows {string.Join(", ", fund.Kinds.Select(one => one.Code))}", "kind");
        if (command.Amount > kind.Most)
            return new Refusal(Refuse.OverReliefLimit, $"a household is given at most {kind.Most} yuan for it", "amount");
        if (person.Account.NotPayableTo(person.Name, person.IdNumber, today, "person.account") is { } notPayable) return notPayable;
        string[] needed = [.. kind.Evidence, .. person.Account.OtherHolder is null ? (string[])[] : [OtherHolder.Paper]];
        if (needed.Except(command.Evidence.Select(paper => paper.Kind)).ToArray() is { Length: > 0 } missing)
            return new Refusal(Refuse.DocumentsMissing, $"missing: {string.Join(", ", missing)}", "evidence");
        return Recorded(command, found, fund, kind, id, by, today);
    }

    private static Decision Recorded(
        ApplyForRelief command, Case found, ReliefFund fund, ReliefKind kind, ReliefApplicationId id, Actor by, LocalDate today)
    {
        // as in a claim, whether somebody is on record under another name is answered last, by the key of the identity number
        var applicant = found.Applicant.AsIfUnknown ?? found.Applicant;
        var others = found.Others.Select(other => other.AsIfUnknown ?? other).ToArray();
        var people = others.Prepend(applicant).Aggregate(Decision.Nothing, (before, one) => before.And(one.Registration));
        if (people.Refusal is { } unknown) return unknown;

        var number = ReferenceNumber.For('H', command.Person.Region, today, id.Value);
        var recorded = Decision.Begin<ReliefApplication>(id.Value, new ReliefApplicationRecorded(
                id, number, fund.Code, kind.Code, applicant.Id, applicant.Account!.Value, command.Person.Region, command.Unit,
                command.Amount, command.Facts, [.. others.Select(other => other.Id)], command.Household.MonthlyIncome, command.Evidence,
                today, by.Id))
            .Taking(new UniqueKey("relief-number", number), id.Value)
            .RestingOn(fund);   // it may be closed meanwhile
        var asked = new Refusal(Refuse.ReliefApplied, "the household has an application that is open or granted", "household");
        return people.And(others.Prepend(applicant).Aggregate(recorded, (decision, one) =>
            decision.Taking(ReliefApplication.Key(fund.Code, kind.Code, one.Id), id.Value, asked)));
    }
}
