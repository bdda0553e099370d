using ClaimsEngine.Members;

namespace ClaimsEngine.Bars;

public static class BarsModule
{
    /// <summary>Who may look at bars: finance need not know of them.</summary>
    public static readonly IReadOnlyList<Role> Readers = [Role.Officer, Role.Approver, Role.Auditor];

    public static Module Create() => new Module("bars")
        .Stores<Bar>(typeof(BarProposed), typeof(BarConfirmed), typeof(BarLifted))
        .Creates<ProposeBar, Bar>("/api/bars", Role.Officer, "Propose to bar a person on record for a time", also: Role.Approver)
        .On<ConfirmBar, Bar>("/api/bars/{bar}/confirmation", Role.Approver, c => c.Bar.Value, "Confirm a bar, as a second person")
        .On<LiftBar, Bar>("/api/bars/{bar}/lifting", Role.Approver, c => c.Bar.Value, "Lift a bar, or reject a proposed one")
        .Shows<Bar, BarView>("/api/bars/{bar}", Module.ById, bar => $"/api/bars/{bar.Id}", BarView.Of, "A bar", [.. Readers])
        .Projects(BarList.Model)
        .Offers(new ListRoute("/api/bars", BarList.Model, nameof(BarRow.Region), "All bars", Readers,
            new ListFilter("status", nameof(BarRow.Status)),
            new ListFilter("region", nameof(BarRow.Region), ListMatch.RegionPrefix),
            new ListFilter("person", nameof(BarRow.Person)),
            new ListFilter("scope", nameof(BarRow.Scope)),
            new ListFilter("from", nameof(BarRow.To), ListMatch.From),
            new ListFilter("to", nameof(BarRow.From), ListMatch.To)));
}

/// <summary>A bar as shown to the offices of its region.</summary>
/// <param name="To">last day, inclusive</param>
public sealed record BarView(
    BarId Id, BarStatus Status, PersonView? Person, BarScope Scope, RegionCode Region, string RegionName, LocalDate From, LocalDate To,
    string Reason, string ProposedBy, string? ConfirmedBy, string? LiftedBy, string? LiftReason)
{
    public static async Task<BarView> Of(Bar bar, IRecords records) => new(
        bar.Id, bar.Status, await records.FindAnywhere<Person>(bar.Person.Value) is { } person ? PersonView.Of(person, records) : null,
        bar.Ways, bar.Region, bar.Region.Name, bar.From, bar.To, bar.Reason, bar.ProposedBy, bar.ConfirmedBy, bar.LiftedBy,
        bar.LiftReason);
}

/// <summary>All bars. Holds no personal data: the person is an id.</summary>
public sealed record BarRow(
    [property: Column("proposed, confirmed or lifted")] BarStatus Status,
    [property: Column("who is barred, by id")] PersonId Person,
    [property: Column("enrolment, claim or both")] BarScope Scope,
    [property: Column("GB/T 2260 code or prefix; the bar holds in it and below")] RegionCode Region,
    [property: Column("first day")] LocalDate From,
    [property: Column("last day, inclusive")] LocalDate To);

public static class BarList
{
    public static readonly ReadModel<BarRow> Model = new(
        "bars", "Bars with their dates; no personal data", Bar.StreamType, Evolve, "status, region, id", "person");

    public static BarRow? Evolve(BarRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        BarProposed e => new BarRow(BarStatus.Proposed, e.Person, e.Scope, e.Region, e.From, e.To),
        _ when row is null => null,
        BarConfirmed => row with { Status = BarStatus.Confirmed },
        BarLifted => row with { Status = BarStatus.Lifted },
        _ => row,
    };
}
