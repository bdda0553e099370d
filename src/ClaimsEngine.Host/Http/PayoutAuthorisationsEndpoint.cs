using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Payments;
using ClaimsEngine.Host.Problems;

namespace ClaimsEngine.Host.Http;

/// <summary>Finance authorises the payouts of a morning in one go, as each would be authorised alone. Asking twice changes nothing, so it
/// needs no Idempotency-Key and takes one without effect.</summary>
public static class PayoutAuthorisationsEndpoint
{
    public static void MapPayoutAuthorisations(this IEndpointRouteBuilder routes) => routes
        .MapPost("/api/payouts/authorisations", Authorise)
        .For(Role.Finance).WithTags("payouts").WithName("AuthorisePayouts")
        .WithSummary("Authorise up to 10,000 payouts, each by the rules of one; the answer says what became of every one")
        .Accepts<AuthorisationsAsked>("application/json")
        .Produces<AuthorisationsAnswer>();

    /// <param name="Payouts">1 to 10,000, each once</param>
    internal sealed record AuthorisationsAsked(IReadOnlyList<PayoutId> Payouts);

    /// <param name="Results">in the order of the request</param>
    internal sealed record AuthorisationsAnswer(
        int Authorised, int WaitingForSecond, int Unchanged, int Refused, IReadOnlyList<AuthorisationResult> Results);

    private static async Task<IResult> Authorise(HttpContext http, AuthorisationDesk desk)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        var (asked, fault) = await RequestBody.Read<AuthorisationsAsked>(http);
        if (asked is null) return fault!;
        if (asked.Payouts.Count is 0 or > AuthorisationDesk.Most) return Answers.Invalid("payouts", "are 1 to 10,000");
        if (asked.Payouts.Distinct().Count() != asked.Payouts.Count) return Answers.Invalid("payouts", "names a payout twice");
        try
        {
            var results = await desk.Authorise(asked.Payouts, http.Actor()!, http.TraceId(), http.RequestAborted);
            int Count(AuthorisationOutcome outcome) => results.Count(result => result.Outcome == outcome);
            return Answers.Json(new AuthorisationsAnswer(
                Count(AuthorisationOutcome.Authorised), Count(AuthorisationOutcome.WaitsForSecond), Count(AuthorisationOutcome.Unchanged),
                Count(AuthorisationOutcome.Refused), results));
        }
        catch (StorageFullException)
        {
            return Answers.Problem(new Refusal(
                Refuse.StorageFull, "some may be authorised; the same may be sent again once there is room"));
        }
    }
}
