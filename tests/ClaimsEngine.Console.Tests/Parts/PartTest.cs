using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Bunit;
using Bunit.TestDoubles;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.People;
using ClaimsEngine.Console.Words;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Console.Tests.Parts;

/// <summary>A part of a page drawn by itself, without browser and host. The API answers what the test says.</summary>
public abstract class PartTest : BunitContext
{
    private readonly BunitAuthorizationContext person;

    protected PartTest()
    {
        person = AddAuthorization();
        Services.AddSingleton<IApiDoor>(Door);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<OwnWrites>();
        Services.AddScoped<Api>();
        Services.AddSingleton<AntiforgeryStateProvider>(new NoToken());
        Signed(Role.Officer);
    }

    protected FakeDoor Door { get; } = new();

    /// <summary>The request for which the page is drawn.</summary>
    protected DefaultHttpContext Request { get; } = new();

    /// <summary>Who looks from now on.</summary>
    protected void Signed(Role role, Language language = Language.Chinese)
    {
        person.SetAuthorized("wang");
        person.SetClaims(
            new Claim("sub", "wang"), new Claim(Person.RoleClaim, role.Name()), new Claim(Person.RegionClaim, "620602"),
            new Claim(Person.LanguageClaim, language.Code()));
    }

    /// <summary>The API as the test wants it.</summary>
    protected sealed class FakeDoor : IApiDoor
    {
        private readonly Queue<(int Status, object Body)> answers = [];

        /// <summary>What was asked, oldest first.</summary>
        public List<Asked> Requests { get; } = [];

        public sealed record Asked(HttpMethod Method, string Address, string Body, string? Version, string? Key);

        public void Answers(int status, object body) => answers.Enqueue((status, body));

        public HttpClient For(ClaimsPrincipal person) => new(new Handler(this)) { BaseAddress = new Uri("http://api.invalid/") };

        private sealed class Handler(FakeDoor door) : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                door.Requests.Add(new Asked(
                    request.Method, request.RequestUri!.PathAndQuery,
                    request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
                    request.Headers.IfMatch.FirstOrDefault()?.Tag,
                    request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null));
                var (status, body) = door.answers.Dequeue();
                return new HttpResponseMessage((HttpStatusCode)status)
                {
                    Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8,
                        status < 400 ? "application/json" : "application/problem+json"),
                };
            }
        }
    }

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
