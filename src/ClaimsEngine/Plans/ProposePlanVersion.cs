using System.Text.Json;
using FluentValidation;

namespace ClaimsEngine.Plans;

/// <summary>
/// Puts a version of a plan's rules up for publication. It is published when a second plan administrator confirms it, by its own route or
/// by sending the same version with the same card; the same from the same person changes nothing.
/// </summary>
/// <param name="Version">the next one: versions have no gaps</param>
/// <param name="Card">the rules, see <see cref="PlanCard"/> and the JSON Schema in <c>seeds/plans</c></param>
public sealed record ProposePlanVersion(string Plan, int Version, LocalDate EffectiveFrom, JsonElement Card) : Command
{
    public sealed class Validator : AbstractValidator<ProposePlanVersion>
    {
        public Validator()
        {
            RuleFor(c => c.Plan).MaximumLength(80).Matches("^[a-z0-9]+(-[a-z0-9]+)*\\z")
                .WithMessage("a code is lower-case words joined by hyphens");
            RuleFor(c => c.Version).GreaterThan(0);
        }
    }
}

public static class ProposePlanVersionHandler
{
    public static Task<Plan?> LoadAsync(ProposePlanVersion command, IUseCaseContext context) =>
        context.Find<Plan>(PlanId.Of(command.Plan).Value);

    public static Decision Handle(ProposePlanVersion command, Plan? plan, Actor by)
    {
        var hash = CardReading.Hash(command.Card);
        if (plan?.Version(command.Version) is { } published)
            return Governance.Broken(by, published.Card, plan) is { } elsewhere ? elsewhere
                : published.RuleHash == hash && published.EffectiveFrom == command.EffectiveFrom ? Decision.Nothing
                : new Refusal(Refuse.PlanVersionImmutable,
                    $"version {command.Version} of {command.Plan} was published with other rules", "version");

        var (card, faults) = CardReading.Read(command.Card);
        if (card is null) return Refusal.Of(Refuse.InvalidCard,
            [.. faults.Select(fault => (fault.Path.Length == 0 ? "card" : "card." + fault.Path, fault.Reason))]);

        if (Governance.Broken(by, card, plan) is { } refusal) return refusal;

        var next = (plan?.Versions.Count ?? 0) + 1;
        if (command.Version != next)
            return new Refusal(Refuse.PlanVersionOrder, $"the next version of {command.Plan} is {next}", "version");
        if (plan?.Latest is { } latest && command.EffectiveFrom <= latest.EffectiveFrom)
            return new Refusal(Refuse.PlanVersionOrder,
                $"version {latest.Number} is effective from {latest.EffectiveFrom:uuuu-MM-dd}; a later version begins later",
                "effectiveFrom");

        if (plan?.Proposal is { } proposal)
        {
            var same = proposal.RuleHash == hash && proposal.EffectiveFrom == command.EffectiveFrom;
            if (same) return proposal.ProposedBy == by.Id ? Decision.Nothing : ConfirmPlanVersionHandler.Publish(plan, proposal, by);
            if (proposal.ProposedBy != by.Id)
                return new Refusal(Refuse.ProposalPending,
                    $"{proposal.ProposedBy} proposed another card for version {proposal.Number}; confirm or reject that first", "version");
        }
        return Decision.OnOrBegin(plan, PlanId.Of(command.Plan).Value,
            new PlanVersionProposed(command.Plan, command.Version, command.EffectiveFrom, command.Card, hash, by.Id));
    }
}

/// <summary>Rules are published by who acts for every place that they bind; without regions they bind the whole country.</summary>
internal static class Governance
{
    /// <summary>The refusal of who does not act for all that this card and the plan's newest one reach; null for who does.</summary>
    public static Refusal? Broken(Actor by, PlanCard card, Plan? plan) =>
        Holds(by, card) && (plan?.Latest is not { } latest || Holds(by, latest.Card)) ? null
        : new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name}; the plan reaches further", "card.eligibility.regions");

    private static bool Holds(Actor by, PlanCard card) =>
        card.Eligibility.Regions is { } regions ? regions.All(by.Sees) : by.Sees(RegionCode.National);
}
