using System.Collections.Concurrent;
using System.Text.Json;
using ClaimsEngine.Host.Auth;

namespace ClaimsEngine.Host.Pipeline;

/// <summary>
/// What every command goes through, once: role, Idempotency-Key, If-Match, shape, load and fold, decide, append, answer. The decision is
/// the use case's; a conflict on a stream that the caller did not name is decided again on the newer state.
/// </summary>
public sealed class CommandPipeline(IEventStore store, IdentityKey identityKey, IClock clock, IReadOnlyList<Module> modules)
{
    private const int Attempts = 12;

    private readonly ConcurrentDictionary<(string Caller, string Key), byte> running = new();
    private readonly Dictionary<Type, IResource> resources = modules.SelectMany(module => module.Resources).ToDictionary(resource => resource.AggregateType);

    public async Task<CommandAnswer> Execute(CommandRequest request, CancellationToken cancellation)
    {
        if (!request.By.Is(request.UseCase.Role))
            return new NotDone(Refuse.RoleMissing, $"this needs the role {request.UseCase.Role.Name()}", []);
        if (request.IdempotencyKey is not { } key) return await Run(request, null, cancellation);

        if (IdempotencyKeys.FaultOf(key) is { } fault) return fault;
        var hash = IdempotencyKeys.HashOf(identityKey, request.UseCase.Method, request.Path, request.Body.Span);
        if (!running.TryAdd((request.By.Id, key), 0)) return new NotDone(Refuse.RequestRunning, "the same Idempotency-Key is at work now; ask again", []);
        try
        {
            return await store.FindReply(request.By.Id, key, cancellation) is { } reply ? await Repeat(request, reply, hash, cancellation) : await Run(request, hash, cancellation);
        }
        finally
        {
            running.TryRemove((request.By.Id, key), out _);
        }
    }

    private async Task<CommandAnswer> Run(CommandRequest request, string? bodyHash, CancellationToken cancellation)
    {
        try
        {
            var answer = await Decide(request, bodyHash, cancellation);
            // the same request may have been carried out by another process meanwhile: then its own effect is what stands in the way
            return answer is NotDone && bodyHash is not null && await store.FindReply(request.By.Id, request.IdempotencyKey!, cancellation) is { } meanwhile
                ? await Repeat(request, meanwhile, bodyHash, cancellation)
                : answer;
        }
        catch (OverflowException)   // Money is checked; everything is reckoned, the answer too, before anything is stored
        {
            const string reason = "amounts and numbers multiply to more than can be reckoned with";
            return new NotDone(Refuse.InvalidRequest, reason, [("", reason)]);
        }
    }

