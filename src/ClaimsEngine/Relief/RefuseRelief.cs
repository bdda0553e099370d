using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>An approver refuses an application with its grounds, checked or not. Four eyes as for a grant. The household may ask
/// again.</summary>
public sealed record RefuseRelief(ReliefApplicationId Application, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<RefuseRelief>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class RefuseReliefHandler
{
    public static Task<ReliefApplication> LoadAsync(RefuseRelief command, IUseCaseContext context) =>
        context.Get<ReliefApplication>(command.Application.Value);

    public static Decision Handle(RefuseRelief command, ReliefApplication application, Actor by) => application switch
    {
        { IsOpen: false, Status: not ReliefStatus.Refused } =>
            Refuse.WrongStateOf("application", application.Status, "applied", "checked"),
        _ when application.SamePerson(by) is { } handled => handled,
        { Status: ReliefStatus.Refused } => Decision.Nothing,
        _ => application.EndedBy(new ReliefRefused(command.Reason, by.Id)),
    };
}
