using System.Text.Json;
using System.Text.Json.Serialization;
using ClaimsEngine.AuditPacks;
using ClaimsEngine.Claims;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.Parts;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Console.Pages.Audit;

/// <summary>An event of the log, as the API tells it: a CloudEvent.</summary>
/// <param name="Subject">the stream</param>
/// <param name="Time">when it was recorded</param>
/// <param name="Version">of the stream after the event</param>
/// <param name="Position">place in the whole log</param>
public sealed record LoggedEvent(
    string Id, string Source, string Type, Guid Subject, Instant Time, long Version, long Position, string? User, string? Causation,
    JsonElement Data)
{
    /// <summary>All other members: role, office, region, for whom.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Headers { get; init; }

    public string StreamType => Source[(Source.LastIndexOf('/') + 1)..];

    public string? Header(string name) =>
        Headers?.TryGetValue(name, out var value) == true && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>For whom the user acted; null for nobody.</summary>
    public string? For => Text("onBehalfOf");

    /// <summary>A member of the event's data that is a text; null where it has none.</summary>
    public string? Text(string member) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    /// <summary>The same of an id.</summary>
    public Guid? IdIn(string member) => Guid.TryParse(Text(member), out var id) ? id : null;
}

/// <param name="Next">to be sent as after; null where the log ends</param>
public sealed record LogPage(IReadOnlyList<LoggedEvent> Events, long? Next = null);

public sealed record StreamHistory(Guid Id, string StreamType, long Version, IReadOnlyList<LoggedEvent> Events);

/// <summary>Who fetched a paper, oldest first.</summary>
public sealed record PaperDownloads(Guid Document, IReadOnlyList<PaperDownload> Downloads);

public sealed record PaperDownload(string By, Instant At, string Sha256);

/// <summary>Who opened a person's numbers, oldest first.</summary>
public sealed record IdentityOpenings(Guid Person, IReadOnlyList<IdentityOpening> Openings);

/// <param name="OnBehalfOf">for whom that person acted; null for nobody</param>
public sealed record IdentityOpening(string By, Instant At, string Reason, string? OnBehalfOf = null);

/// <param name="Next">cursor of the entries before these</param>
public sealed record EntryPage(IReadOnlyList<BookEntry> Items, string? Next = null);

/// <summary>What one event posts.</summary>
/// <param name="Id">of the stream</param>
/// <param name="Version">of the stream after the event</param>
/// <param name="Date">on which it happened by business</param>
/// <param name="Period">the month that it posts to</param>
public sealed record BookEntry(
    Guid Id, long Version, string Event, long Position, Instant RecordedAt, LocalDate Date, string Period, string? Reference, Money Amount,
    IReadOnlyList<BookEntryLine> Lines);

public sealed record BookEntryLine(string Code, string Name, string NameZh, int PlanYear, Money? Debit = null, Money? Credit = null);

public sealed record Trial(IReadOnlyList<TrialLine> Rows, TrialTotal Total, Instant AsOf, long Position);

public sealed record TrialLine(TrialAccount Account, Money Opening, Money Debit, Money Credit, Money Closing);

public sealed record TrialAccount(string Key, string Code, string Name, string NameZh);

public sealed record TrialTotal(Money Opening, Money Debit, Money Credit, Money Closing);

/// <summary>A what-if: how far it is and, at its end, what it found. What it found is null before that.</summary>
public sealed record WhatIfAnswer(
    Guid Id, string Kind, WorkProgress.WorkState Status, long Done, long? Total, Instant StartedAt, Instant? FinishedAt = null,
    Problem? Problem = null, string? Plan = null, LocalDate? From = null, LocalDate? To = null, RegionCode? Region = null,
    string? RuleHash = null, string? Interpreter = null, IReadOnlyList<FieldDifference>? Differences = null, WhatIfSums? Totals = null,
    IReadOnlyList<WhatIfPlace>? Regions = null);

/// <param name="Changed">claims that would be paid another amount</param>
/// <param name="Kept">claims that a person refused: they stay refused</param>
/// <param name="Unanswered">claims for which the draft has no answer; they count with 0.00</param>
public sealed record WhatIfSums(long Claims, long Changed, long Kept, long Unanswered, Money Before, Money After, Money Difference);

public sealed record WhatIfPlace(RegionCode Region, string Name, WhatIfSums Totals);

/// <summary>An audit pack: how far it is and, at its end, what it holds.</summary>
/// <param name="Sha256">of the list of files: who has it can trust the whole pack</param>
public sealed record PackAnswer(
    Guid Id, string Kind, WorkProgress.WorkState Status, long Done, long? Total, Instant StartedAt, Instant? FinishedAt = null,
    Problem? Problem = null, string? Plan = null, int? Year = null, long? Position = null, string? Seed = null, string? Sha256 = null,
    int? Files = null, PackTotals? Totals = null);

/// <summary>An assessment computed again, as the API answers it, and whether there was one.</summary>
public sealed record Replayed(DecisionReplay Replay, Step?[] Recorded, Step?[] Again)
{
    /// <summary>The steps of both side by side, by their place; null where one of the two has none there.</summary>
    public static Replayed Of(DecisionReplay replay)
    {
        var again = replay.Recomputed?.Steps ?? [];
        var length = Math.Max(replay.Recorded.Steps.Count, again.Count);
        return new Replayed(replay, Padded(replay.Recorded.Steps, length), Padded(again, length));
    }

    private static Step?[] Padded(IReadOnlyList<Step> steps, int length) =>
        [.. Enumerable.Range(0, length).Select(place => place < steps.Count ? steps[place] : null)];
}
