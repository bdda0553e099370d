using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Offices;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// A stand-in says of each request on whose behalf it is, so that nobody uses another's duty by mistake. The actor is then the
/// delegation's: for commands, resources and lists alike, since all of them ask the request who acts.
/// </summary>
public static class StandIns
{
    /// <summary>The delegator's name: the subject of that person's tokens, percent-encoded where it is not plain ASCII.</summary>
    public const string Header = "X-On-Behalf-Of";

    /// <summary>Comes after authentication and before everything that asks who acts.</summary>
    public static void UseStandIns(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Actor() is not { } by || !http.Request.Headers.TryGetValue(Header, out var header))
        {
            await next(http);
            return;
        }
        var delegator = Uri.UnescapeDataString(header.ToString());
        var services = http.RequestServices;
        var today = services.GetRequiredService<IClock>().GetCurrentInstant().Date();
        var records = services.GetRequiredService<RecordRoom>().For(by, cancellation: http.RequestAborted);
        var delegation = await records.FindAnywhere<Delegation>(DelegationId.Of(delegator, by.Id).Value);
        var absence = delegation is { Given.WhenAbsent: true } ? await records.FindAnywhere<Absence>(AbsenceId.Of(delegator).Value) : null;
        var lent = delegation?.Lent(by, today, services.GetRequiredService<OfficeLimits>().For(delegation.Given.Office, today), absence);
        if (lent is null)
        {
            await Answers.Problem(new Refusal(Refuse.NotDelegated, $"no delegation to {by.Id} is in force today")).ExecuteAsync(http);
            return;
        }
        http.User = new System.Security.Claims.ClaimsPrincipal(new ActorIdentity(lent));
        await next(http);
    });
}
