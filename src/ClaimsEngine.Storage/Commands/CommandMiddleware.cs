using System.Text.Json;
using Marten;
using ClaimsEngine.Storage.Writing;
using Wolverine;
using Wolverine.Runtime;

namespace ClaimsEngine.Storage.Commands;

/// <summary>One command on its way: who gives it, what it is addressed to, and what was read for it.</summary>
public sealed record CommandCase(CommandOrder Order, IUseCase UseCase, Guid? Target, UseCaseContext Context);

/// <summary>
/// Stands around every command's handler in Wolverine's chain. Before it: the resource addressed is found and its version compared. After
/// it: the decision becomes events, keys, places and the remembered answer, in one transaction. Whatever loses a race is run again from the
/// start, by Wolverine's retry rule.
/// </summary>
public static class CommandMiddleware
{
    public static async Task<(HandlerContinuation, CommandCase, IUseCaseContext, Actor, LocalDate, Instant)> BeforeAsync(
        Envelope envelope, CommandRoom room, MessageContext messages, CancellationToken cancellation)
    {
        var command = (Command)envelope.Message!;
        var order = CommandOrder.From(envelope);
        var useCase = room.UseCaseOf(command);
        var recorded = room.Clock.GetCurrentInstant();
        var now = order.On is { } day ? BusinessTime.NoonOf(day) : recorded;
        var context = new UseCaseContext(
            room.Records, room.Members, room.Books, order.By, now, order.On is null ? null : recorded.Date(), cancellation);
        var target = useCase.Target(command);
        var no = target is { } addressed ? await Addressed(command, addressed, useCase, order, context, room, cancellation) : null;
        if (no is not null) await messages.EnqueueCascadingAsync(no);
        return (no is null ? HandlerContinuation.Continue : HandlerContinuation.Stop,
            new CommandCase(order, useCase, target, context), context, order.By, now.Date(), now);
    }

    /// <summary>Stores what a handler has decided, and answers.</summary>
    /// <exception cref="ContendedException">Somebody else was quicker: to be decided again.</exception>
    public static async Task StoreAsync(
        Decision decision, CommandCase @case, CommandRoom room, IDocumentSession session, MessageContext messages,
            CancellationToken cancellation) =>
        await messages.EnqueueCascadingAsync(await Answer(decision, @case, room, session, cancellation));

    private static async Task<NotDone?> Addressed(
        Command command, Guid stream, IUseCase useCase, CommandOrder order, UseCaseContext context, CommandRoom room,
            CancellationToken cancellation)
    {
        if (await useCase.Load(stream, context) is not { } state) return NotDone.For(Refuse.NotFound(useCase.StreamType.Replace('_', ' ')));
        if (order.By.MayNot(command, state) is { } elsewhere) return NotDone.For(elsewhere);
        return order.IfMatch.Fits(state.StreamVersion) ? null
            : await StaleAnswer.To(order.By, order.IfMatch.Version!.Value, state, room.Records.Events, cancellation);
    }

    private static async Task<CommandAnswer> Answer(
        Decision decision, CommandCase @case, CommandRoom room, IDocumentSession session, CancellationToken cancellation)
    {
        if (decision.Refusal is { } refusal) return NotDone.For(refusal);
        var (order, useCase, target, context) = @case;

        var write = new PendingWrite();
        var stamp = new EventStamp(order.By, order.Role, useCase.CommandType.Name, order.Request, order.Trace,
            order.Quiet || order.On is not null);
        foreach (var state in write.Add(decision, stamp.Of)) context.Remember(state);

        // What the command was about: the stream addressed, else the one it made, else (nothing changed) the one it found.
        var about = target ?? decision.Changes.FirstOrDefault(change => change.AggregateType == useCase.AggregateType)?.Stream;
        var shown = about is { } stream ? context.StateOf(stream)! : context.Seen.First(state => state.GetType() == useCase.AggregateType);
        var resource = room.ResourceOf(useCase);
        var (view, others) = await context.Show(resource, shown);
        var done = new Done(useCase.Creates && !decision.IsNothing ? 201 : 200,
            JsonSerializer.Serialize(view, ClaimsJson.Options), shown.StreamVersion, resource.Location(shown), 0);

        if (order.RequestKey is { } key)
            write.Reply = new StoredReply(order.By.Id, key, order.BodyHash!, done.Status, shown.StreamId, done.ETag, Shown: others);
        if (write.IsEmpty) return done;
        return await room.Writer.Write(write, session, cancellation) switch
        {
            Stored stored => done with { Position = stored.Position },
            KeyTaken taken when write.RefusalFor(taken.Key) is { } otherwise => NotDone.For(otherwise),
            PlacesExhausted exhausted when write.RefusalFor(exhausted.Pool) is { } otherwise => NotDone.For(otherwise),
            AnsweredBefore => new NotDone(Refuse.RequestRunning, "the same Idempotency-Key was answered a moment ago; ask again", []),
            _ => throw new ContendedException(),
        };
    }
}

/// <summary>Others changed the same things. Wolverine runs the command again; after the last try the caller is told that it is
/// busy.</summary>
public sealed class ContendedException() : Exception("others changed the same things");
