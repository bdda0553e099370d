namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of what an office keeps for itself: stand-ins, absences, bars, webhooks.</summary>
public static class OfficeStates
{
    public const string StandIn = "sample-approver-gansu-2", Address = "https://platform.example/hook";
    public static readonly Actor Operator = new("sample-operator", [Role.Operator], RegionCode.National);

    public static readonly Family<Delegation> Delegations = new("delegation",
    [
        new("in force", Delegated),
        new("ended", () => Delegated().Then(Approver, b => new EndDelegation(new(b.Of)))),
        new("over", () => ClaimStates.Later(Delegated(), 60)),
    ],
    [("ended", delegation => delegation.Ended), ("not ended", delegation => !delegation.Ended)]);

    public static readonly Family<Absence> Absences = new("absence",
    [
        new("noted", Noted),
        new("ended", () => Noted().Then(Approver, b => new EndAbsence(new(b.Of)))),
        new("over", () => ClaimStates.Later(Noted(), 60)),
    ],
    [("ended", absence => absence.Ended), ("not ended", absence => !absence.Ended)]);

    public static readonly Family<Bar> Bars = new("bar",
    [
        new("proposed", Proposed),
        new("proposed, over", () => ClaimStates.Later(Proposed(), 400)),
        new("confirmed", Confirmed),
        new("lifted", () => Confirmed().Then(Approver, b => new LiftBar(new(b.Of), "已退还全部款项"))),
        new("rejected", () => Proposed().Then(Approver, b => new LiftBar(new(b.Of), "查无实据"))),
        new("over", () => ClaimStates.Later(Confirmed(), 400)),
    ],
    Family<Bar>.Each(bar => bar.Status));

    public static readonly Family<Webhook> Webhooks = new("webhook",
    [
        new("active", Registered),
        new("paused", () => Registered().Then(Operator, b => new PauseWebhook(new(b.Of), "维护"))),
        new("removed", () => Registered().Then(Operator, b => new RemoveWebhook(new(b.Of)))),
    ],
    Family<Webhook>.Each(webhook => webhook.Status));

    public static NoteAbsence Absent(LocalDate from) => new(from, from.PlusDays(20));

    public static DelegateDuty Standing(LocalDate from) => new(StandIn, Wuwei, from, from.PlusDays(20), "出差");

    private static Built Delegated()
    {
        var world = new World();
        return new Built(world, Is(world.Do(Approver, Standing(Today)), DelegationId.Of(Approver.Id, StandIn).Value));
    }

    private static Built Noted()
    {
        var world = new World();
        return new Built(world, Is(world.Do(Approver, Absent(Today)), AbsenceId.Of(Approver.Id).Value));
    }

    private static Built Proposed()
    {
        var world = CoverStates.InForce().World;
        var bar = world.Do(Assessor, new ProposeBar(
            BarScope.Both, Today, Today.PlusYears(1), "冒名申领已查实", world.All<Enrolment>().Single().Id)).The<BarProposed>().Bar;
        return new Built(world, bar.Value);
    }

    public static Built Confirmed() => Proposed().Then(Approver, b => new ConfirmBar(new(b.Of)));

    private static Built Registered()
    {
        var world = new World();
        return new Built(world, world.Do(Operator, new RegisterWebhook(Address, ["*"], Gansu)).The<WebhookRegistered>().Webhook.Value);
    }

    private static Guid Is(Decision decision, Guid stream)
    {
        Assert.Null(decision.Refusal);
        return stream;
    }
}
