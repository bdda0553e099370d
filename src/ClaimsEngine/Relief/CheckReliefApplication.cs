using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>A second officer checks the facts of an application, by a visit or in the papers, and records what was found. Four eyes: never
/// who recorded it.</summary>
/// <param name="Finding">what was found, without names and numbers of people</param>
public sealed record CheckReliefApplication(ReliefApplicationId Application, string Finding) : Command
{
    public sealed class Validator : AbstractValidator<CheckReliefApplication>
    {
        public Validator() => RuleFor(c => c.Finding).NotEmpty().MaximumLength(1000);
    }
}

public static class CheckReliefApplicationHandler
{
    public static Task<ReliefApplication> LoadAsync(CheckReliefApplication command, IUseCaseContext context) =>
        context.Get<ReliefApplication>(command.Application.Value);

    public static Decision Handle(CheckReliefApplication command, ReliefApplication application, Actor by) => application switch
    {
        { Status: ReliefStatus.Checked } when (application.CheckedBy, application.Finding) == (by.Id, command.Finding) => Decision.Nothing,
        { Status: not ReliefStatus.Applied } => Refuse.WrongStateOf("application", application.Status, "applied"),
        _ when by.ActsAs(application.RecordedBy) => Refuse.SamePerson(by, "recorded the application", "check it"),
        _ => Decision.On(application, new ReliefApplicationChecked(command.Finding, by.Id)),
    };
}
