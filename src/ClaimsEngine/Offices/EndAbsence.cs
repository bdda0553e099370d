namespace ClaimsEngine.Offices;

/// <summary>An approver is back before the last day that was noted. Standing deputies act no longer.</summary>
public sealed record EndAbsence(AbsenceId Absence) : Command;

public static class EndAbsenceHandler
{
    public static Task<Absence> LoadAsync(EndAbsence command, IUseCaseContext context) => context.Get<Absence>(command.Absence.Value);

    public static Decision Handle(EndAbsence command, Absence absence, Actor by) =>
        by.OnBehalfOf is not null || by.Id != absence.User
            ? new Refusal(Refuse.DelegationNotOwn, $"only {absence.User} says when this absence ends")
            : absence.Ended ? Decision.Nothing : Decision.On(absence, new AbsenceEnded(by.Id));
}
