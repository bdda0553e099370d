using System.Text.Json;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Claims.Submitting;

/// <summary>The certificate under which a benefit is claimed, with the card that binds it.</summary>
public sealed record ChosenCertificate(EnrolmentView Enrolment, PlanCard Card)
{
    /// <summary>What this certificate may be claimed for: benefits of its plan and tier, and women's illness for women only.</summary>
    public IReadOnlyList<IncidentKind> Kinds =>
    [
        .. Card.Benefits.Where(benefit => benefit.CoverTiers is not { } tiers || tiers.Contains(Enrolment.CoverTier))
            .Select(benefit => benefit.Kind).Distinct()
            .Where(kind => kind != IncidentKind.WomensIllness || Enrolment.Member?.Sex != Sex.Male),
    ];

    /// <summary>Reads the certificate that the address of a page names: <c>enrolment</c> by id, or <c>certificate</c> by number.</summary>
    /// <returns>nothing and no problem where the address names none, or a number that nobody has</returns>
    public static async Task<Answer<ChosenCertificate>> InAddress(Api api, string address)
    {
        var id = Query.Of(address, "enrolment");
        if (id is null && Query.Of(address, "certificate") is { } number)
        {
            var found = await api.Get<Page<JsonElement>>(
                Query.Address("/api/enrolments", ("certificateNumber", number.Trim()), ("limit", "1")));
            if (found.Value is null) return new(null, found.Problem);
            id = found.Value.Items is [var row, ..] ? row.GetProperty("id").GetString() : null;
        }
        return id is null ? new(null, null) : await Of(api, id);
    }

    public static async Task<Answer<ChosenCertificate>> Of(Api api, string id)
    {
        var enrolment = await api.Get<EnrolmentView>($"/api/enrolments/{Uri.EscapeDataString(id)}");
        if (enrolment.Value is not { } view) return new(null, enrolment.Problem);
        var card = await CardOf(api, view.Plan, view.PlanVersion);
        return card.Value is null ? new(null, card.Problem) : new(new ChosenCertificate(view, card.Value), null);
    }

    /// <param name="version">null for the newest</param>
    public static async Task<Answer<PlanCard>> CardOf(Api api, string plan, int? version)
    {
        var found = await api.Get<PlanView>($"/api/plans/{Uri.EscapeDataString(plan)}");
        if (found.Value is null) return new(null, found.Problem);
        var bound = found.Value.Versions.FirstOrDefault(one => one.Version == (version ?? found.Value.LatestVersion));
        return bound is null ? new(null, null) : new(bound.Card.Deserialize<PlanCard>(Api.Json), null);
    }
}
