using System.Text.Json;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>What would be payable, by the evaluator that assesses claims. Calculates and stores nothing, so it needs no Idempotency-Key and
/// takes one without effect.</summary>
public static class QuoteEndpoint
{
    public static void MapQuotes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/plans/{plan}/quotes", Quote)
            .For().WithTags("plans").WithName(nameof(QuoteBenefit))
            .WithSummary("What would be payable, with the steps and the documents a claim would need; stores nothing")
            .Accepts<QuoteBenefit>("application/json")
            .WithMetadata(
                new QueryValue("version", "Under this version of the plan; the one that binds the cover if not told", Type: typeof(int)),
                QueryValue.AsOf)
            .Produces<Quote>();
        routes.MapGet("/api/plans/card-schema", (HttpRequest request) => new QueryText(request).Finish()
                ?? Results.Text(PlanCardSchema.Text, "application/schema+json; charset=utf-8"))
            .For().WithTags("plans").WithName("GetCardSchema").WithSummary("JSON Schema of a plan card")
            .Produces<JsonElement>(contentType: "application/schema+json");
    }

    private static async Task<IResult> Quote(HttpContext http, RecordRoom room, string plan)
    {
        var query = new QueryText(http.Request);
        var version = query.Value<int>("version");
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } stray) return stray;
        var (asked, fault) = await RequestBody.Read<QuoteBenefit>(http);
        if (asked is null) return fault!;

        var records = room.For(http.Actor()!, asOf, http.RequestAborted);
        if (await records.Find<Plan>(PlanId.Of(plan).Value) is not { Latest: not null } found)
            return Answers.Problem(Refuse.NotFound("plan"));
        try
        {
            var (quote, refusal) = BenefitQuotes.Answer(found, asked, version);
            return quote is null ? Answers.Problem(refusal!) : Answers.Json(quote);
        }
        catch (OverflowException)   // Money is checked
        {
            return Answers.Invalid("body", Refuse.TooMuch);
        }
    }
}
