using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>The household takes its application back before it is decided. It may ask again.</summary>
public sealed record WithdrawReliefApplication(ReliefApplicationId Application, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<WithdrawReliefApplication>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class WithdrawReliefApplicationHandler
{
    public static Task<ReliefApplication> LoadAsync(WithdrawReliefApplication command, IUseCaseContext context) =>
        context.Get<ReliefApplication>(command.Application.Value);

    public static Decision Handle(WithdrawReliefApplication command, ReliefApplication application, Actor by) => application switch
    {
        { Status: ReliefStatus.Withdrawn } => Decision.Nothing,
        { IsOpen: false } => Refuse.WrongStateOf("application", application.Status, "applied", "checked"),
        _ => application.EndedBy(new ReliefApplicationWithdrawn(command.Reason, by.Id)),
    };
}
