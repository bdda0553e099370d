using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// Somebody has cover: 200 bytes of JSON, like an enrolment's first event. Plain types, so that the peers can keep Marten's own way of
/// writing JSON.
/// </summary>
public sealed record CoverStarted(
    Guid Member, string Number, string Plan, string Region, string Occupation, DateOnly From, DateOnly To, long ContributionFen);

/// <summary>200 bytes of JSON, like a benefit approved.</summary>
public sealed record CoverUsed(Guid Claim, Guid Payout, long AmountFen, string By, string Reason);

/// <summary>The state of the small domain.</summary>
internal sealed record CoverState(Guid Id, long UsedFen, int Benefits) : AggregateState, IAggregate<CoverState>
{
    public static string StreamType => "cover";

    public override Guid StreamId => Id;

    public static CoverState? Evolve(CoverState? state, object @event) => @event switch
    {
        CoverStarted e => new CoverState(e.Member, 0, 0),
        CoverUsed e when state is not null => state with { UsedFen = state.UsedFen + e.AmountFen, Benefits = state.Benefits + 1 },
        _ => state,
    };
}

internal sealed record CoverRow(
    Guid Member, string Number, string Plan, string Region, string Occupation, LocalDate From, LocalDate To,
    Money Contribution, Money Used, int Benefits);

/// <summary>The small domain that the store is measured with.</summary>
internal static class Samples
{
    public static readonly EventTypes Types = new(
    [
        new(typeof(CoverStarted), typeof(CoverState), CoverState.StreamType),
        new(typeof(CoverUsed), typeof(CoverState), CoverState.StreamType),
        new(typeof(MemberRegistered), typeof(MemberState), MemberState.StreamType),
    ]);

    public static readonly EventMetadata By = new(
        "wang", "Bench", "4bf92f3577b34da6a3ce929d0e0e4736",
        new Dictionary<string, string> { ["role"] = "officer", ["region"] = "620602" });

    /// <summary>One row per stream, with the indexes of a register.</summary>
    public static readonly ReadModel<CoverRow> Register =
        new("covers", "Covers of the benchmarks", CoverState.StreamType, Next, "plan, region", "member", "number");

    public static CoverStarted Started(Guid member, int nth) => Started(member, $"E62-20250101-{nth:D8}");

    public static CoverStarted Started(Guid member, string number) =>
        new(member, number, "gansu-2025-new-employment", "620602", "courier", new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), 12_000);

    public static CoverUsed Used(int nth) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), 100 * (1 + (nth % 100)), "wang", "papers complete, third grade, paid by the table");

    /// <summary>The first event of a stream, then so many more.</summary>
    public static object[] Events(Guid stream, int count) =>
        [.. Enumerable.Range(0, count).Select(object (i) => i == 0 ? Started(stream, i) : Used(i))];

    /// <summary>Events for one stream, as an import stores them.</summary>
    public static StreamWrite Write(Guid stream, long expected, params IEnumerable<object> events) =>
        new(stream, CoverState.StreamType, typeof(CoverState), expected,
            [.. events.Select(data => new NewEvent(Guid.CreateVersion7(), data, By))]);

    /// <summary>
    /// Rows of one stream each: whole streams one after another, or the first events of all of them, then the second ones, and so on.
    /// </summary>
    public static IEnumerable<ImportRow> Rows(IReadOnlyList<Guid> streams, int eventsPerStream, bool interleaved)
    {
        var number = 0L;
        for (var version = 0; version < (interleaved ? eventsPerStream : 1); version++)
            foreach (var stream in streams)
            {
                var write = interleaved
                    ? Write(stream, version, version == 0 ? Started(stream, 0) : Used(version))
                    : Write(stream, 0, Events(stream, eventsPerStream));
                yield return new ImportRow(++number, [write], [], []);
            }
    }

    public static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private static CoverRow? Next(CoverRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        CoverStarted e => new CoverRow(e.Member, e.Number, e.Plan, e.Region, e.Occupation,
            LocalDate.FromDateOnly(e.From), LocalDate.FromDateOnly(e.To), new Money(e.ContributionFen), Money.Zero, 0),
        CoverUsed e when row is not null => row with { Used = row.Used + new Money(e.AmountFen), Benefits = row.Benefits + 1 },
        _ => row,
    };
}
