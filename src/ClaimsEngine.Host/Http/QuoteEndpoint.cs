using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Host.Http;

/// <summary>What would be payable, by the evaluator that assesses claims. Calculates and stores nothing, so it needs no Idempotency-Key and takes one without effect.</summary>
public static class QuoteEndpoint
{
    public static void MapQuotes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/plans/{plan}/quotes", Quote)
            .For().WithTags("plans").WithName(nameof(QuoteBenefit)).WithSummary("What would be payable, with the steps and the documents a claim would need; stores nothing")
            .Accepts<QuoteBenefit>("application/json")
            .Produces<Quote>();
        routes.MapGet("/api/plans/card-schema", () => Results.Text(PlanCardSchema.Text, "application/schema+json; charset=utf-8"))
            .For().WithTags("plans").WithSummary("JSON Schema of a plan card");
    }

    private static async Task<IResult> Quote(HttpContext http, IEventStore store, IdentityKey key, string plan)
    {
        var query = new QueryText(http.Request);
        var version = query.Value<int>("version");
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } stray) return stray;
        var body = await CommandEndpoints.ReadBody(http);
        if (body.Length > 0 && !http.Request.HasJsonContentType()) return ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType);

        var (json, faults) = JsonBody.Read(body);
        QuoteBenefit? asked = null;
        if (json is not null) (asked, faults) = StrictJson.Read<QuoteBenefit>(JsonSerializer.SerializeToElement(json));
        if (asked is null) return Answers.Problem(Refusal.Of(Refuse.InvalidRequest, faults));

        var records = new Records(store, key, http.Actor()!, http.RequestAborted, asOf);
        if (await records.Find<Plan>(PlanId.Of(plan).Value) is not { Latest: not null } found) return Answers.Problem(Refuse.NotFound("plan"));
        try
        {
            var (quote, refusal) = QuoteBenefitHandler.Answer(found, asked, version);
            return quote is null ? Answers.Problem(refusal!) : Answers.Json(quote);
        }
        catch (OverflowException)   // Money is checked
        {
            return Answers.Invalid("body", "amounts and numbers multiply to more than can be reckoned with");
        }
    }
}
