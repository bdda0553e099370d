using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Claims.Submitting;

/// <summary>A certificate as a quote is asked with it: its cover, and what it has granted so far.</summary>
internal sealed record QuoteTerms(JsonNode Enrolment, JsonNode Used)
{
    public static QuoteTerms Of(EnrolmentView view, IncidentKind kind)
    {
        var own = view.Counters.Of(kind);
        // The member was found fit for the plan when the certificate was issued: age, place and occupation are not asked again.
        var enrolment = new QuotedEnrolment(
            view.Units, view.CoverFrom, view.CoverTo, view.FirstCoverFrom, CoverTier: view.CoverTier, Sex: view.Member?.Sex);
        var used = new QuotedUse(
            view.BenefitUsed, own.Days, own.Admissions, own.Deductible, own.OwnShare,
            view.Counters.Benefits?.ToDictionary(use => use.Kind, use => use.Amount), view.Counters.Lifetime, view.Counters.AcrossPlans);
        return new QuoteTerms(Json(enrolment), Json(used));
    }

    private static JsonNode Json<T>(T value) => JsonSerializer.SerializeToNode(value, ClaimsJson.Options)!;
}
