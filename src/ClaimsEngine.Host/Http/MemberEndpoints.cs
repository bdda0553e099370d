using ClaimsEngine.Host.Problems;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Members;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage;

namespace ClaimsEngine.Host.Http;

/// <summary>Questions about one member. Who is none of the caller's is answered as if on no record at all.</summary>
public static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/members/search", Find)
            .For(Role.Officer).WithTags("members").WithName(nameof(FindMember))
            .WithSummary("Find a member of one's region by identity number; stores nothing")
            .Accepts<FindMember>("application/json")
            .WithMetadata(new WaitsForPosition())
            .Produces<MemberFound>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/members/{person}/cover", Cover)
            .For(Role.Officer, Role.Approver, Role.Finance, Role.Auditor).WithTags("members").WithName("GetMemberCover")
            .WithSummary("The certificates that covered a member on a day, as known at asOf")
            .WithMetadata(new QueryValue("on", "The day, like 2025-10-20; today if not told", Type: typeof(LocalDate)),
                QueryValue.AsOf, new WaitsForPosition())
            .Produces<MemberCover>();
    }

    private static async Task<IResult> Find(HttpContext http, RecordRoom room, ClaimsStorage storage)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        var (asked, fault) = await RequestBody.Read<FindMember>(http);
        if (asked is null) return fault!;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;

        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        var certificates = new MemberCertificates(storage, records, http.RequestAborted);
        // Of a number that nobody has as many questions are asked as of one from elsewhere.
        var person = await room.Keys.OwnerOf(Person.Key(records.IdentityHash(asked.IdNumber)), http.RequestAborted)
            ?? Guid.CreateVersion7();
        return await certificates.Of(person) is { } held
            ? Answers.Json(new MemberFound(new PersonId(person), await certificates.Views(held)))
            : Answers.Problem(Refuse.NotFound("member"));
    }

    private static async Task<IResult> Cover(HttpContext http, RecordRoom room, ClaimsStorage storage, IClock clock, string person)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        var on = query.Value<LocalDate>("on") ?? clock.GetCurrentInstant().Date();
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;

        var certificates = new MemberCertificates(storage, room.For(http.Actor()!, asOf, http.RequestAborted), http.RequestAborted);
        return Module.ById(person) is { } id && await certificates.Of(id) is { } held
            ? Answers.Json(new MemberCover(new PersonId(id), on, asOf,
                await certificates.Views(held.Where(enrolment => enrolment.Covers(on)))))
            : Answers.Problem(Refuse.NotFound("member"));
    }
}
