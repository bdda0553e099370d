using ClaimsEngine.Kernel;
using ClaimsEngine.Ports;
using NodaTime;

namespace ClaimsEngine.Benchmarks;

/// <summary>Somebody has cover: 200 bytes of JSON, like an enrolment's first event.</summary>
internal sealed record CoverStarted(Guid Member, string Number, string Plan, string Region, string Occupation, LocalDate From, LocalDate To, Money Contribution);

/// <summary>200 bytes of JSON, like a benefit approved.</summary>
internal sealed record CoverUsed(Guid Claim, Guid Payout, Money Amount, string By, string Reason);

internal sealed record CoverRow(
    Guid Member, string Number, string Plan, string Region, string Occupation, LocalDate From, LocalDate To, Money Contribution, Money Used, int Benefits);

/// <summary>The small domain that the store is measured with.</summary>
internal static class Samples
{
    public const string StreamType = "cover";

    public static readonly EventTypes Types = new([typeof(CoverStarted), typeof(CoverUsed), typeof(MemberRegistered)]);

    public static readonly EventMetadata By = new(
        "wang", "Bench", "4bf92f3577b34da6a3ce929d0e0e4736", new Dictionary<string, string> { ["role"] = "officer", ["region"] = "620602" });

    /// <summary>One row per event and stream, with the indexes of a register.</summary>
    public static readonly ReadModel<CoverRow> Register = new("covers", "Covers of the benchmarks", StreamType, Evolve, "plan, region", "member", "number");

    public static NewEvent Started(int nth) => Started(Guid.CreateVersion7(), $"E62-20250101-{nth:D8}");

    public static NewEvent Started(Guid member, string number) => new(Guid.CreateVersion7(), new CoverStarted(
        member, number, "gansu-2025-new-employment", "620602", "courier", new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), Money.Yuan(120)));

    public static NewEvent Used(int nth) => new(Guid.CreateVersion7(), new CoverUsed(
        Guid.CreateVersion7(), Guid.CreateVersion7(), Money.Yuan(1 + (nth % 100)), "wang", "papers complete, third grade, paid by the table"));

    /// <summary>The first event of a stream, then so many more.</summary>
    public static NewEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(i => i == 0 ? Started(i) : Used(i))];

    public static StreamAppend Stream(Guid id, long expected, params IReadOnlyList<NewEvent> events) => new(id, StreamType, expected, events, By);

    public static Append Append(Guid id, long expected, params IReadOnlyList<NewEvent> events) => new([Stream(id, expected, events)], [], [], []);

    public static CoverRow? Evolve(CoverRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        CoverStarted e => new CoverRow(e.Member, e.Number, e.Plan, e.Region, e.Occupation, e.From, e.To, e.Contribution, Money.Zero, 0),
        CoverUsed e when row is not null => row with { Used = row.Used + e.Amount, Benefits = row.Benefits + 1 },
        _ => row,
    };
}
