using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Contributions;

/// <summary>What payers owe, and the calls for it.</summary>
public static class ContributionsModule
{
    public static readonly Role[] Readers = [Role.Finance, Role.Auditor];

    public static Module Create() => new Module("contributions")
        .Stores<ContributionCall>(typeof(ContributionCalled), typeof(CallLinesListed), typeof(ContributionCallClosed))
        .Creates<CallContributions, ContributionCall>("/api/contribution-calls", Role.Finance,
            "Call a payer for what it owes on certificates of a programme")
        .On<CloseContributionCall, ContributionCall>("/api/contribution-calls/{call}/closure", Role.Finance, c => c.Call.Value,
            "Close a call: what is still owed may be called for again")
        .Shows<ContributionCall, ContributionCallView>("/api/contribution-calls/{call}", Module.ById,
            call => $"/api/contribution-calls/{call.Id}", ContributionCallView.Of, "A call for contributions", Readers)
        .Projects(ContributionCallList.Model)
        .Offers(new ListRoute("/api/contribution-calls", ContributionCallList.Model, nameof(ContributionCallRow.Region),
            "The calls for contributions", Readers,
            new ListFilter("status", nameof(ContributionCallRow.Status)),
            new ListFilter("programme", nameof(ContributionCallRow.Programme)),
            new ListFilter("employer", nameof(ContributionCallRow.Employer)),
            new ListFilter("region", nameof(ContributionCallRow.Region), ListMatch.RegionPrefix),
            new ListFilter("overdue", nameof(ContributionCallRow.DueOn), ListMatch.Before)))
        .Offers(new ListRoute("/api/contributions", EnrolmentRegister.Model, nameof(EnrolmentRow.Region),
            "Certificates with each payer's share: due, paid and left", Module.Readers,
            new ListFilter("owing", nameof(EnrolmentRow.Owing)),
            new ListFilter("payer", nameof(EnrolmentRow.Standings), ListMatch.Payer),
            new ListFilter("programme", nameof(EnrolmentRow.Programme)),
            new ListFilter("plan", nameof(EnrolmentRow.Plan)),
            new ListFilter("employer", nameof(EnrolmentRow.Employer)),
            new ListFilter("status", nameof(EnrolmentRow.Status)),
            new ListFilter("region", nameof(EnrolmentRow.Region), ListMatch.RegionPrefix))
        {
            Person = new ListedPerson(nameof(EnrolmentRow.Member), "memberName", Module.CaseReaders),
        });
}

/// <summary>A call without its lines, which stand in its file.</summary>
/// <param name="Count">certificates</param>
/// <param name="CloseReason">null while it is open</param>
public sealed record ContributionCallView(
    ContributionCallId Id, string Number, CallStatus Status, string Plan, string Programme, string Payer, string? Employer,
    RegionCode Region, LocalDate CalledOn, LocalDate DueOn, int Count, Money Total, string CalledBy, string? CloseReason)
{
    public static Task<ContributionCallView> Of(ContributionCall call, IRecords records) => Task.FromResult(new ContributionCallView(
        call.Id, call.Number, call.Status, call.Plan, call.Programme, call.Payer, call.Employer, call.Region, call.CalledOn, call.DueOn,
        call.Lines.Count, call.Total, call.CalledBy, call.CloseReason));
}
