namespace ClaimsEngine.Relief;

public static class ReliefModule
{
    /// <summary>Finance sees what is paid, and never the hardship.</summary>
    public static readonly Role[] Readers = [Role.Officer, Role.Approver, Role.Auditor];

    private const string Application = "/api/relief-applications/{application}";

    public static Module Create() => new Module("relief")
        .Stores<ReliefFund>(
            typeof(ReliefFundOpened), typeof(ReliefMoneyAllocated), typeof(ReliefMoneyReturned), typeof(ReliefFundClosed))
        .Stores<ReliefApplication>(
            typeof(ReliefApplicationRecorded), typeof(ReliefApplicationChecked), typeof(ReliefGranted), typeof(ReliefRefused),
            typeof(ReliefApplicationWithdrawn))
        .Creates<OpenReliefFund, ReliefFund>("/api/relief-funds", Role.PlanAdmin, "Open a fund for hardship relief")
        .On<AllocateReliefMoney, ReliefFund>("/api/relief-funds/{fund}/allocations", Role.Finance, c => ReliefFundId.Of(c.Fund).Value,
            "Pass money of a fund down to a region or a unit")
        .On<ReturnReliefMoney, ReliefFund>("/api/relief-funds/{fund}/returns", Role.Finance, c => ReliefFundId.Of(c.Fund).Value,
            "Give money of a fund back to the level above")
        .On<CloseReliefFund, ReliefFund>("/api/relief-funds/{fund}/closure", Role.PlanAdmin, c => ReliefFundId.Of(c.Fund).Value,
            "Close a fund; what is left goes back up the levels")
        .Creates<ApplyForRelief, ReliefApplication>("/api/relief-applications", Role.Officer, "Record a household's application for relief")
        .On<CheckReliefApplication, ReliefApplication>(Application + "/check", Role.Officer, c => c.Application.Value,
            "Record what a check of the facts found, as a second person")
        .On<GrantRelief, ReliefApplication>(Application + "/grant", Role.Approver, c => c.Application.Value,
            "Grant relief out of the level's money, as a third person")
        .On<RefuseRelief, ReliefApplication>(Application + "/refusal", Role.Approver, c => c.Application.Value,
            "Refuse relief, as another person")
        .On<WithdrawReliefApplication, ReliefApplication>(Application + "/withdrawal", Role.Officer, c => c.Application.Value,
            "Take the application back")
        .Shows<ReliefFund, ReliefFundView>("/api/relief-funds/{fund}", code => ReliefFundId.Of(code).Value,
            fund => $"/api/relief-funds/{fund.Code}", ReliefFundView.Of, "A fund for hardship relief, and its levels of one's region")
        .Shows<ReliefApplication, ReliefApplicationView>(Application, Module.ById,
            application => $"/api/relief-applications/{application.Id}", ReliefApplicationView.Of, "An application for relief", Readers)
        .Projects(ReliefFundList.Model)
        .Projects(ReliefBoard.Model)
        .Offers(new ListRoute("/api/relief-funds", ReliefFundList.Model, RegionColumn: null, "The funds for hardship relief", [],
            new ListFilter("region", nameof(ReliefFundRow.Region), ListMatch.RegionPrefix),
            new ListFilter("closed", nameof(ReliefFundRow.Closed))))
        .Offers(new ListRoute(
            "/api/relief-applications", ReliefBoard.Model, nameof(ReliefRow.Region), "All applications for relief", Readers,
            new ListFilter("fund", nameof(ReliefRow.Fund)),
            new ListFilter("kind", nameof(ReliefRow.Kind)),
            new ListFilter("region", nameof(ReliefRow.Region), ListMatch.RegionPrefix),
            new ListFilter("status", nameof(ReliefRow.Status)),
            new ListFilter("unit", nameof(ReliefRow.Unit)),
            new ListFilter("number", nameof(ReliefRow.Number)),
            new ListFilter("from", nameof(ReliefRow.AppliedOn), ListMatch.From),
            new ListFilter("to", nameof(ReliefRow.AppliedOn), ListMatch.To))
        {
            Person = new ListedPerson(nameof(ReliefRow.Applicant), "applicantName", Module.CaseReaders),
        });
}
