using System.Text.Json;
using System.Text.Json.Serialization;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Npgsql;
using Wolverine;

namespace ClaimsEngine.Benchmarks;

/// <summary>The peer's command: the same approval, as Marten's and Wolverine's documentation shows such a handler.</summary>
public sealed record PlainApprove(Guid Claim, Money Amount, string Reason, string RequestKey);

public sealed record PlainAnswer(Guid Claim, long Version, string? Refusal);

/// <summary>The unique key, as a document whose id it is.</summary>
public sealed record PlainKey(string Id, Guid Holder);

/// <summary>The answered request, as a document whose id is the Idempotency-Key.</summary>
public sealed record PlainReply(string Id, Guid Resource, long Version);

/// <summary>
/// Loads three streams for writing and the plan, asks the very decision that our command asks, appends to four streams, stores the key and
/// the answer. Wolverine's transactional middleware commits.
/// </summary>
public static class PlainApproveHandler
{
    private static readonly Actor By = new("bench-approver", [Role.Approver], RegionCode.National);

    public static async Task<PlainAnswer> Handle(PlainApprove command, IDocumentSession session, CancellationToken cancellation)
    {
        if (await session.LoadAsync<PlainReply>(command.RequestKey, cancellation) is { } reply)
            return new PlainAnswer(reply.Resource, reply.Version, null);
        var claim = await session.Events.FetchForWriting<PlainState<Claim>>(command.Claim, cancellation);
        var found = claim.Aggregate!.State;
        var enrolment = await session.Events.FetchForWriting<PlainState<Enrolment>>(found.Enrolment.Value, cancellation);
        var account = await session.Events.FetchForWriting<PlainState<BenefitAccount>>(BenefitAccount.IdOf(found.Member), cancellation);
        var plan = await session.Events.AggregateStreamAsync<PlainState<Plan>>(PlanId.Of(found.Plan).Value, token: cancellation);

        var decision = ApproveClaimHandler.Handle(
            new ApproveClaim(found.Id, command.Amount, command.Reason),
            new ClaimCase(found, enrolment.Aggregate!.State, account.Aggregate!.State, plan!.State.Version(found.PlanVersion)!),
            [new PayoutId(Guid.CreateVersion7())], By, SystemClock.Instance.GetCurrentInstant().InUtc().Date);
        if (decision.Refusal is { } refusal) return new PlainAnswer(command.Claim, claim.CurrentVersion ?? 0, refusal.Code);

        claim.AppendMany(decision.Changes[0].Events);
        enrolment.AppendMany(decision.Changes[1].Events);
        account.AppendMany(decision.Changes[2].Events);
        session.Events.StartStream<PlainState<Payout>>(decision.Changes[3].Stream, decision.Changes[3].Events);
        session.Insert(new PlainKey(decision.Keys[0].Change.Key.Value, decision.Keys[0].Change.Holder));
        var answer = new PlainAnswer(command.Claim, (claim.CurrentVersion ?? 0) + 1, null);
        session.Insert(new PlainReply(command.RequestKey, answer.Claim, answer.Version));
        return answer;
    }

    public static void Configure(WolverineOptions wolverine)
    {
        wolverine.ApplicationAssembly = typeof(PlainApproveHandler).Assembly;
        wolverine.Discovery.DisableConventionalDiscovery().IncludeType(typeof(PlainApproveHandler));
        wolverine.Policies.AutoApplyTransactions();
    }

    /// <summary>
    /// Marten's defaults, and the two things without which it can't read our events: how their values are written, and how they fold.
    /// </summary>
    public static void Configure(StoreOptions marten, NpgsqlDataSource source)
    {
        marten.Connection(source);
        marten.DisableNpgsqlLogging = true;
        var names = new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
        marten.UseSystemTextJsonForSerialization(ClaimsJson.Options, configure: json => json.Converters.Insert(0, names));
        foreach (var type in Engine.EventTypes.All) marten.Events.MapEventType(type, Engine.EventTypes.NameOf(type));
        marten.Projections.Add(new PlainFold<Claim>(), ProjectionLifecycle.Live);
        marten.Projections.Add(new PlainFold<Enrolment>(), ProjectionLifecycle.Live);
        marten.Projections.Add(new PlainFold<BenefitAccount>(), ProjectionLifecycle.Live);
        marten.Projections.Add(new PlainFold<Plan>(), ProjectionLifecycle.Live);
        marten.Projections.Add(new PlainFold<Payout>(), ProjectionLifecycle.Live);
    }
}

/// <summary>A state of the domain with the id that Marten asks for.</summary>
public sealed record PlainState<T>(Guid Id, T State);

/// <summary>The domain's own fold, in the form that the documentation calls explicit.</summary>
public sealed class PlainFold<T> : SingleStreamProjection<PlainState<T>, Guid> where T : AggregateState, IAggregate<T>
{
    public override PlainState<T>? Evolve(PlainState<T>? snapshot, Guid id, IEvent e) =>
        Fold.On(snapshot?.State, [e.Data]) is { } state ? new PlainState<T>(id, state) : null;
}
