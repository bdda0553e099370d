using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClaimsEngine.Console.People;
using Microsoft.AspNetCore.Components.Authorization;

namespace ClaimsEngine.Console.Doors;

/// <summary>The API as pages use it: typed answers, problems as values, and what one person wrote is seen by the next question.</summary>
public sealed class Api(IApiDoor door, AuthenticationStateProvider signedIn, OwnWrites written)
{
    /// <summary>The engine's own dialect. An answer may have more members than a page reads.</summary>
    public static readonly JsonSerializerOptions Json =
        new(ClaimsJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>Asks. The address begins with <c>/api/</c> or <c>/health</c>.</summary>
    public Task<Answer<T>> Get<T>(string address, CancellationToken cancellation = default) where T : class =>
        Send<T>(new HttpRequestMessage(HttpMethod.Get, address), cancellation);

    /// <summary>Orders.</summary>
    /// <param name="body">what the command says, as the API's JSON has it; null for nothing</param>
    /// <param name="version">of the resource as the page showed it; null for a command that makes one</param>
    /// <param name="key">the same for every try of one submit: nothing happens twice</param>
    public Task<Answer<T>> Post<T>(
        string address, object? body = null, long? version = null, string? key = null, HttpMethod? method = null,
        CancellationToken cancellation = default)
        where T : class
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, address);
        if (body is HttpContent content) request.Content = content;
        else if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body, ClaimsJson.Options), Encoding.UTF8, "application/json");
        if (version is { } number) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{number}\""));
        // what comes back in a form may be anything
        if (key?.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') == true) request.Headers.Add("Idempotency-Key", key);
        return Send<T>(request, cancellation);
    }

    private async Task<Answer<T>> Send<T>(HttpRequestMessage request, CancellationToken cancellation) where T : class
    {
        var user = (await signedIn.GetAuthenticationStateAsync()).User;
        var person = Person.Of(user);
        if (request.Method == HttpMethod.Get && written.Of(person.Name) is { } position)
            request.Headers.Add("Min-Position", position);
        try
        {
            using var client = door.For(user);
            using var response = await client.SendAsync(request, cancellation);
            if (response.Headers.TryGetValues("Event-Position", out var positions)) written.Note(person.Name, positions.First());
            var version = response.Headers.ETag?.Tag.Trim('"') is { } tag && long.TryParse(tag, out var number) ? number : (long?)null;
            if (!response.IsSuccessStatusCode) return new Answer<T>(null, await ProblemOf(response, cancellation), version);
            var value = typeof(T) == typeof(string)
                ? (T)(object)await response.Content.ReadAsStringAsync(cancellation)
                : await JsonSerializer.DeserializeAsync<T>(await response.Content.ReadAsStreamAsync(cancellation), Json, cancellation);
            return new Answer<T>(value, null, version, response.Headers.Location?.ToString());
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException or IOException)
        {
            return new Answer<T>(null, Problem.Unreachable);
        }
    }

    private static async Task<Problem> ProblemOf(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
                return JsonSerializer.Deserialize<Problem>(text, Json)!;
        }
        catch (JsonException)
        {
            // told below by the status alone
        }
        return Problem.Unreachable with { Status = (int)response.StatusCode };
    }
}

/// <summary>
/// Up to which event a person has written in this process. Read models follow the events within a moment; the person's next question
/// waits for them, so that what was saved is there on the next page.
/// </summary>
public sealed class OwnWrites(TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (string Position, DateTimeOffset At)> last = [];

    public void Note(string person, string position) => last.AddOrUpdate(
        person, _ => (position, clock.GetUtcNow()), (_, own) => (Later(own.Position, position), clock.GetUtcNow()));

    private static string Later(string one, string other) =>
        long.TryParse(one, out var first) && long.TryParse(other, out var second) && first > second ? one : other;

    /// <returns>null where nothing was written in the last half minute</returns>
    public string? Of(string person)
    {
        if (!last.TryGetValue(person, out var own)) return null;
        if (clock.GetUtcNow() - own.At < Remembered) return own.Position;
        last.TryRemove(person, out _);
        return null;
    }
}
