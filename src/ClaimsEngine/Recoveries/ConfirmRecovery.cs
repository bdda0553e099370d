namespace ClaimsEngine.Recoveries;

/// <summary>A second person has looked at the case: the amount is owed from now on. Four eyes: never who opened it.</summary>
public sealed record ConfirmRecovery(RecoveryId Recovery) : Command;

public static class ConfirmRecoveryHandler
{
    public static Task<Recovery> LoadAsync(ConfirmRecovery command, IUseCaseContext context) =>
        context.Get<Recovery>(command.Recovery.Value);

    public static Decision Handle(ConfirmRecovery command, Recovery recovery, Actor by) => recovery switch
    {
        _ when by.ActsAs(recovery.OpenedBy, recovery.OpenedFor) => Refuse.SamePerson(by, "opened the recovery", "confirm it"),
        { Status: RecoveryStatus.Confirmed } when recovery.ConfirmedBy == by.Id => Decision.Nothing,
        { Status: not RecoveryStatus.Opened } => Refuse.WrongStateOf("recovery", recovery.Status, "opened"),
        _ => Decision.On(recovery, new RecoveryConfirmed(by.Id)),
    };
}
