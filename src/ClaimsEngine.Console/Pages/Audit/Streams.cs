using System.Reflection;
using System.Text.Json;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Audit;

/// <summary>The engine's streams as auditors know them: what kind, what they are called, and which resource of the API shows one.</summary>
public static class Streams
{
    private static readonly Dictionary<string, IResource> Resources = Engine.Modules
        .SelectMany(module => module.Resources)
        .Where(resource => resource.Roles.Count == 0 || resource.Roles.Contains(Role.Auditor))
        .ToDictionary(resource => StreamTypeOf(resource.AggregateType));

    /// <summary>Members of views and events that name another stream, whose history can be opened from there.</summary>
    private static readonly HashSet<string> References = new(StringComparer.Ordinal)
    {
        "claim", "claimId", "enrolment", "enrolmentId", "member", "payout", "payoutId", "payouts", "batch", "recovery", "recoveryId",
        "reissues", "reissuedAs", "resembles", "duplicateOf", "application", "statement", "occurrence", "occurrenceId", "schedule",
        "claims",
        "payee", "claimant", "person", "applicant", "refundOf", "as", "certificate",
    };

    public static bool IsReference(string member) => References.Contains(member);

    /// <summary>The kind of a stream in words.</summary>
    public static string Name(string streamType, Language language) =>
        language == Language.Chinese ? Texts.Chinese(streamType) ?? streamType : Show.Spaced(streamType);

    /// <summary>The type of the view that shows such streams; null where none does.</summary>
    public static Type? ViewOf(string streamType) => Resources.TryGetValue(streamType, out var resource) ? resource.ViewType : null;

    /// <summary>The name of the read model that has the headings of such a stream's members.</summary>
    public static string TableOf(string streamType) => streamType switch
    {
        "claim" => "claims", "enrolment" => "enrolments", "payout" => "payouts", "payment_batch" => "payment_batches",
        "relief_fund" => "relief_funds", "relief_application" => "relief_applications", "recovery" => "recoveries", "plan" => "plans",
        "programme" => "programmes", "employer" => "employers", "payer" => "payers", "plan_books" => "plan_books", "bar" => "bars",
        "webhook" => "webhooks", "bank_statement" => "bank_statements", "contribution_call" => "contribution_calls",
        "payment_schedule" => "payment_schedules", "delegation" => "delegations", _ => "",
    };

    /// <summary>Where the API shows what a stream's events amount to; null where no resource shows such streams to auditors.</summary>
    public static string? AddressOf(StreamHistory history)
    {
        if (!Resources.TryGetValue(history.StreamType, out var resource) || history.Events.Count == 0) return null;
        // The first event says which code a resource has whose address is no id. An auditor of one place may not see the first of a person.
        var first = history.Events[0];
        if (first.Version != 1) return ById(resource, history.Id);
        var @event = first.Data.Deserialize(Engine.EventTypes.TypeOf(first.Type), Doors.Api.Json);
        var state = resource.AggregateType
            .GetMethod("Evolve", BindingFlags.Public | BindingFlags.Static, [resource.AggregateType, typeof(object)])!
            .Invoke(null, [null, @event]);
        return state is IAggregate begun ? resource.Location(begun) : null;
    }

    /// <summary>The streams that a code may stand for, by kind: a plan, its books, a fund, an employer have ids that follow from their
    /// codes.</summary>
    public static IEnumerable<(string StreamType, Guid Stream)> ByCode(string code)
    {
        foreach (var (streamType, resource) in Resources)
            if (!Guid.TryParse(code, out _) && resource.Identify(code) is { } stream) yield return (streamType, stream);
    }

    /// <summary>The console's own page about it; null where there is none.</summary>
    public static string? PageOf(string streamType, string? address) => streamType switch
    {
        "claim" or "enrolment" or "payout" or "plan" or "programme" => address?["/api/".Length..], _ => null,
    };

    private static string? ById(IResource resource, Guid stream)
    {
        var brace = resource.Route.IndexOf('{', StringComparison.Ordinal);
        return resource.Identify(stream.ToString()) == stream ? resource.Route[..brace] + stream : null;
    }

    private static string StreamTypeOf(Type aggregate) =>
        Engine.Modules.SelectMany(module => module.Events).First(kind => kind.Aggregate == aggregate).StreamType;
}
