namespace ClaimsEngine.Offices;

/// <summary>The delegator ends a delegation before its last day. What was decided under it stands.</summary>
public sealed record EndDelegation(DelegationId Delegation) : Command;

public static class EndDelegationHandler
{
    public static Task<Delegation> LoadAsync(EndDelegation command, IUseCaseContext context) =>
        context.Get<Delegation>(command.Delegation.Value);

    public static Decision Handle(EndDelegation command, Delegation delegation, Actor by) =>
        by.OnBehalfOf is not null || by.Id != delegation.Given.By
            ? new Refusal(Refuse.DelegationNotOwn, $"only {delegation.Given.By} ends this delegation")
            : delegation.Ended ? Decision.Nothing : Decision.On(delegation, new DelegationEnded(by.Id));
}
