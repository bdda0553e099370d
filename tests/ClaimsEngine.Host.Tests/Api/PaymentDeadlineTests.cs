using ClaimsEngine.Claims;
using ClaimsEngine.Plans;
using NodaTime;
using NodaTime.Text;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Until when a payout is to be sent to the bank, and what is late.</summary>
public sealed class PaymentDeadlineTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_payout_is_late_once_its_day_has_passed_and_neither_while_it_is_held_nor_after_it_was_sent()
    {
        var made = await Approved();
        var payout = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
        var (ordered, due) = (Day(payout.Text("orderedOn")), Day((string)payout["payBy"]!["dueOn"]!));
        var rules = HandlingRules.For(RegionCode.Of("620602"), ordered);
        Assert.Equal((rules.PayBy(IncidentKind.Disability, Money.Yuan(120_000), ordered)!.DueOn, rules.Name),
            (due, (string)payout["payBy"]!["rules"]!));

        Assert.Equal((0, 1), (await Late(made, due), await Late(made, due.PlusDays(1))));
        (await Finance.Do($"/api/payouts/{made.Payout}/hold", new { reason = "账户待核实" })).Is(200);
        Assert.Equal(0, await Late(made, due.PlusDays(1)));
        (await Releaser.Do($"/api/payouts/{made.Payout}/hold/release", new { reason = "账户已核实" })).Is(200);
        Assert.Equal(1, await Late(made, due.PlusDays(1)));
        (await Finance.Do($"/api/payouts/{made.Payout}/authorisation")).Is(200);
        var batch = (await Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout } })).Is(201).Text("id");
        Assert.Equal(1, await Late(made, due.PlusDays(1)));
        (await Releaser.Do($"/api/payment-batches/{batch}/release")).Is(200);
        Assert.Equal(0, await Late(made, due.PlusDays(1)));
        Assert.Empty((await Finance.Get($"/api/payouts?claim={made.Claim}&toPay=true", await LastPosition())).Is(200).Items);
        (await Finance.Get("/api/payouts?overdue=soon")).IsProblemOf(422, "invalid-request", "overdue");
    }

    [Fact]
    public async Task While_the_approval_is_published_the_time_to_pay_does_not_begin()
    {
        var made = await Published();
        var payout = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
        var ordered = Day(payout.Text("orderedOn"));
        var rules = HandlingRules.For(RegionCode.Of("620702"), ordered);
        var last = rules.PublicNotice!.LastDay(IncidentKind.Disability, Money.Yuan(120_000), ordered)!.Value;
        Assert.Equal(rules.Payment!.For(IncidentKind.Disability).EndsOn(last), Day((string)payout["payBy"]!["dueOn"]!));
    }

    private async Task<int> Late(Case made, LocalDate on) =>
        (await Finance.Get($"/api/payouts?claim={made.Claim}&overdue={on:uuuu-MM-dd}", await LastPosition())).Is(200).Items.Count;

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
