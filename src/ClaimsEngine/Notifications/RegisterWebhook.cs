using FluentValidation;

namespace ClaimsEngine.Notifications;

/// <summary>Tells a platform of events from now on, each once in effect: a repetition has the same <c>webhook-id</c>.</summary>
/// <param name="Url">https, without a user's name, a fragment and spaces; http only to a loopback address, which production never connects
/// to</param>
/// <param name="Events">1 to 30 public names (<see cref="PublicEvents"/>) or patterns: <c>claim.*</c>, <c>payout.*</c>, <c>*</c></param>
/// <param name="Region">events of this region and of all below it; empty is the whole country</param>
public sealed record RegisterWebhook(string Url, IReadOnlyList<string> Events, RegionCode Region) : Command
{
    public sealed class Validator : AbstractValidator<RegisterWebhook>
    {
        public Validator()
        {
            RuleFor(c => c.Url).Must(MayBeTold)
                .WithMessage("is an https address of at most 500 characters, without a user's name, a fragment and spaces");
            RuleFor(c => c.Events).Must(events => events is { Count: > 0 and <= 30 } && events.Distinct().Count() == events.Count)
                .WithMessage("1 to 30 names, none twice");
            RuleForEach(c => c.Events).Must(PublicEvents.Knows)
                .WithMessage($"is *, claim.*, payout.* or one of {string.Join(", ", PublicEvents.Names)}");
        }
    }

    private static bool MayBeTold(string url) =>
        url.Length <= 500 && !url.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
        && Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { UserInfo: "", Fragment: "" }
        && (address.Scheme == Uri.UriSchemeHttps || address is { IsLoopback: true } && address.Scheme == Uri.UriSchemeHttp);
}

public static class RegisterWebhookHandler
{
    public static Task<WebhookId> LoadAsync(RegisterWebhook command, IUseCaseContext context) =>
        Task.FromResult(new WebhookId(context.NewId()));

    public static Decision Handle(RegisterWebhook command, WebhookId id, Actor by) =>
        !by.Sees(command.Region) ? Refuse.ActsElsewhere(by, "region")
        : Decision.Begin<Webhook>(id.Value, new WebhookRegistered(id, command.Url, command.Events, command.Region, by.Id))
            .Taking(Webhook.AddressKey(command.Url, command.Region), id.Value,
                new Refusal(Refuse.WebhookExists, "a webhook to this address for this region exists", "url"));
}
