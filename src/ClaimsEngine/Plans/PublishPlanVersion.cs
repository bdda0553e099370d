using System.Text.Json;
using FluentValidation;

namespace ClaimsEngine.Plans;

/// <summary>Publishes an immutable version of a plan's rules. Sending the same version with the same card again changes nothing.</summary>
/// <param name="Version">the next one: versions have no gaps</param>
/// <param name="Card">the rules, see <see cref="PlanCard"/></param>
public sealed record PublishPlanVersion(string Plan, int Version, LocalDate EffectiveFrom, JsonElement Card)
{
    public sealed class Validator : AbstractValidator<PublishPlanVersion>
    {
        public Validator()
        {
            RuleFor(c => c.Plan).MaximumLength(80).Matches("^[a-z0-9]+(-[a-z0-9]+)*\\z").WithMessage("a code is lower-case words joined by hyphens");
            RuleFor(c => c.Version).GreaterThan(0);
        }
    }
}

public static class PublishPlanVersionHandler
{
    public static async Task<Decision> Run(PublishPlanVersion command, IUseCaseContext context) =>
        Handle(command, await context.Find<Plan>(PlanId.Of(command.Plan).Value), context.By);

    public static Decision Handle(PublishPlanVersion command, Plan? plan, Actor by)
    {
        var hash = CardReading.Hash(command.Card);
        if (plan?.Version(command.Version) is { } published)
            return published.RuleHash == hash && published.EffectiveFrom == command.EffectiveFrom
                ? Decision.Nothing
                : new Refusal(Refuse.PlanVersionImmutable, $"version {command.Version} of {command.Plan} was published with other rules", "version");

        var (card, faults) = CardReading.Read(command.Card);
        if (card is null) return new Refusal(Refuse.InvalidCard, faults[0].Reason, Field(faults[0].Path));

        if (!Governs(by, card.Eligibility.Regions) || (plan is not null && !Governs(by, plan.Latest.Card.Eligibility.Regions)))
            return new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name}; the plan reaches further", "card.eligibility.regions");

        var next = (plan?.Versions.Count ?? 0) + 1;
        if (command.Version != next) return new Refusal(Refuse.PlanVersionOrder, $"the next version of {command.Plan} is {next}", "version");
        if (plan is not null && command.EffectiveFrom <= plan.Latest.EffectiveFrom)
            return new Refusal(Refuse.PlanVersionOrder, $"version {plan.Latest.Number} is effective from {plan.Latest.EffectiveFrom:uuuu-MM-dd}; a later version begins later", "effectiveFrom");

        return Decision.On<Plan>(PlanId.Of(command.Plan).Value,
            new PlanVersionPublished(command.Plan, command.Version, command.EffectiveFrom, command.Card, hash, by.Id));
    }

    /// <summary>Rules without regions bind the whole country: they are the national office's.</summary>
    private static bool Governs(Actor by, IReadOnlyList<RegionCode>? regions) =>
        regions is null ? by.Sees(RegionCode.National) : regions.All(by.Sees);

    private static string Field(string path) => path.Length == 0 ? "card" : "card." + path;
}
