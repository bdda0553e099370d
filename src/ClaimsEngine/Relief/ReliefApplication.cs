namespace ClaimsEngine.Relief;

public enum ReliefStatus { Applied, Checked, Granted, Refused, Withdrawn }

/// <summary>One household's request for relief: applied → checked → granted or refused; or withdrawn before that. Three people handle it:
/// who recorded it, who checked it, who decides it.</summary>
public sealed record ReliefApplication(
    ReliefApplicationId Id, string Number, string Fund, string Kind, PersonId Applicant, AccountId Account, RegionCode Region,
    string? Unit, Money Asked, string Facts, IReadOnlyList<PersonId> Household, Money MonthlyIncome,
    IReadOnlyList<ReliefEvidence> Evidence, LocalDate AppliedOn, ReliefStatus Status, string RecordedBy, string? Finding = null,
    string? CheckedBy = null, ReliefGranted? Grant = null, string? DecisionReason = null, string? DecidedBy = null)
    : AggregateState, IAggregate<ReliefApplication>
{
    public static string StreamType => "relief_application";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    public bool IsOpen => Status is ReliefStatus.Applied or ReliefStatus.Checked;

    /// <summary>A household has one application for a kind of hardship in a fund that is open or granted: whoever of it asks, and whoever
    /// asks at once. A refusal or a withdrawal gives the keys up.</summary>
    public static UniqueKey Key(string fund, string kind, PersonId person) => new("live-relief", $"{fund}/{kind}/{person}");

    /// <summary>Four eyes: who recorded or checked it may not decide. Null for everybody else.</summary>
    public Refusal? SamePerson(Actor by) =>
        by.ActsAs(RecordedBy) ? Refuse.SamePerson(by, "recorded the application", "decide it")
        : by.ActsAs(CheckedBy) ? Refuse.SamePerson(by, "checked the application", "decide it") : null;

    /// <summary>The end of an application of which nothing is paid: another of the household may follow.</summary>
    public Decision EndedBy(object end) => Household.Prepend(Applicant)
        .Aggregate(Decision.On(this, end), (decision, person) => decision.Releasing(Key(Fund, Kind, person), Id.Value));

    public static ReliefApplication? Evolve(ReliefApplication? state, object @event) => @event switch
    {
        ReliefApplicationRecorded e => new ReliefApplication(
            e.Application, e.Number, e.Fund, e.Kind, e.Applicant, e.Account, e.Region, e.Unit, e.Asked, e.Facts, e.Household,
            e.MonthlyIncome, e.Evidence, e.AppliedOn, ReliefStatus.Applied, e.By),
        _ when state is null => null,
        ReliefApplicationChecked e => state with { Status = ReliefStatus.Checked, Finding = e.Finding, CheckedBy = e.By },
        ReliefGranted e => state with { Status = ReliefStatus.Granted, Grant = e, DecisionReason = e.Reason, DecidedBy = e.By },
        ReliefRefused e => state with { Status = ReliefStatus.Refused, DecisionReason = e.Reason, DecidedBy = e.By },
        ReliefApplicationWithdrawn e => state with { Status = ReliefStatus.Withdrawn, DecisionReason = e.Reason, DecidedBy = e.By },
        _ => state,
    };
}
