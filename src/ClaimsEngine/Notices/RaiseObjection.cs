using FluentValidation;

namespace ClaimsEngine.Notices;

/// <summary>An officer records that somebody objects to a payment while it is published. Until it is decided the payout is not
/// authorised.</summary>
/// <param name="Claim">whose approval is published</param>
/// <param name="Reason">what is said against it, without the name of who says it</param>
public sealed record RaiseObjection(ClaimId Claim, string Reason) : Command
{
    /// <summary>More would only make the notice too large to read.</summary>
    public const int MostObjections = 100;

    public sealed class Validator : AbstractValidator<RaiseObjection>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class RaiseObjectionHandler
{
    public static Task<PublicNotice> LoadAsync(RaiseObjection command, IUseCaseContext context) =>
        context.Get<PublicNotice>(PublicNoticeId.Of(command.Claim).Value);

    public static Decision Handle(RaiseObjection command, PublicNotice notice, Actor by, LocalDate today) => notice switch
    {
        _ when notice.Objections.Any(one => one.Outcome is null && one.Reason == command.Reason) => Decision.Nothing,
        _ when today > notice.To => new Refusal(Refuse.NoticeOver, $"the last day to object was {notice.To:uuuu-MM-dd}"),
        { Objections.Count: >= RaiseObjection.MostObjections } =>
            new Refusal(Refuse.ObjectionOpen, $"there are {RaiseObjection.MostObjections} objections already"),
        _ => Decision.On(notice, new ObjectionRaised(notice.Objections.Count + 1, command.Reason, by.Id)),
    };
}
