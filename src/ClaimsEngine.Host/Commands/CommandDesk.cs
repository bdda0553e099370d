using System.Collections.Concurrent;
using System.Text.Json;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Writing;
using Wolverine;

namespace ClaimsEngine.Host.Commands;

/// <summary>
/// What every command passes before Wolverine runs it: role, Idempotency-Key, If-Match, strict JSON, the rules of its shape. The handler
/// loads and decides, and what it decides is stored and answered by <see cref="CommandMiddleware"/>.
/// </summary>
public sealed partial class CommandDesk(
    IServiceScopeFactory scopes, RecordRoom records, CommandRoom room, ILogger<CommandDesk> log)
{
    private readonly ConcurrentDictionary<(string Caller, string Key), byte> running = new();

    public async Task<CommandAnswer> Execute(CommandRequest request, CancellationToken cancellation)
    {
        if (request.UseCase.RoleOf(request.By) is null)
            return new NotDone(Refuse.RoleMissing, $"this needs the role {Words(request.UseCase)}", []);
        if (request.IdempotencyKey is not { } key) return await Run(request, null, cancellation);

        if (IdempotencyKeys.FaultOf(key) is { } fault) return fault;
        // the same words on another's behalf are another request
        var address = request.By.OnBehalfOf is { } delegator ? $"{request.Path}\n{delegator}" : request.Path;
        var hash = IdempotencyKeys.HashOf(records.IdentityKey, request.UseCase.Method, address, request.Body.Span);
        if (!running.TryAdd((request.By.Id, key), 0))
            return new NotDone(Refuse.RequestRunning, "the same Idempotency-Key is at work now; ask again", []);
        try
        {
            // Most requests come once, so nothing is looked up for one that is carried out: the store refuses what was answered before. Of
            // any other answer it is asked whether the same request, perhaps in another process, is itself what stands in the way.
            var answer = await Run(request, hash, cancellation);
            return answer is NotDone && await records.Keys.FindReply(request.By.Id, key, cancellation) is { } reply
                ? await Repeat(request, reply, hash, cancellation) : answer;
        }
        finally
        {
            running.TryRemove((request.By.Id, key), out _);
        }
    }

    private static string Words(IUseCase useCase) =>
        string.Join(" or ", useCase.Also.Prepend(useCase.Role).Select(role => role.Name()));

    private async Task<CommandAnswer> Run(CommandRequest request, string? bodyHash, CancellationToken cancellation)
    {
        try
        {
            var (command, fault) = Checked(request);
            if (command is null) return fault!;
            var answer = await Send(command, request, bodyHash, cancellation);
            if (answer is NotDone { Rule: var rule } && rule == Refuse.IdentityMismatch)
                Mismatched(request.By.Id, request.By.Region, request.UseCase.CommandType.Name, request.RequestId);
            return answer;
        }
        catch (OverflowException)   // everything is reckoned, the answer too, before anything is stored
        {
            return new NotDone(Refuse.InvalidRequest, Refuse.TooMuch, [("", Refuse.TooMuch)]);
        }
        catch (ContendedException)
        {
            return new NotDone(Refuse.Busy, "others changed the same things; try again", []);
        }
        catch (RegisterBehindException behind)
        {
            return new NotDone(Refuse.Busy, $"{behind.Message}; try again", []);
        }
        catch (Exception exception) when (Postgres.IsFull(exception))
        {
            return new NotDone(Refuse.StorageFull, "nothing was stored; the same may be sent again once there is room", []);
        }
    }

    /// <summary>The command, or what is wrong with the request in itself.</summary>
    internal static (object? Command, NotDone? Fault) Checked(CommandRequest request)
    {
        if (!request.UseCase.Creates && !request.IfMatch.Given)
            return (null, new NotDone(Refuse.IfMatchMissing, "send the ETag of the resource as If-Match", [("If-Match", "is required")]));
        var (command, faults) = Read(request);
        if (command is not null) faults = request.UseCase.Validate(command);
        return faults.Count == 0 ? (command, null) : (null, new NotDone(Refuse.InvalidRequest, Summary(faults), faults));
    }

    private async Task<CommandAnswer> Send(object command, CommandRequest request, string? bodyHash, CancellationToken cancellation)
    {
        var order = new CommandOrder(
            request.By, request.UseCase.RoleOf(request.By)!.Value, request.IfMatch,
            request.RequestId, request.IdempotencyKey, bodyHash, request.On, request.Quiet);
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        return await bus.InvokeAsync<CommandAnswer>(command, order.ToDelivery(), cancellation);
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
        var resource = room.ResourceOf(request.UseCase);
        var (state, then) = await records.At(request.By, resource, reply.Resource, reply.Version, cancellation, reply.Shown);
        return state is null
            ? NotDone.For(Refuse.NotFound(request.UseCase.StreamType.Replace('_', ' ')))
            : new Done(reply.Status, JsonSerializer.Serialize(await resource.View(state, then), ClaimsJson.Options), reply.Version,
                resource.Location(state), reply.Position, Repeated: true);
    }

    /// <summary>Without the number and the name: no log holds personal data.</summary>
    [LoggerMessage(LogLevel.Warning,
        "{User} of region {Region} gave an identity number with another name than the one on record ({Command}, request {TraceId})")]
    private partial void Mismatched(string user, RegionCode region, string command, string traceId);

    private static string Summary(IReadOnlyList<(string Field, string Message)> faults) =>
        faults[0].Field.Length == 0 ? faults[0].Message : $"{faults[0].Field} {faults[0].Message}";
}
