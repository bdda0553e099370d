using System.Text.Json;
using FluentValidation;

namespace ClaimsEngine.Plans;

/// <summary>
/// Puts a version of a plan's rules up for publication. It is published when a second plan administrator confirms it, by its own route or by sending the same
/// version with the same card; the same from the same person changes nothing.
/// </summary>
/// <param name="Version">the next one: versions have no gaps</param>
/// <param name="Card">the rules, see <see cref="PlanCard"/> and the JSON Schema in <c>seeds/plans</c></param>
public sealed record ProposePlanVersion(string Plan, int Version, LocalDate EffectiveFrom, JsonElement Card)
{
    public sealed class Validator : AbstractValidator<ProposePlanVersion>
    {
        public Validator()
        {
            RuleFor(c => c.Plan).MaximumLength(80).Matches("^[a-z0-9]+(-[a-z0-9]+)*\\z").WithMessage("a code is lower-case words joined by hyphens");
            RuleFor(c => c.Version).GreaterThan(0);
        }
    }
}

public static class ProposePlanVersionHandler
{
    public static async Task<Decision> Run(ProposePlanVersion command, IUseCaseContext context) =>
        Handle(command, await context.Find<Plan>(PlanId.Of(command.Plan).Value), context.By);

    public static Decision Handle(ProposePlanVersion command, Plan? plan, Actor by)
    {
        var hash = CardReading.Hash(command.Card);
        if (plan?.Version(command.Version) is { } published)
            return published.RuleHash == hash && published.EffectiveFrom == command.EffectiveFrom
                ? Decision.Nothing
                : new Refusal(Refuse.PlanVersionImmutable, $"version {command.Version} of {command.Plan} was published with other rules", "version");

        var (card, faults) = CardReading.Read(command.Card);
        if (card is null) return Refusal.Of(Refuse.InvalidCard, [.. faults.Select(fault => (fault.Path.Length == 0 ? "card" : "card." + fault.Path, fault.Reason))]);

        if (!Governance.Holds(by, card, plan))
            return new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name}; the plan reaches further", "card.eligibility.regions");

        var next = (plan?.Versions.Count ?? 0) + 1;
        if (command.Version != next) return new Refusal(Refuse.PlanVersionOrder, $"the next version of {command.Plan} is {next}", "version");
        if (plan?.Latest is { } latest && command.EffectiveFrom <= latest.EffectiveFrom)
            return new Refusal(Refuse.PlanVersionOrder, $"version {latest.Number} is effective from {latest.EffectiveFrom:uuuu-MM-dd}; a later version begins later", "effectiveFrom");

        if (plan?.Proposal is { } proposal)
        {
            var same = proposal.RuleHash == hash && proposal.EffectiveFrom == command.EffectiveFrom;
            if (same) return proposal.ProposedBy == by.Id ? Decision.Nothing : ConfirmPlanVersionHandler.Publish(plan, proposal, by);
            if (proposal.ProposedBy != by.Id)
                return new Refusal(Refuse.ProposalPending, $"{proposal.ProposedBy} proposed another card for version {proposal.Number}; confirm or reject that first", "version");
        }
        return Decision.On<Plan>(PlanId.Of(command.Plan).Value,
            new PlanVersionProposed(command.Plan, command.Version, command.EffectiveFrom, command.Card, hash, by.Id));
    }
}

/// <summary>Rules are published by who acts for every place that they bind; rules without regions bind the whole country and are the national office's.</summary>
internal static class Governance
{
    public static bool Holds(Actor by, PlanCard card, Plan? plan) => Holds(by, card) && (plan?.Latest is not { } latest || Holds(by, latest.Card));

    private static bool Holds(Actor by, PlanCard card) => card.Eligibility.Regions is { } regions ? regions.All(by.Sees) : by.Sees(RegionCode.National);
}
