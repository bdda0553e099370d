namespace ClaimsEngine.Storage.Tests;

public sealed record SampleOpened(string Name, Money Amount, LocalDate Day, SampleId Reference);
public sealed record SampleRenamed(string Name);
public sealed record SamplePoisoned(string Why);
public sealed record SampleClosed;

/// <summary>Of a second kind of stream, which has no read model in most tests.</summary>
public sealed record NoteWritten(string Text);

public readonly record struct SampleId(Guid Value) : IId<SampleId>
{
    public static SampleId From(Guid value) => new(value);
}

public enum SampleStatus { StillOpen, Closed }

public sealed record Sample(Guid Id) : AggregateState, IAggregate<Sample>
{
    public static string StreamType => "sample";

    public override Guid StreamId => Id;

    public static Sample? Evolve(Sample? state, object @event) => state ?? new Sample(Guid.Empty);
}

public sealed record Note(Guid Id) : AggregateState, IAggregate<Note>
{
    public static string StreamType => "note";

    public override Guid StreamId => Id;

    public static Note? Evolve(Note? state, object @event) => state ?? new Note(Guid.Empty);
}

public sealed record SampleDetail(string Word, IReadOnlyList<int> Numbers);

public sealed record SampleRow(
    [Column("What it is called")] string Name, Money Amount, LocalDate Day, SampleId Reference, SampleStatus Status, RegionCode Region,
    int Renamed, long Seen, bool Active, Instant Opened, Instant? Closed, Guid? Extra, Money? Refund, string? Note, SampleStatus? Before);

/// <summary>A small domain of the tests' own: the store knows nothing of claims.</summary>
public static class Samples
{
    public static readonly EventTypes Types = new(
        [
            .. new[] { typeof(SampleOpened), typeof(SampleRenamed), typeof(SamplePoisoned), typeof(SampleClosed) }.Select(type =>
                new EventKind(type, typeof(Sample), Sample.StreamType)),
            new EventKind(typeof(NoteWritten), typeof(Note), Note.StreamType),
        ]);

    /// <summary>What tests give where a decision needs a refusal; no outcome of the store names it.</summary>
    public static readonly Refusal Refused = new(new RefusalCode("sample", RefusalKind.Conflict, "", ""), "");

    /// <param name="poisonous">asked at every <see cref="SamplePoisoned"/>: whether it can't be digested</param>
    public static ReadModel<SampleRow> Model(Func<bool>? poisonous = null, string table = "samples") =>
        new(table, "Samples of the tests", "sample", (row, e) => Evolve(row, e, poisonous ?? (() => true)), "status", "region, day");

    public static SampleOpened Opened(string name = "first", long fen = 12_345) =>
        new(name, new Money(fen), new LocalDate(2025, 10, 20), new SampleId(Guid.Parse("11111111-2222-3333-4444-555555555555")));

    public static SampleRenamed Renamed(string name = "second") => new(name);

    public static SamplePoisoned Poisoned(string why = "spoilt") => new(why);

    public static EventMetadata By(string user = "tester", string? region = null) => new(user, "test", "trace",
        region is null ? new Dictionary<string, string> { ["role"] = "clerk" } : new Dictionary<string,
            string> { ["role"] = "clerk", ["region"] = region });

    /// <summary>A stream as it is at a version.</summary>
    public static Sample At(Guid stream, long version) => Fold.On(new Sample(stream), Enumerable.Repeat<object>(Renamed(), (int)version))!;

    /// <param name="expected">0 begins the stream</param>
    /// <param name="events">none: the decision rests on the stream</param>
    public static Decision On(Guid stream, long expected, params object[] events) =>
        events.Length == 0 ? Decision.Nothing.RestingOn(At(stream, expected)) : expected == 0 ? Decision.Begin<Sample>(stream, events)
            : Decision.On(At(stream, expected), events);

    /// <summary>A new stream of one event.</summary>
    public static Decision New(Guid? stream = null) => On(stream ?? Guid.NewGuid(), 0, Opened());

    public static PendingWrite Write(Decision decision, EventMetadata? by = null)
    {
        var write = new PendingWrite();
        write.Add(decision, _ => by ?? By());
        return write;
    }

    public static PendingWrite Append(Guid stream, long expected, params object[] events) => Write(On(stream, expected, events));

    /// <summary>A part of a row of an import.</summary>
    public static StreamWrite Part(Guid stream, long expected, params object[] events) => Part(stream, expected, By(), events);

    public static StreamWrite Part(Guid stream, long expected, EventMetadata by, params object[] events) =>
        new(stream, Sample.StreamType, typeof(Sample), expected, [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, by))]);

    private static SampleRow? Evolve(SampleRow? row, RecordedEvent e, Func<bool> poisonous) => e.Data switch
    {
        SampleOpened opened => new SampleRow(opened.Name, opened.Amount, opened.Day, opened.Reference, SampleStatus.StillOpen,
            RegionCode.Of(e.Metadata.Headers.GetValueOrDefault(EventMetadata.RegionHeader, "")),
            0, 1, true, e.RecordedAt, null, null, null, null, null),
        SampleRenamed renamed when row is not null => row with { Name = renamed.Name, Renamed = row.Renamed + 1, Extra = e.Stream,
            Note = "renamed", Refund = Money.Yuan(1) },
        SampleClosed when row is not null => row with { Status = SampleStatus.Closed, Before = row.Status, Closed = e.RecordedAt,
            Active = false },
        SamplePoisoned when poisonous() => throw new InvalidOperationException("cannot digest this"),
        _ => row,
    };
}
