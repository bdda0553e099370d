using ClaimsEngine.Host.Tests.Importing;
using ClaimsEngine.Host.Tests.Rosters;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A bar is asked for on every way in.</summary>
public sealed class BarTests(ApiFixture api) : ImportTest(api)
{
    [Fact]
    public async Task A_bar_is_proposed_by_one_confirmed_by_another_and_lifted()
    {
        var made = await Enrolled();
        var proposed = (await Officer.Post("/api/bars", new
        {
            idNumber = made.Person.IdNumber, scope = "both", from = "2020-01-01", to = "2199-12-31", reason = "冒名申领已查实",
        })).Is(201);
        var bar = proposed.Location!;
        Assert.Equal(("proposed", "620602", made.Person.Name),
            (proposed.Text("status"), proposed.Text("region"), (string)proposed["person"]!["name"]!));
        (await Officer.Post("/api/enrolments", Entry(made, await OpenProgramme()))).Is(201);   // nobody is barred yet

        await Refused(() => Api.As("wang", "approver", "62").Do($"{bar}/confirmation"), 403, "four-eyes");
        (await Approver.Do($"{bar}/confirmation")).Is(200);
        var next = await OpenProgramme();
        var refused = await Refused(() => Officer.Post("/api/enrolments", Entry(made, next)), 409, "barred", "person.idNumber");
        Assert.Contains("2199-12-31", refused.Text("detail"));
        Assert.DoesNotContain("冒名", refused.Body);
        Assert.Equal("2199-12-31", (string)(await Officer.Get($"/api/members/{await MemberOf(made)}")).Is(200)["bars"]![0]!["to"]!);

        (await Finance.Get(bar)).IsProblemOf(403, "role-missing");
        (await Api.As("wang-of-lanzhou", "officer", "6201").Get(bar)).IsProblemOf(404, "not-found");
        Assert.Equal("confirmed", (string)Assert.Single(await All(
            Auditor, $"/api/bars?person={await MemberOf(made)}", minPosition: await LastPosition()))["status"]!);
        (await Approver.Do($"{bar}/lifting", new { reason = "已退还全部款项" })).Is(200);
        (await Officer.Post("/api/enrolments", Entry(made, next))).Is(201);
    }

    [Fact]
    public async Task Nobody_learns_from_a_bar_who_is_on_record_elsewhere()
    {
        var made = await Enrolled(region: "620102");
        object Bar(string number) => new { idNumber = number, scope = "claim", from = "2025-01-01", to = "2025-12-31", reason = "r" };
        await Refused(() => Officer.Post("/api/bars", Bar(made.Person.IdNumber)), 409, "no-such-member", "idNumber");
        await Refused(() => Officer.Post("/api/bars", Bar(Sample.NewPerson().IdNumber)), 409, "no-such-member", "idNumber");
        await Refused(() => Officer.Post("/api/bars", new
        {
            enrolmentId = made.Enrolment, scope = "claim", from = "2025-01-01", to = "2025-12-31", reason = "r",
        }), 422, "unknown-enrolment", "enrolmentId");
    }

    [Fact]
    public async Task A_barred_row_of_a_roster_is_rejected_and_the_others_enter()
    {
        var (barred, programme, other) = (await Barred(), await OpenProgramme(), Sample.NewPerson());
        string Line(Sample.Person person) => $"{person.Name},{person.IdNumber},快递员,620602";
        var file = Sheets.Csv(Sheets.Header, Line(barred.Person), Line(other));
        async Task<Reply> Sent(string accept) => await Officer.Ended(await Officer.Post(
            $"/api/rosters?programme={programme}&accept={accept}",
            new StringContent(System.Text.Encoding.UTF8.GetString(file), System.Text.Encoding.UTF8, "text/csv")));

        var all = await Sent("all-or-nothing");
        Assert.Equal(("refused", "barred"), (all.Text("status"), (string)Assert.Single(all["errors"]!.AsArray())!["code"]!));
        var good = await Sent("good-rows");
        Assert.Equal(("done", 1, 1), (good.Text("status"), (int)good["accepted"]!, (int)good["rejected"]!));
        var error = Assert.Single(good["errors"]!.AsArray())!;
        Assert.Equal((2, "身份证号", "barred"), ((int)error["row"]!, (string)error["column"]!, (string)error["code"]!));
        Assert.DoesNotContain("冒名", good.Body);
    }

    [Fact]
    public async Task A_row_of_an_import_is_asked_with_its_own_day()
    {
        var barred = await Barred(from: "2024-06-01", to: "2024-06-30");
        string Row(string programme, string day) =>
            $"{barred.Person.Name},{barred.Person.IdNumber},快递员,甘肃省武威市凉州区,{barred.Person.Phone},{programme},{day}";
        var (within, after) = (await Opened(Sample.SeededPlan, 2025), await Opened(Sample.SeededPlan, 2025));
        var before = await Api.Ledger();
        Assert.Equal(1, await Import(Written("within.csv", $"{Header},参保日期", Row(within, "2024-06-30"))));
        Assert.Equal(["身份证号：该人员在限制期内"], await Reasons("within.rejected.csv"));
        Assert.Equal(before, await Api.Ledger());
        Assert.Equal(0, await Import(Written("after.csv", $"{Header},参保日期", Row(after, "2024-07-01"))));
    }

    [Fact]
    public async Task A_barred_member_does_not_apply()
    {
        var barred = await Barred(scope: "claim");
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(barred.Enrolment, barred.Person)), 409, "barred", "enrolmentId");
        (await Officer.Post("/api/enrolments", Entry(barred, await OpenProgramme()))).Is(201);   // barred from claims alone
    }

    private static object Entry(Case made, string programme) => Sample.Enrolment(made.Person, programme);

    /// <summary>Somebody with a certificate, who is barred in Liangzhou.</summary>
    private async Task<Case> Barred(string scope = "both", string from = "2020-01-01", string to = "2199-12-31")
    {
        var made = await Enrolled(Sample.SeededPlan, person: null);
        var bar = (await Officer.Post("/api/bars", new { enrolmentId = made.Enrolment, scope, from, to, reason = "冒名申领已查实" })).Is(201);
        (await Approver.Do($"{bar.Location}/confirmation")).Is(200);
        return made;
    }
}
