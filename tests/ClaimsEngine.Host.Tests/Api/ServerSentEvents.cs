using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Reads an answer that is a stream of events.</summary>
internal static class ServerSentEvents
{
    /// <summary>Type and data of each event as it comes, until the host ends the stream.</summary>
    public static async IAsyncEnumerable<(string Type, JsonNode Data)> Events(
        this HttpResponseMessage stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var events = SseParser.Create(await stream.Content.ReadAsStreamAsync(cancellation));
        await foreach (var item in events.EnumerateAsync(cancellation)) yield return (item.EventType, JsonNode.Parse(item.Data)!);
    }
}
