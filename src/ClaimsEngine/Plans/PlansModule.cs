using System.Text.Json;

namespace ClaimsEngine.Plans;

public static class PlansModule
{
    public static Module Create() => new Module("plans")
        .Stores(typeof(PlanVersionPublished))
        .Creates<PublishPlanVersion, Plan>("/api/plans/{plan}/versions/{version:int}", Role.PlanAdmin, PublishPlanVersionHandler.Run,
            "Publish an immutable version of a plan's rules", method: "PUT")
        .Shows<Plan, PlanView>("/api/plans/{plan}", code => PlanId.Of(code).Value, plan => $"/api/plans/{plan.Code}", PlanView.Of, "A plan with all its versions")
        .Projects(PlanCatalogue.Model)
        .Offers(new ListRoute("/api/plans", PlanCatalogue.Model, RegionColumn: null, "The plans", [], new ListFilter("organiser", nameof(PlanRow.Organiser))));
}

/// <summary>How a plan is shown: each version's card as it was published.</summary>
public sealed record PlanView(string Code, LocalName Name, string Organiser, int LatestVersion, IReadOnlyList<PlanVersionView> Versions)
{
    public static Task<PlanView> Of(Plan plan, IRecords records) => Task.FromResult(new PlanView(
        plan.Code, plan.Latest.Card.Name, plan.Latest.Card.Organiser, plan.Latest.Number, [.. plan.Versions.Select(version => PlanVersionView.Of(plan, version))]));
}

/// <param name="Assumed">what the card assumes because it was not published; empty when all is published</param>
public sealed record PlanVersionView(
    string Plan, int Version, LocalDate EffectiveFrom, string RuleHash, IReadOnlyList<Assumption> Assumed, JsonElement Card, string PublishedBy)
{
    public static PlanVersionView Of(Plan plan, PlanVersion version) =>
        new(plan.Code, version.Number, version.EffectiveFrom, version.RuleHash, version.Card.Assumed ?? [], version.Json, version.PublishedBy);
}
