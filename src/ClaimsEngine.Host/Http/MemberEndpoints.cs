using System.Text.Json;
using ClaimsEngine.Enrolments;
using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.Projections;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Members;

namespace ClaimsEngine.Host.Http;

/// <summary>Questions about one member. Who is none of the caller's is answered as if on no record at all.</summary>
public static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/members/search", Find)
            .For(Role.Officer).WithTags("members").WithName(nameof(FindMember)).WithSummary("Find a member of one's region by identity number; stores nothing")
            .Accepts<FindMember>("application/json")
            .Produces<MemberFound>();
        routes.MapGet("/api/members/{person}/cover", Cover)
            .For(Role.Officer, Role.Approver, Role.Finance, Role.Auditor).WithTags("members")
            .WithSummary("The certificates that covered a member on a day, as known at asOf")
            .WithMetadata(new QueryValue("on", "The day, like 2025-10-20; today if not told"), new QueryValue("asOf", "As known at this instant, like 2025-10-20T08:30:00Z"))
            .Produces<MemberCover>();
    }

    private static async Task<IResult> Find(HttpContext http, IEventStore store, ClaimsDatabase database, Projector projector, IdentityKey key)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        var body = await CommandEndpoints.ReadBody(http);
        if (body.Length > 0 && !http.Request.HasJsonContentType()) return ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType);
        var (json, faults) = JsonBody.Read(body);
        FindMember? asked = null;
        if (json is not null) (asked, faults) = StrictJson.Read<FindMember>(JsonSerializer.SerializeToElement(json));
        if (asked is null) return Answers.Problem(Refusal.Of(Refuse.InvalidRequest, faults));
        if (await ListEndpoints.Waited(http, projector, EnrolmentRegister.Model.Table) is { } invalid) return invalid;

        var records = new Records(store, key, http.Actor()!, http.RequestAborted);
        var certificates = new MemberCertificates(database, records, http.RequestAborted);
        return await store.OwnerOf(Person.Key(records.IdentityHash(asked.IdNumber)), http.RequestAborted) is { } person && await certificates.Of(person) is { } held
            ? Answers.Json(new MemberFound(new PersonId(person), await certificates.Views(held)))
            : Answers.Problem(Refuse.NotFound("member"));
    }

    private static async Task<IResult> Cover(HttpContext http, IEventStore store, ClaimsDatabase database, Projector projector, IdentityKey key, IClock clock, string person)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        var on = query.Value<LocalDate>("on") ?? clock.GetCurrentInstant().Date();
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, projector, EnrolmentRegister.Model.Table) is { } invalid) return invalid;

        var certificates = new MemberCertificates(database, new Records(store, key, http.Actor()!, http.RequestAborted, asOf), http.RequestAborted);
        return Module.ById(person) is { } id && await certificates.Of(id) is { } held
            ? Answers.Json(new MemberCover(new PersonId(id), on, asOf, await certificates.Views(held.Where(enrolment => enrolment.Covers(on)))))
            : Answers.Problem(Refuse.NotFound("member"));
    }
}
