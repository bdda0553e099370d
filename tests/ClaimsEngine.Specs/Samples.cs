namespace ClaimsEngine.Specs;

/// <summary>One sample of every event: what the golden files were first written from, and what properties of all events run over.</summary>
public static class Samples
{
    public static readonly IReadOnlyList<object> Events =
    [
        VersionPublished(), Opened(), Allocated(Wuwei, 700, Programme.RootPool(ProgrammeCode)),
        DriverRegistered(), DriversAccountRegistered(), new DocumentFiled(new DocumentId(Id(100)), TheClaim, "事故情况说明.pdf", Officer.Id),
        Enrolled(), Used(Money.Yuan(120_000)),
        Submitted(), Received(0, "eventStatement"), Assessed(), new ClaimApproved(Money.Yuan(120_000), ThePayout, Approver.Id, "伤残一级，材料齐全，同意给付"),
        new ClaimRefused("不属于保障责任", "第五条", Approver.Id), new ClaimWithdrawn("申领人撤回", Officer.Id),
        Ordered(), new PayoutAuthorised(Cashier.Id), new PayoutBatched(TheBatch, Cashier.Id), new PayoutSent(TheBatch, Releaser.Id),
        new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id), new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id),
        Assembled(), new PaymentBatchReleased(Releaser.Id), new PaymentResultsRecorded([TheSettlement, TheReturn], Releaser.Id),
    ];
}
