using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Members;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>Screens mask a person's numbers. Who opens them says why, and that is recorded before they are shown.</summary>
public static class IdentityEndpoints
{
    public static void MapIdentities(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/members/{person}/openings", Open)
            .For(Module.Readers).WithTags("members").WithName("OpenIdentity")
            .WithSummary("A person's identity number and telephone number in full; who asks, when and why is recorded")
            .Accepts<OpenIdentity>("application/json")
            .Produces<OpenedIdentity>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/members/{person}/openings", Openings)
            .For(Role.Auditor).WithTags("members").WithName("ListIdentityOpenings")
            .WithSummary("Who has opened a person's numbers, oldest first")
            .Produces<IdentityOpenings>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Open(HttpContext http, RecordRoom room, ClaimsStorage storage, FactWriter facts, string person)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        var (asked, fault) = await RequestBody.Read<OpenIdentity>(http);
        if (asked is null) return fault!;
        var reason = asked.Reason.Trim();
        if (reason.Length is < IdentityTrail.ShortestReason or > IdentityTrail.LongestReason)
            return Answers.Invalid("reason", $"has {IdentityTrail.ShortestReason} to {IdentityTrail.LongestReason} characters");
        if (PlainText.Fault(reason) is { } unplain) return Answers.Invalid("reason", unplain);
        var by = http.Actor()!;
        if (await Found(http, room, storage, person) is not { } found) return Answers.Problem(Refuse.NotFound("member"));
        try
        {
            var stamp = new EventStamp(by, Module.Readers.First(by.Is), nameof(OpenIdentity), http.TraceId(), http.TraceId());
            http.Response.SetPosition(await facts.Write(async () => IdentityTrail.Opened(
                await room.For(by, cancellation: http.RequestAborted).FindAnywhere<IdentityTrail>(IdentityTrail.IdOf(found.Id)),
                found, reason, by), stamp, http.RequestAborted));
        }
        catch (ContendedException)
        {
            return Answers.Problem(new Refusal(Refuse.Busy, "others opened them at the same time; try again"));
        }
        return Answers.Json(new OpenedIdentity(found.Id, found.Name, found.IdNumber.Value, by.Sees(found) ? found.Phone : null));
    }

    private static async Task<IResult> Openings(HttpContext http, RecordRoom room, ClaimsStorage storage, string person)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        if (await Found(http, room, storage, person) is not { } found) return Answers.Problem(Refuse.NotFound("member"));
        var events = await room.Events.ReadStream(IdentityTrail.IdOf(found.Id), cancellation: http.RequestAborted);
        return Answers.Json(new IdentityOpenings(found.Id, [.. events.Select(recorded => (Fact: (IdentityOpened)recorded.Data, recorded))
            .Select(opened => new IdentityOpening(
                opened.Fact.By, opened.recorded.RecordedAt, opened.Fact.Reason, opened.Fact.OnBehalfOf))]));
    }

    /// <summary>Who lives in the caller's region, or holds a certificate there.</summary>
    private static async Task<Person?> Found(HttpContext http, RecordRoom room, ClaimsStorage storage, string person)
    {
        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        return Module.ById(person) is { } id
            && await new MemberCertificates(storage, records, http.RequestAborted).Of(id) is not null
            ? await records.FindAnywhere<Person>(id) : null;
    }
}

/// <param name="Reason">why, 2 to 200 characters; auditors read it</param>
public sealed record OpenIdentity(string Reason);

/// <param name="Phone">null where there is none, or the person is another region's</param>
public sealed record OpenedIdentity(PersonId Person, string Name, string IdNumber, string? Phone);

/// <param name="Openings">oldest first</param>
public sealed record IdentityOpenings(PersonId Person, IReadOnlyList<IdentityOpening> Openings);

/// <param name="By">who saw the numbers</param>
/// <param name="OnBehalfOf">for whom that person acted; null for nobody</param>
public sealed record IdentityOpening(string By, Instant At, string Reason, string? OnBehalfOf);
