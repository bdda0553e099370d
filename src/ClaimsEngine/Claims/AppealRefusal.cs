using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>An officer records that the claimant appeals against a refusal. It is possible once for each refusal, and only in the
/// organiser's time: no public text rules it (workflow.md, section 4).</summary>
/// <param name="Reason">what the claimant says against the refusal</param>
public sealed record AppealRefusal(ClaimId Claim, string Reason) : Command, IAssistable
{
    public sealed class Validator : AbstractValidator<AppealRefusal>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class AppealRefusalHandler
{
    public static Task<Claim> LoadAsync(AppealRefusal command, IUseCaseContext context) => context.Get<Claim>(command.Claim.Value);

    public static Decision Handle(AppealRefusal command, Claim claim, Actor by, LocalDate today) => claim switch
    {
        { Status: ClaimStatus.Appealed, Appeal: { } open } when open.Reason == command.Reason => Decision.Nothing,
        { Status: not ClaimStatus.Refused } => Refuse.WrongStateOf("claim", claim.Status, "refused"),
        { Appeal.Withdrawn: not null } =>
            new Refusal(Refuse.AppealDecided, "the appeal against the refusal was taken back, and no further appeal is possible"),
        { Appeal: not null } => new Refusal(Refuse.AppealDecided, "the refusal was upheld on appeal, and no further appeal is possible"),
        { Refusals: [.., { AppealableUntil: { } last }] } when today > last =>
            new Refusal(Refuse.AppealWindowPassed, $"the last day to appeal was {last:uuuu-MM-dd}"),
        _ => Decision.On(
            claim, new ClaimAppealed(command.Reason, Deadline.For(ClaimStep.AppealDecision, claim.Region, today), by.Id)),
    };
}
