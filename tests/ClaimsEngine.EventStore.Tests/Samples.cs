using ClaimsEngine.Kernel;
using ClaimsEngine.Ports;
using NodaTime;

namespace ClaimsEngine.EventStore.Tests;

public sealed record SampleOpened(string Name, Money Amount, LocalDate Day, SampleId Reference);
public sealed record SampleRenamed(string Name);
public sealed record SamplePoisoned(string Why);
public sealed record SampleClosed;

public readonly record struct SampleId(Guid Value) : IId<SampleId>
{
    public static SampleId From(Guid value) => new(value);
}

public enum SampleStatus { StillOpen, Closed }

public sealed record SampleRow(
    [Column("What it is called")] string Name, Money Amount, LocalDate Day, SampleId Reference, SampleStatus Status, RegionCode Region,
    int Renamed, long Seen, bool Active, Instant Opened, Instant? Closed, Guid? Extra, Money? Refund, string? Note, SampleStatus? Before);

/// <summary>A small domain of the tests' own: the store knows nothing of claims.</summary>
public static class Samples
{
    public static readonly EventTypes Types = new([typeof(SampleOpened), typeof(SampleRenamed), typeof(SamplePoisoned), typeof(SampleClosed)]);

    /// <summary>Set by tests that want <see cref="SamplePoisoned"/> to be digestible again.</summary>
    public static ReadModel<SampleRow> Model(Func<bool>? poisonous = null, string table = "samples") =>
        new(table, "Samples of the tests", "sample", (row, e) => Evolve(row, e, poisonous ?? (() => true)), "status", "region, day");

    public static NewEvent Opened(string name = "first", long fen = 12_345) => new(Guid.NewGuid(),
        new SampleOpened(name, new Money(fen), new LocalDate(2025, 10, 20), new SampleId(Guid.Parse("11111111-2222-3333-4444-555555555555"))));

    public static NewEvent Renamed(string name = "second") => new(Guid.NewGuid(), new SampleRenamed(name));

    public static NewEvent Poisoned(string why = "spoilt") => new(Guid.NewGuid(), new SamplePoisoned(why));

    public static EventMetadata By(string user = "tester", string? region = null) => new(user, "test", "trace",
        region is null ? new Dictionary<string, string> { ["role"] = "clerk" } : new Dictionary<string, string> { ["role"] = "clerk", ["region"] = region });

    public static Append Append(Guid stream, long expected, params NewEvent[] events) => new([new StreamAppend(stream, "sample", expected, events, By())], [], [], []);

    private static SampleRow? Evolve(SampleRow? row, RecordedEvent e, Func<bool> poisonous) => e.Data switch
    {
        SampleOpened opened => new SampleRow(opened.Name, opened.Amount, opened.Day, opened.Reference, SampleStatus.StillOpen, RegionCode.Of(e.Metadata.Headers.GetValueOrDefault(EventMetadata.RegionHeader, "")),
            0, 1, true, e.RecordedAt, null, null, null, null, null),
        SampleRenamed renamed when row is not null => row with { Name = renamed.Name, Renamed = row.Renamed + 1, Extra = e.Stream, Note = "renamed", Refund = Money.Yuan(1) },
        SampleClosed when row is not null => row with { Status = SampleStatus.Closed, Before = row.Status, Closed = e.RecordedAt, Active = false },
        SamplePoisoned when poisonous() => throw new InvalidOperationException("cannot digest this"),
        _ => row,
    };
}