    private async Task<CommandAnswer> Decide(CommandRequest request, string? bodyHash, CancellationToken cancellation)
    {
        var useCase = request.UseCase;
        if (!useCase.Creates && !request.IfMatch.Given)
            return new NotDone(Refuse.IfMatchMissing, "send the ETag of the resource as If-Match", [("If-Match", "is required")]);
        var (command, faults) = Read(request);
        if (command is not null) faults = useCase.Validate(command);
        if (command is null || faults.Count > 0) return new NotDone(Refuse.InvalidRequest, Summary(faults), faults);

        var target = useCase.Target(command);
        for (var attempt = 1; ; attempt++)
        {
            var context = new UseCaseContext(store, identityKey, request.By, clock.GetCurrentInstant(), cancellation);
            if (target is { } addressed)
            {
                if (await useCase.Load(addressed, context) is null) return NotDone.For(Refuse.NotFound(useCase.StreamType.Replace('_', ' ')));
                if (!request.IfMatch.Fits(context.VersionOf(addressed)))
                    return new NotDone(Refuse.StaleVersion, $"the resource is at version {context.VersionOf(addressed)}", []);
            }
            var decision = await useCase.Handle(command, context);
            if (decision.Refusal is { } refusal) return NotDone.For(refusal);

            var (done, append) = await Prepare(request, target, decision, context, bodyHash);
            if (append is null) return done;
            switch (await store.Append(append, cancellation))
            {
                case Appended appended: return done with { Position = appended.Position };
                case AlreadyAnswered answered: return await Repeat(request, answered.Reply, bodyHash!, cancellation);
                case KeyTaken taken when decision.Keys.FirstOrDefault(key => key.Change.Key == taken.Key && key.Otherwise is not null) is { } guarded:
                    return NotDone.For(guarded.Otherwise!);
                case PlacesExhausted exhausted:
                    return NotDone.For(decision.Places.First(places => places.Change.Pool == exhausted.Pool).Otherwise!);
                case VersionConflict or KeyTaken when attempt < Attempts:
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1 << Math.Min(attempt, 6))), cancellation);
                    continue;
                default:
                    return new NotDone(Refuse.Busy, "others changed the same things; try again", []);
            }
        }
    }

    /// <summary>The answer, and the append that makes it true; no append when nothing changes and no reply is to be kept.</summary>
    private async Task<(Done Done, Append? Append)> Prepare(
        CommandRequest request, Guid? target, Decision decision, UseCaseContext context, string? bodyHash)
    {
        var streams = new List<StreamAppend>();
        foreach (var change in decision.Changes)
        {
            var before = context.VersionOf(change.Stream);
            var state = change.Fold(context.StateOf(change.Stream));
            context.Remember(change.Stream, state, before + change.Events.Count);
            streams.Add(new StreamAppend(change.Stream, change.StreamType, before,
                [.. change.Events.Select(data => new NewEvent(Guid.CreateVersion7(), data))], EventStamp.Of(
                    request.UseCase.Role, request.By, request.UseCase.CommandType.Name, request.IdempotencyKey ?? request.RequestId, request.RequestId, change.Within ?? state.Scope)));
        }

        // what the command was about: the stream addressed, else the one it made, else (nothing changed) the one it found
        var about = target ?? decision.Changes.FirstOrDefault(change => change.StreamType == request.UseCase.StreamType)?.Stream;
        var shown = about is { } stream ? context.StateOf(stream)! : context.Seen.First(state => state.GetType() == request.UseCase.AggregateType);
        var resource = resources[request.UseCase.AggregateType];
        var created = request.UseCase.Creates && !decision.IsNothing;
        var done = new Done(
            created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            await Body(resource, shown, context),
            context.VersionOf(shown.StreamId), resource.Location(shown), FeedPosition.Start);

        var reply = bodyHash is null ? null : new StoredReply(request.By.Id, request.IdempotencyKey!, bodyHash, done.Status, shown.StreamId, done.ETag);
        return (done, streams.Count == 0 && reply is null ? null : new Append(
            streams, [.. decision.Keys.Select(key => key.Change)], [.. decision.Places.Select(places => places.Change)], [], reply));
    }

    /// <summary>The command out of body and route; both are read by the same strict rules.</summary>
    private static (object? Command, IReadOnlyList<(string, string)> Faults) Read(CommandRequest request)
    {
        var (merged, faults) = JsonBody.Read(request.Body);
        if (merged is null) return (null, faults);
        foreach (var (name, value) in request.RouteValues)
        {
            if (merged.ContainsKey(name)) return (null, [(name, "stands in the address, not in the body")]);
            var isNumber = request.UseCase.Route.Contains($"{{{name}:int}}", StringComparison.Ordinal);
            merged[name] = isNumber ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : value;
        }
        return StrictJson.Read(request.UseCase.CommandType, JsonSerializer.SerializeToElement(merged));
    }

    /// <summary>The resource as it was after the request that is repeated, shown again from its events.</summary>
    private async Task<CommandAnswer> Repeat(CommandRequest request, StoredReply reply, string bodyHash, CancellationToken cancellation)
    {
        if (reply.BodyHash != bodyHash) return IdempotencyKeys.Reused;
        var resource = resources[request.UseCase.AggregateType];
        var (state, records) = await Records.At(store, identityKey, request.By, resource, reply.Resource, reply.Version, cancellation);
        return state is null
            ? NotDone.For(Refuse.NotFound(request.UseCase.StreamType.Replace('_', ' ')))
            : new Done(reply.Status, await Body(resource, state, records), reply.Version, resource.Location(state), reply.Position, Repeated: true);
    }

    private static async Task<string> Body(IResource resource, IAggregate state, IRecords records) =>
        JsonSerializer.Serialize(await resource.View(state, records), ClaimsJson.Options);

    private static string Summary(IReadOnlyList<(string Field, string Message)> faults) =>
        faults[0].Field.Length == 0 ? faults[0].Message : $"{faults[0].Field} {faults[0].Message}";
}
