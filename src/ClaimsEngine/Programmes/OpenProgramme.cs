using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Programmes;

/// <summary>Opens a programme under a plan: quota, period, whom it is for, and who pays.</summary>
/// <param name="Quota">places, 1 to 10,000,000</param>
/// <param name="To">last day of the period, inclusive</param>
/// <param name="Name">what people call it; the code if absent</param>
/// <param name="Budget">the most that the sponsor gives of the shares that name it, above 0.00; null is no limit but the quota</param>
public sealed record OpenProgramme(
    string Code, string Plan, string Sponsor, int Quota, LocalDate From, LocalDate To,
    IReadOnlyList<RegionCode> Regions, IReadOnlyList<Occupation> Occupations, IReadOnlyList<FundingShare> Funding,
    string? Name = null, Money? Budget = null) : Command
{
    private const int MostPayers = 100;

    public sealed class Validator : AbstractValidator<OpenProgramme>
    {
        public Validator()
        {
            RuleFor(c => c.Code).MaximumLength(80).Matches("^[a-z0-9]+(-[a-z0-9]+)*\\z")
                .WithMessage("a code is lower-case words joined by hyphens");
            RuleFor(c => c.Sponsor).PlainText(200);
            RuleFor(c => c.Name!).PlainText(200).When(c => c.Name is not null);
            RuleFor(c => c.Quota).InclusiveBetween(1, 10_000_000);
            RuleFor(c => c.To).GreaterThan(c => c.From).WithMessage("the period ends after it begins");
            RuleFor(c => c.Regions).NotEmpty().Must(regions => regions.Count <= 4_000).WithMessage("at most 4,000 regions");
            RuleFor(c => c.Occupations).NotEmpty().Must(occupations => occupations.Count <= 200).WithMessage("at most 200 occupations");
            RuleFor(c => c.Funding).NotEmpty().Must(shares => shares.Count <= MostPayers).WithMessage("at most 100 payers");
            When(c => c.Funding.Count <= MostPayers, Shares);
        }

        private void Shares()
        {
            RuleForEach(c => c.Funding)
                .Must(share => share.Amount.IsPositive && share.Payer.Length <= 200 && !string.IsNullOrWhiteSpace(share.Payer))
                .WithMessage("a share has a payer and an amount above 0.00");
            RuleForEach(c => c.Funding).ChildRules(share =>
                share.RuleFor(one => one.Payer).PlainText(200).When(one => !string.IsNullOrWhiteSpace(one.Payer)));
            RuleFor(c => c.Funding).Must(shares => shares.Select(share => share.Payer).Distinct().Count() == shares.Count)
                .WithMessage("a payer has one share");
            RuleFor(c => c.Budget).Must(budget => budget is null || budget.Value.IsPositive).WithMessage("a budget is above 0.00");
            RuleFor(c => c.Budget).Must((c, budget) => budget is null || c.Funding.Any(share => share.Payer == c.Sponsor))
                .WithMessage("a budget is the sponsor's: one of the payers is the sponsor, word for word");
        }
    }
}

public static class OpenProgrammeHandler
{
    public static async Task<(Programme?, Plan?)> LoadAsync(OpenProgramme command, IUseCaseContext context)
    {
        var (programme, plan) = (ProgrammeId.Of(command.Code).Value, PlanId.Of(command.Plan).Value);
        await context.Look(programme, plan);
        return (await context.FindAnywhere<Programme>(programme), await context.Find<Plan>(plan));
    }

    public static Decision Handle(OpenProgramme command, Programme? existing, Plan? plan, Actor by)
    {
        if (!command.Regions.All(by.Sees)) return Refuse.ActsElsewhere(by, "regions");
        if (existing is not null) return new Refusal(Refuse.ProgrammeExists, $"programme {command.Code} is open already", "code");
        if (plan is null) return new Refusal(Refuse.UnknownPlan, $"there is no plan {command.Plan}", "plan");
        if (plan.EffectiveOn(command.From) is not { } version)
            return new Refusal(Refuse.PlanNotEffective, $"no version of {plan.Code} is effective on {command.From:uuuu-MM-dd}", "from");

        var eligibility = version.Card.Eligibility;
        if (eligibility.Occupations is { } covered && command.Occupations.Except(covered).ToArray() is [var stray, ..])
            return new Refusal(Refuse.OccupationNotCovered, $"the plan does not cover {stray} ({stray.ChineseName})", "occupations");
        if (eligibility.Regions is { } regions && command.Regions.Any(region => !regions.Any(own => own.Contains(region))))
            return new Refusal(Refuse.RegionNotCovered, "the plan does not cover every region of the programme", "regions");

        var (price, unpriced) = Price.Of(version.Card, new PriceFacts(), units: 1);
        if (price is null) return unpriced! with { Field = "plan" };
        var contribution = price.Amount;
        var shares = Money.Sum(command.Funding.Select(share => share.Amount));
        if (shares != contribution)
            return new Refusal(Refuse.FundingMismatch, $"the shares add up to {shares}; one unit costs {contribution}", "funding");

        return Decision.Begin<Programme>(ProgrammeId.Of(command.Code).Value, new ProgrammeOpened(
            command.Code, command.Name ?? command.Code, plan.Code, version.Number, command.Sponsor, command.Quota, command.From, command.To,
            command.Regions, command.Occupations, command.Funding, by.Id, command.Budget))
            .RestingOn(plan);
    }
}
