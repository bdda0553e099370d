using System.Buffers.Text;
using System.Text.Json;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Storage.Reading;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Http;

/// <summary>The secret that signs the addresses under which a certificate can be opened (HS256): at least 32 random bytes.</summary>
public sealed record CertificateLinkKey(byte[] Key)
{
    /// <summary>Never the key itself.</summary>
    public override string ToString() => nameof(CertificateLinkKey);
}

/// <param name="Address">opens in a browser, without a token; to be handed to nobody who may not see the certificate. A proxy before the
/// host may keep it in its own log.</param>
public sealed record CertificateLink(string Address, Instant ExpiresAt);

/// <summary>
/// A browser sends no bearer token when it opens a page. So who may see a certificate gets an address for it that is good for some minutes.
/// What it shows is what that person may see.
/// </summary>
public static class CertificateLinks
{
    private const string Route = "/certificates", Parameter = "ticket", Region = "region";

    private static readonly Duration Lifetime = Duration.FromMinutes(10);

    private static readonly JsonWebTokenHandler Tickets = new();

    public static void MapCertificateLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/enrolments/{enrolment}/certificate/link", Make)
            .For(Role.Officer, Role.Approver, Role.Finance, Role.Auditor).WithTags("enrolments").WithName("MakeCertificateLink")
            .WithSummary("An address under which a browser opens the certificate for ten minutes; stores nothing")
            .Produces<CertificateLink>();
        // The ticket stands in the query, which no log and no trace of ours keeps.
        routes.MapGet(Route, Open).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Make(
        HttpContext http, RecordRoom room, CertificateLinkKey key, IClock clock, string enrolment)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        var by = http.Actor()!;
        if (Module.ById(enrolment) is not { } id
            || await room.For(by, cancellation: http.RequestAborted).Find<Enrolment>(id) is null)
            return Answers.Problem(Refuse.NotFound("enrolment"));
        var expires = Instant.FromUnixTimeSeconds((clock.GetCurrentInstant() + Lifetime).ToUnixTimeSeconds());
        var ticket = Tickets.CreateToken(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["aud"] = Route, ["sub"] = enrolment, [Region] = by.Region.Value, ["by"] = by.Id, ["exp"] = expires.ToUnixTimeSeconds(),
        }), new SigningCredentials(new SymmetricSecurityKey(key.Key), SecurityAlgorithms.HmacSha256));
        var address = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{Route}?{Parameter}={ticket}";
        return Answers.Json(new CertificateLink(address, expires));
    }

    private static async Task<IResult> Open(HttpContext http, RecordRoom room, CertificateLinkKey key, IClock clock)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = new QueryText(http.Request);
        var ticket = query.Text(Parameter);
        if (query.Finish() is { } fault) return fault;
        var read = await Tickets.ValidateTokenAsync(ticket, new TokenValidationParameters
        {
            ValidateIssuer = false, ValidAudience = Route, IssuerSigningKey = new SymmetricSecurityKey(key.Key),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256], ClockSkew = TimeSpan.Zero,
        });
        if (!read.IsValid) return Answers.Problem(Refuse.NotFound("certificate under this address, or it is no longer good"));
        // Not the library's claims: these rewrite texts that look like dates.
        using var told = JsonDocument.Parse(Base64Url.DecodeFromChars(((JsonWebToken)read.SecurityToken).EncodedPayload));
        string Told(string name) => told.RootElement.GetProperty(name).GetString()!;
        return await CertificatePage.Show(http, room, clock, new Actor(Told("by"), [], RegionCode.Of(Told(Region))), Told("sub"));
    }
}
