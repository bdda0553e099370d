namespace ClaimsEngine.Specs;

public class WebhookSpecs
{
    private static readonly Actor Keeper = new("sample-operator-gansu", [Role.Operator], Gansu);
    private static readonly WebhookId TheWebhook = new(Id(80));
    private static readonly RegisterWebhook ToThePlatform = new("https://platform.example/claims", ["claim.*", "payout.settled"], Wuwei);
    private static readonly WebhookRegistered Registered = new(TheWebhook, ToThePlatform.Url, ToThePlatform.Events, Wuwei, Keeper.Id);
    private static readonly Instant Now = Instant.FromUtc(2025, 11, 20, 4, 0);

    [Fact]
    public void An_operator_registers_a_webhook_for_a_region_below_the_own()
    {
        RegisterWebhookHandler.Handle(ToThePlatform, TheWebhook, Keeper).Decides(Registered)
            .Guards(Webhook.AddressKey(ToThePlatform.Url, Wuwei), TheWebhook.Value, Refuse.WebhookExists);
        RegisterWebhookHandler.Handle(ToThePlatform with { Region = RegionCode.Of("15") }, TheWebhook, Keeper)
            .IsRefused(Refuse.OutsideRegion, "region");
    }

    [Fact]
    public void An_address_is_told_once_of_a_region_until_its_webhook_is_removed()
    {
        var world = new World();
        var first = world.Do(Keeper, ToThePlatform).The<WebhookRegistered>().Webhook;
        world.Do(Keeper, ToThePlatform with { Events = ["*"] }).IsRefused(Refuse.WebhookExists, "url");
        world.Do(Keeper, ToThePlatform with { Url = OtherwiseWritten(new Uri(ToThePlatform.Url)) }).IsRefused(Refuse.WebhookExists, "url");
        world.Do(Keeper, ToThePlatform with { Region = Gansu }).The<WebhookRegistered>();
        world.Do(Keeper, new RemoveWebhook(first)).The<WebhookRemoved>();
        world.Do(Keeper, ToThePlatform).The<WebhookRegistered>();
    }

    [Theory]
    [InlineData("http://platform.example/")]
    [InlineData("ftp://platform.example/")]
    [InlineData("https://user:word@platform.example/")]
    [InlineData("https://platform.example/#part")]
    [InlineData("/claims")]
    [InlineData("")]
    [InlineData(" https://platform.example/")]
    [InlineData("https://platform.example/\r\nX-Header: 1")]
    public void An_address_is_https_without_a_user(string url) => Assert.Equal(["url"], (ToThePlatform with { Url = url }).BrokenFields());

    /// <summary>The same address with its host in capitals, its port, and a way that leads back.</summary>
    private static string OtherwiseWritten(Uri address) =>
        $"https://{address.Host.ToUpperInvariant()}:443/back/..{address.AbsolutePath}";

    [Fact]
    public void Events_are_known_names_or_patterns_none_twice()
    {
        Assert.Empty((ToThePlatform with { Events = [.. PublicEvents.Names, "*", "claim.*", "payout.*"] }).BrokenFields());
        Assert.Equal(["events.1"], (ToThePlatform with { Events = ["claim.*", "person.*"] }).BrokenFields());
        Assert.Equal(["events"], (ToThePlatform with { Events = [] }).BrokenFields());
        Assert.Equal(["events"], (ToThePlatform with { Events = ["*", "*"] }).BrokenFields());
        Assert.Empty((ToThePlatform with { Url = "http://127.0.0.1:5081/" }).BrokenFields());   // for development
    }

    [Fact]
    public void A_changed_secret_leaves_the_old_one_a_day()
    {
        var rotated = RotateWebhookSecretHandler.Handle(new RotateWebhookSecret(TheWebhook), AWebhook(), Keeper, Now)
            .Decides(new WebhookSecretRotated(2, Now + Duration.FromDays(1), Keeper.Id));
        var again = RotateWebhookSecretHandler.Handle(
            new RotateWebhookSecret(TheWebhook), AWebhook().After(rotated), Keeper, Now).The<WebhookSecretRotated>();
        Assert.Equal(3, again.Secret);
    }

    [Fact]
    public void It_is_paused_with_a_reason_and_resumed_and_both_once()
    {
        var paused = AWebhook().After(PauseWebhookHandler.Handle(new PauseWebhook(TheWebhook, "平台升级"), AWebhook(), Keeper)
            .Decides(new WebhookPaused("平台升级", Keeper.Id)));
        Assert.Equal((WebhookStatus.Paused, "平台升级"), (paused.Status, paused.Reason));
        PauseWebhookHandler.Handle(new PauseWebhook(TheWebhook, "r"), paused, Keeper).ChangesNothing();
        var resumed = paused.After(ResumeWebhookHandler.Handle(new ResumeWebhook(TheWebhook), paused, Keeper)
            .Decides(new WebhookResumed(Keeper.Id)));
        Assert.Equal((WebhookStatus.Active, (string?)null), (resumed.Status, resumed.Reason));
        ResumeWebhookHandler.Handle(new ResumeWebhook(TheWebhook), resumed, Keeper).ChangesNothing();
        Assert.Equal(["reason"], new PauseWebhook(TheWebhook, "").BrokenFields());
    }

    [Fact]
    public void One_that_was_removed_is_changed_no_more()
    {
        var removed = AWebhook().After(RemoveWebhookHandler.Handle(new RemoveWebhook(TheWebhook), AWebhook(), Keeper)
            .Guards(Webhook.AddressKey(ToThePlatform.Url, Wuwei), TheWebhook.Value, take: false));
        RemoveWebhookHandler.Handle(new RemoveWebhook(TheWebhook), removed, Keeper).ChangesNothing();
        PauseWebhookHandler.Handle(new PauseWebhook(TheWebhook, "r"), removed, Keeper).IsRefused(Refuse.WrongState);
        ResumeWebhookHandler.Handle(new ResumeWebhook(TheWebhook), removed, Keeper).IsRefused(Refuse.WrongState);
        RotateWebhookSecretHandler.Handle(new RotateWebhookSecret(TheWebhook), removed, Keeper, Now).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Its_events_begin_after_its_registration()
    {
        var row = WebhookList.Evolve(null, new RecordedEvent(
            Id(1), TheWebhook.Value, Webhook.StreamType, 1, "webhook_registered", Registered, Now, 41,
            new EventMetadata(Keeper.Id, null, null, new Dictionary<string, string>())));
        Assert.Equal((41, WebhookStatus.Active), (row!.Since, row.Status));
    }

    private static Webhook AWebhook() => StateOf<Webhook>(Registered);
}
