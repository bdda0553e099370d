namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Questions about one member, a correction of personal data, and a programme's places.</summary>
public sealed class MemberTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_name_is_corrected_by_a_fact_and_the_account_keeps_the_banks()
    {
        var made = await Submitted();
        var path = $"/api/members/{await MemberOf(made)}";
        var before = (await Officer.Get(path)).Is(200);
        Assert.Equal((made.Person.Name, made.Person.Phone, "凉州区"), (before.Text("name"), before.Text("phone"), before.Text("regionName")));
        var corrected = (await Officer.Post($"{path}/correction", new { name = "样例更名", reason = "户口簿姓名有误" }, before.ETag)).Is(200);
        Assert.Equal(("样例更名", made.Person.Phone, made.Person.IdNumber),
            (corrected.Text("name"), corrected.Text("phone"), corrected.Text("idNumber")));
        Assert.Equal(made.Person.Name, (string)Assert.Single(corrected["accounts"]!.AsArray())!["holder"]!);
        await ChangesNothing(() => Officer.Do($"{path}/correction", new { name = "样例更名", reason = "again" }));

        Assert.Equal("样例更名", (string)(await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200)["member"]!["name"]!);
        Assert.Equal(made.Person.Name, (await Officer.Get($"{path}?version=2")).Is(200).Text("name"));   // what was known before
        await Refused(() => Officer.Do($"{path}/correction", new { reason = "r" }), 422, "invalid-request", "name");
        await Refused(() => Officer.Do($"{path}/correction", new { name = " 空", reason = "r" }), 422, "invalid-request", "name");
        await Refused(() => Officer.Do($"{path}/correction", new { name = "新", idNumber = made.Person.IdNumber, reason = "r" }),
            422, "invalid-request", "idNumber");
        var programme = await OpenProgramme();
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(made.Person, programme)),
            409, "identity-mismatch", "person.name");
        await Enrolled(programme, made.Person with { Name = "样例更名" });
    }

    [Fact]
    public async Task A_member_is_found_by_the_identity_number_in_the_officers_own_region_only()
    {
        var made = await Enrolled();
        var position = await LastPosition();
        var before = await Api.Ledger();
        var found = (await Find(Officer, made.Person, position)).Is(200);
        Assert.Equal(await MemberOf(made), found.Text("id"));
        Assert.Equal(made.Enrolment, (string)Assert.Single(found["certificates"]!.AsArray())!["id"]!);
        Assert.DoesNotContain(made.Person.Name, found.Body, StringComparison.Ordinal);

        var elsewhere = (await Find(Api.As("far", "officer", "620102"), made.Person, position)).IsProblemOf(404, "not-found");
        var nobody = (await Find(Officer, Sample.NewPerson(), position)).IsProblemOf(404, "not-found");
        Assert.Equal(nobody.Text("detail"), elsewhere.Text("detail"));
        (await Officer.Post("/api/members/search", new { idNumber = "620602199001010028" }))
            .IsProblemOf(422, "invalid-request", "idNumber");
        (await Officer.Post("/api/members/search", new { })).IsProblemOf(422, "invalid-request", "idNumber");
        (await Officer.Post("/api/members/search", "{\"idNumber\":7}")).IsProblemOf(422, "invalid-request", "idNumber");
        (await Officer.Post("/api/members/search?idNumber=1", new { })).IsProblemOf(422, "invalid-request", "idNumber");
        (await Auditor.Post("/api/members/search", new { idNumber = made.Person.IdNumber })).IsProblemOf(403, "role-missing");
        Assert.Equal(before, await Api.Ledger());

        // enrolled again in another city: each officer sees the certificate of the own region
        var second = await Enrolled(await OpenProgramme(), made.Person, "620102");
        position = await LastPosition();
        Assert.Equal([second.Enrolment], Ids((await Find(Api.As("far", "officer", "620102"), made.Person, position)).Is(200)));
        Assert.Equal([second.Enrolment, made.Enrolment], Ids((await Find(Api.As("wide", "officer", "62"), made.Person, position)).Is(200)));
    }

    [Fact]
    public async Task What_covered_a_member_on_a_day_is_told_as_it_is_and_as_it_was_known()
    {
        var made = await Enrolled();
        var pending = await Enrolled(await OpenDueGift(), made.Person);
        var known = (string)(await Auditor.Get($"/api/audit/streams/{pending.Enrolment}")).Is(200)["events"]![0]!["time"]!;
        var path = $"/api/members/{await MemberOf(made)}/cover";
        var position = await LastPosition();
        Assert.Equal([made.Enrolment], Ids((await Officer.Get($"{path}?on=2025-10-20", position)).Is(200)));
        Assert.Empty(Ids((await Officer.Get($"{path}?on=2026-01-01", position)).Is(200)));
        Assert.Equal([made.Enrolment], Ids((await Officer.Get($"{path}?on=2025-01-01", position)).Is(200)));

        (await Finance.Do($"/api/enrolments/{pending.Enrolment}/contributions",
            Sample.Contribution("120.00", payer: Sample.Sponsor))).Is(200);
        var covered = (await Officer.Get($"{path}?on=2025-10-20", await LastPosition())).Is(200);
        Assert.Equal([pending.Enrolment, made.Enrolment], Ids(covered));
        var certificate = covered["certificates"]![1]!;
        Assert.Equal(("inForce", Sample.SeededPlan, "2025-01-01", "2025-12-31", "0.00", 1), ((string)certificate["status"]!,
            (string)certificate["plan"]!,
            (string)certificate["coverFrom"]!, (string)certificate["coverTo"]!, (string)certificate["benefitUsed"]!,
                (int)certificate["units"]!));
        Assert.Equal([made.Enrolment],
            Ids((await Officer.Get($"{path}?on=2025-10-20&asOf={known}")).Is(200)));   // the payment was not known then
        (await Officer.Get($"{path}?on=2025-10-20&asOf=2020-01-01T00:00:00Z")).IsProblemOf(404, "not-found");
        (await Officer.Get($"{path}?on=yesterday")).IsProblemOf(422, "invalid-request", "on");
        (await Officer.Get($"{path}?colour=red")).IsProblemOf(422, "invalid-request", "colour");
        (await Officer.Get($"/api/members/{Guid.NewGuid()}/cover")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/members/{made.Enrolment}/cover")).IsProblemOf(404, "not-found");
        (await Officer.Get("/api/members/none/cover")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task Benefits_used_stand_with_the_cover()
    {
        var made = await Approved(grade: 10);
        var covered = (await Officer.Get($"/api/members/{await MemberOf(made)}/cover?on=2025-10-20", await LastPosition()))
            .Is(200)["certificates"]![0]!;
        Assert.Equal((made.Amount, 1), ((string)covered["benefitUsed"]!, (int)covered["benefits"]!));
    }

    [Fact]
    public async Task A_sponsor_sees_the_places_of_a_programme()
    {
        var programme = await OpenProgramme(quota: 100);
        (await PlanAdmin.Do($"/api/programmes/{programme}/allocations", new { region = "6206", places = 20 })).Is(200);
        (await PlanAdmin.Do($"/api/programmes/{programme}/allocations", new { region = "620602", places = 5 })).Is(200);
        await Enrolled(programme);
        var cancelled = await Enrolled(programme);
        await Enrolled(programme, region: "620102");
        (await Officer.Do($"/api/enrolments/{cancelled.Enrolment}/voidance", new { reason = "r" })).Is(200);
        var places = (await Officer.Get($"/api/programmes/{programme}/places")).Is(200);
        Assert.Equal((100, 2, 98), ((int)places["quota"]!, (int)places["taken"]!, (int)places["left"]!));
        Assert.Equal(
            [("62", "甘肃省", 80, 1, 79), ("6206", "武威市", 15, 0, 15), ("620602", "凉州区", 5, 1, 4)],
            places["pools"]!.AsArray().Select(pool => (
                (string)pool!["region"]!, (string)pool["name"]!,
                (int)pool["places"]!, (int)pool["taken"]!, (int)pool["left"]!)));
        (await Officer.Get("/api/programmes/no-such/places")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/programmes/{programme}/places?asOf=2025-01-01T00:00:00Z")).IsProblemOf(422, "invalid-request", "asOf");
    }

    [Fact]
    public async Task A_sponsor_sees_what_became_of_the_certificates_and_who_has_paid_what()
    {
        var programme = Sample.NewCode("counted");
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(programme))).Is(201);
        var before = (await Auditor.Get($"/api/programmes/{programme}/counts", await LastPosition())).Is(200);
        Assert.Equal((0, 0, 0, 0, 0), Statuses(before));
        var made = new List<Case>();
        for (var i = 0; i < 6; i++) made.Add(await Enrolled(programme, region: i == 5 ? "620102" : "620602"));
        Task<Reply> Pay(Case on, string amount, string payer = Sample.Employer) =>
            Finance.Do($"/api/enrolments/{on.Enrolment}/contributions", Sample.Contribution(amount, payer: payer));
        (await Pay(made[0], "15.00")).Is(200);                                     // pending
        (await Pay(made[1], "40.00")).Is(200);                                     // in force
        (await Pay(made[1], "80.00", "Sample sponsor")).Is(200);
        (await Pay(made[2], "10.01")).Is(200);
        (await Finance.Do($"/api/enrolments/{made[2].Enrolment}/lapse", new { reason = "r" })).Is(200);
        (await Officer.Do($"/api/enrolments/{made[3].Enrolment}/cancellation", new { reason = "r" })).Is(200);
        var last = (await Officer.Do($"/api/enrolments/{made[4].Enrolment}/voidance", new { reason = "r" })).Is(200);

        var counts = (await Auditor.Get($"/api/programmes/{programme}/counts", last.Position)).Is(200);
        Assert.Equal((2, 1, 1, 1, 1), Statuses(counts));
        // three stand, of 80 and 40 yuan each
        Assert.Equal([("Sample sponsor", "240.00", "80.00", "160.00", "0.00"), (Sample.Employer, "120.00", "55.00", "65.00", "10.01")],
            Payers(counts));

        var theirs = (await Officer.Get($"/api/programmes/{programme}/counts")).Is(200);   // of Liangzhou
        Assert.Equal(((1, 1, 1, 1, 1), "620602"), (Statuses(theirs), theirs.Text("region")));
        Assert.Equal(("160.00", "80.00"), (Payers(theirs)[0].Due, Payers(theirs)[1].Due));
        var then = (await Auditor.Get($"/api/programmes/{programme}/counts?asOf={before.Text("asOf")}")).Is(200);
        Assert.Equal((0, 0, 0, 0, 0), Statuses(then));
        (await Officer.Get("/api/programmes/no-such/counts")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/programmes/{programme}/counts?colour=red")).IsProblemOf(422, "invalid-request", "colour");

        static (int, int, int, int, int) Statuses(Reply reply)
        {
            var of = reply["certificates"]!;
            return ((int)of["pending"]!, (int)of["inForce"]!, (int)of["cancelled"]!, (int)of["void"]!, (int)of["lapsed"]!);
        }

        static List<(string Payer, string Due, string Paid, string Left, string ToReturn)> Payers(Reply reply) =>
        [
            .. reply["payers"]!.AsArray().Select(payer => (
                (string)payer!["payer"]!, (string)payer["due"]!, (string)payer["paid"]!,
                (string)payer["left"]!, (string)payer["toReturn"]!)),
        ];
    }

    [Fact]
    public async Task What_was_cancelled_within_its_term_is_still_owed()
    {
        var (plan, programme) = (Sample.NewCode("plan"), Sample.NewCode("counted"));
        await Publish(plan, Cards.Version());
        (await PlanAdmin.Post("/api/programmes", Sample.DueGift(programme, plan, DateTime.UtcNow.AddHours(8).Year))).Is(201);
        var made = await Enrolled(programme);
        (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions",
            Sample.Contribution("120.00", payer: Sample.Sponsor))).Is(200);
        var last = (await Officer.Do($"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" })).Is(200);
        Assert.NotNull(last["end"]!["lastDay"]);
        var counts = (await Auditor.Get($"/api/programmes/{programme}/counts", last.Position)).Is(200);
        Assert.Equal(("1", "120.00", "120.00", "0.00"), (counts["certificates"]!["cancelled"]!.ToString(),
            (string)counts["payers"]![0]!["due"]!, (string)counts["payers"]![0]!["paid"]!, (string)counts["payers"]![0]!["toReturn"]!));
    }

    private static Task<Reply> Find(Caller by, Sample.Person person, string minPosition) => Caller.Reached(minPosition, () => by.Send(
        by.Request(HttpMethod.Post, "/api/members/search", new { idNumber = person.IdNumber },
            message => message.Headers.Add("Min-Position", minPosition))));

    private static string[] Ids(Reply reply) => [.. reply["certificates"]!.AsArray().Select(certificate => (string)certificate!["id"]!)];
}
