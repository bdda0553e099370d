using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Claims;
using ClaimsEngine.Members;
using ClaimsEngine.Notifications;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Outbox;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Outbox;

/// <summary>A notice and whom it goes to.</summary>
/// <param name="Phone">null where none is on record</param>
/// <param name="Text">with the person's name</param>
public sealed record ToldNotice(Delivery Delivery, Notice Notice, string? Phone, string Text);

/// <summary>Makes what is told of events from the events themselves: nothing of it is stored beside them.</summary>
public sealed class ToldEvents(EventReader events)
{
    /// <summary>What a platform is told: a CloudEvent whose data are <see cref="PublicFacts"/>.</summary>
    public async Task<string> Body(Delivery delivery, CancellationToken cancellation)
    {
        var (last, after) = StateAt(delivery, await events.ReadStream(delivery.Stream, delivery.Version, cancellation: cancellation));
        return new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = delivery.Event, ["source"] = $"/streams/{last.StreamType}", ["type"] = delivery.Type,
            ["subject"] = delivery.Stream.ToString(), ["time"] = ClaimsJson.Text(last.RecordedAt),
            ["datacontenttype"] = "application/json", ["version"] = delivery.Version, ["position"] = delivery.Position,
            ["region"] = delivery.Region.Value,
            ["data"] = JsonSerializer.SerializeToNode(PublicEvents.FactsOf(after), ClaimsJson.Options),
        }.ToJsonString(ClaimsJson.Options);
    }

    /// <summary>The notices as they read now, in the order given; of a payout to an organisation nobody is told, so it has none.</summary>
    /// <param name="language"><c>zh</c> or <c>en</c></param>
    public async Task<IReadOnlyList<ToldNotice>> Notices(
        IReadOnlyList<Delivery> deliveries, string language, CancellationToken cancellation)
    {
        var streams = await events.ReadStreams([.. deliveries.Select(delivery => delivery.Stream)], cancellation);
        var told = new List<(Delivery Delivery, Notice Notice)>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            var (last, after) = StateAt(delivery, streams[delivery.Stream]);
            if (Notice.Of(last.Data, after) is { } notice) told.Add((delivery, notice));
        }
        var people = await events.ReadStreams([.. told.Select(one => one.Notice.To.Value)], cancellation);
        return
        [
            .. told.Select(one =>
            {
                var person = people.TryGetValue(one.Notice.To.Value, out var stored)
                    ? Fold.Of<Person>(stored.Select(recorded => recorded.Data)) : null;
                return new ToldNotice(one.Delivery, one.Notice, person?.Phone,
                    NoticeTexts.Render(one.Notice, person?.Name ?? "", one.Delivery.RecordedAt.Date(), language));
            }),
        ];
    }

    private static (RecordedEvent Last, AggregateState After) StateAt(Delivery delivery, IReadOnlyList<RecordedEvent> stream)
    {
        RecordedEvent[] upTo = [.. stream.TakeWhile(recorded => recorded.Version <= delivery.Version)];
        var data = upTo.Select(recorded => recorded.Data);
        return (upTo[^1], upTo[^1].StreamType == Claim.StreamType ? Fold.Of<Claim>(data)! : Fold.Of<Payout>(data)!);
    }
}
