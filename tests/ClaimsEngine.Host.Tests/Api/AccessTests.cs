using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Console;
using ClaimsEngine.Host.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Who may ask what: by role and by region.</summary>
public sealed class AccessTests(ApiFixture api) : ReliefTest(api)
{
    public static TheoryData<string> UseCases =>
        // what only the engine asks of itself has no route of its own
        [.. Engine.Modules.SelectMany(module => module.UseCases).Where(useCase => !useCase.IsInside)
            .Select(useCase => useCase.CommandType.Name)];

    public static TheoryData<string> Roles => [.. Enum.GetValues<Role>().Select(role => role.Name())];

    [Theory, MemberData(nameof(UseCases))]
    public async Task A_use_case_is_for_its_role_alone(string command)
    {
        var useCase = Engine.Modules.SelectMany(module => module.UseCases).Single(candidate => candidate.CommandType.Name == command);
        var path = PathOf(useCase.Route);
        Task<Reply> Send(Caller by) =>
            by.Send(by.Command(new HttpMethod(useCase.Method), path, "{\"unknown\":1}", "*", Guid.NewGuid().ToString()));

        await Refused(() => Send(Api.Anonymous), 401, "unauthenticated");
        await Refused(() => Send(Api.As("nobody", "")), 403, "role-missing");
        foreach (var role in Enum.GetValues<Role>())
        {
            var by = Api.As($"the-{role}", role.Name(), "");
            if (role == useCase.Role || useCase.Also.Contains(role)) await Refused(() => Send(by), 422, "invalid-request",
                "unknown");   // past the door, stopped by the shape
            else await Refused(() => Send(by), 403, "role-missing");
        }
    }

    [Fact]
    public async Task Auditors_write_nothing_and_operators_nothing_but_webhooks()
    {
        Assert.All(Engine.Modules.SelectMany(module => module.UseCases), useCase => Assert.True(
            useCase.Also.Prepend(useCase.Role).All(role => role is not (Role.Auditor or Role.Operator))
            || useCase.Role == Role.Operator && useCase.StreamType == Notifications.Webhook.StreamType));
        var made = await Released();
        foreach (var (path, body) in new (string, object?)[]
        {
            ($"/api/claims/{made.Claim}/documents", Sample.Document("other")),
            ($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" }),
            ($"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "settled")),
            ("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan)),
        })
        {
            await Refused(() => Auditor.Do(path, body), 403, "role-missing");
            await Refused(() => Operator.Do(path, body), 403, "role-missing");
        }
        await Refused(() => Auditor.Post($"/api/operations/dead-letters/claims/{Guid.NewGuid()}/replay"), 403, "role-missing");
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Every_query_is_for_the_roles_it_names(string role)
    {
        var by = Api.As($"reader-{role}", role, "");
        var made = await Released();
        var open = await Assessed();
        var form = ClaimsEngine.Host.Tests.Papers.PaperTests.Form(("other", "a.pdf", Sample.Pdf()));
        var filed = (await Officer.Do($"/api/claims/{open.Claim}/documents", form)).Is(200)["documents"]!.AsArray();
        var fund = await FundOfLiangzhou();
        var application = await Applied(fund);
        var delegation = (await Approver.Post("/api/delegations", Sample.Delegation(Sample.NewCode("stand-in")))).Is(201).Text("id");
        var absence = (await Api.As(Sample.NewCode("away"), "approver", "62").Post("/api/absences", Sample.Absence())).Is(201).Text("id");
        var (call, _) = await Called();
        var known = new Dictionary<string, string>
        {
            ["enrolment"] = made.Enrolment, ["claim"] = open.Claim, ["document"] = (string)filed[^1]!["id"]!,
            ["payout"] = made.Payout, ["batch"] = made.Batch, ["schedule"] = await OpenedSchedule(),
            ["statement"] = await RecordedStatement(),
            ["plan"] = Sample.SeededPlan, ["programme"] = Sample.SeededPlan, ["version:int"] = "1", ["stream"] = made.Claim,
            ["person"] = await MemberOf(made), ["recovery"] = await OpenedRecovery(), ["bar"] = await ProposedBar(made),
            ["kind"] = "approved", ["webhook"] = await IdleWebhook(), ["occurrence"] = await Reported(),
            ["fund"] = fund, ["application"] = application, ["delegation"] = delegation, ["absence"] = absence,
            ["call"] = call[(call.LastIndexOf('/') + 1)..], ["payments"] = (await Finance.Post($"{call}/payments",
                new StringContent("{}", System.Text.Encoding.UTF8, "application/x-ndjson"))).Is(202).Text("id"),
            ["payer"] = await RegisteredPayer(), ["employer"] = await RegisteredEmployer(), ["roster"] = await RosterWithErrors(),
            ["settlements"] = (await Officer.Post("/api/settlements",
                new StringContent("{}", System.Text.Encoding.UTF8, "application/x-ndjson"))).Is(202).Text("id"),
            ["whatIf"] = (await Auditor.Post("/api/audit/what-ifs", new { plan = Sample.SeededPlan, version = 1, from = "2025-01-01",
                to = "2025-01-01" })).Is(202).Text("id"),
            ["auditPack"] = (await Auditor.Ended(await Auditor.Post("/api/finance/audit-packs",
                new { plan = Sample.SeededPlan, year = 2001 }))).Text("id"),
        };
        var published = new Dictionary<string, string>(known) { ["claim"] = (await Published()).Claim };
        var approved = new Dictionary<string, string>(known) { ["claim"] = made.Claim };
        await ClosedBooks();
        var queries = 0;
        foreach (var endpoint in Endpoints().Where(endpoint => Methods(endpoint).Contains("GET")
            && endpoint.Metadata.GetMetadata<AccessPolicy>() is not null))
        {
            var route = endpoint.RoutePattern.RawText!;
            var path = PathOf(route, route.Contains("public-notices", StringComparison.Ordinal) ? published
                : route.EndsWith("/letters/{kind}", StringComparison.Ordinal) || route.EndsWith("/draw", StringComparison.Ordinal)
                    ? approved
                : known);
            var policy = endpoint.Metadata.GetMetadata<AccessPolicy>()!;
            var allowed = policy.Roles.Count == 0 || policy.Roles.Any(own => own.Name() == role);
            var reply = await by.Get(path);
            if (!allowed) reply.IsProblemOf(403, "role-missing");
            // no bank has a gateway here
            else if (route.EndsWith("/delivery", StringComparison.Ordinal)) reply.IsProblemOf(404, "not-found");
            else reply.Is(200);
            (await Api.Anonymous.Get(path)).IsProblemOf(401, "unauthenticated");
            queries++;
        }
        Assert.True(queries >= 20, $"{queries} queries");
    }

    /// <summary>Two benefits of one event, claimed together.</summary>
    private async Task<string> Reported()
    {
        var made = await Enrolled();
        JsonObject[] claims = [.. ((string[])["2025-10-20", "2025-10-21"]).Select(day =>
            JsonSerializer.SerializeToNode(Sample.Claim(made.Enrolment, made.Person, day))!.AsObject())];
        return (await Officer.Post("/api/occurrences", new JsonObject
        {
            ["claimant"] = claims[0]["claimant"]!.DeepClone(),
            ["benefits"] = new JsonArray([.. claims.Select(claim => (JsonNode)new JsonObject
            {
                ["enrolmentId"] = made.Enrolment, ["incident"] = claim["incident"]!.DeepClone(),
            })]),
        })).Is(201).Text("id");
    }

    /// <summary>A roster that has ended, and of which there is a corrected sheet.</summary>
    private async Task<string> RosterWithErrors()
    {
        var sheet = new StringContent("姓名,身份证号,职业,地区\r\n李样例,1,快递员,620602\r\n", System.Text.Encoding.UTF8, "text/csv");
        var accepted = (await Officer.Post($"/api/rosters?programme={Sample.SeededPlan}&accept=good-rows", sheet)).Is(202);
        await Officer.Ended(accepted);
        return accepted.Text("id");
    }

    [Fact]
    public void Every_endpoint_says_who_may_use_it() => Assert.All(Endpoints().Where(endpoint => !IsFile(endpoint)), endpoint =>
    {
        var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var ofConsole = endpoint.Metadata.OfType<IAuthorizeData>().Any(asked => asked.Policy == ConsoleSetup.Policy);
        Assert.True(endpoint.Metadata.GetMetadata<AccessPolicy>() is not null ? !isOpen && !ofConsole : isOpen || ofConsole,
            $"{endpoint.DisplayName} has neither a policy nor AllowAnonymous, or both");
    });

    [Fact]
    public void Only_these_endpoints_are_open_to_everybody() => Assert.Equal(
        [
            "/api/dev/tokens", "/broken", "/certificates", "/docs", "/health/live", "/health/ready", "/metrics", "/not-allowed",
            "/not-found", "/openapi", "/problems", "/session", "/sign-in",
        ],
        Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && !IsFile(endpoint))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Select(route => ((string[])["/docs", "/openapi", "/problems", "/session"])
                .FirstOrDefault(whole => route.StartsWith(whole, StringComparison.Ordinal)) ?? route)
            .Distinct().Order(StringComparer.Ordinal));

    /// <summary>Styles and scripts of the pages: the same for everybody.</summary>
    private static bool IsFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(one => one.GetType().Name.StartsWith("StaticAsset", StringComparison.Ordinal))
        || endpoint.RoutePattern.RawText is "{**path:file}"
        || endpoint.RoutePattern.RawText!.StartsWith("_framework/", StringComparison.Ordinal);

    [Fact]
    public async Task Open_pages_answer_without_a_token()
    {
        foreach (var path in (string[])
            ["/health/live", "/health/ready", "/metrics", "/openapi/v1.json", "/problems", "/problems/four-eyes"])
            (await Api.Anonymous.Get(path)).Is(200);
        (await Api.Anonymous.Get("/problems/none-of-ours")).IsProblemOf(404, "not-found");
        (await Api.Anonymous.Get("/api/nothing")).IsProblemOf(404, "not-found");
        (await Officer.Put("/api/claims", new { })).IsProblemOf(405, "method-not-allowed");
    }

    [Fact]
    public async Task What_lies_outside_the_region_is_not_there()
    {
        var made = await Released();
        var member = await MemberOf(made);
        foreach (var region in (string[])["620102", "6201", "61", "620621"])
        {
            var by = Api.As("far", "officer,approver,finance,auditor", region);
            foreach (var path in (string[])[
                $"/api/enrolments/{made.Enrolment}", $"/api/claims/{made.Claim}", $"/api/payouts/{made.Payout}",
                $"/api/payment-batches/{made.Batch}",
                $"/api/payment-batches/{made.Batch}/delivery",
                $"/api/payment-batches/{made.Batch}/file", $"/api/audit/streams/{made.Claim}", $"/api/audit/claims/{made.Claim}/replay",
                $"/api/claims/{made.Claim}?version=1",
                $"/api/enrolments/{made.Enrolment}/certificate", $"/api/members/{member}", $"/api/members/{member}/cover"])
                (await by.Get(path)).IsProblemOf(404, "not-found");
            await Refused(() => by.Do($"/api/members/{member}/correction", new { name = "样例人新", reason = "r" }), 404, "not-found");
            await Refused(() => by.Post("/api/members/search", new { idNumber = made.Person.IdNumber }), 404, "not-found");
            await Refused(() => by.Do($"/api/enrolments/{made.Enrolment}/contributions", Sample.Contribution()), 404, "not-found");
            await Refused(() => by.Do($"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" }), 404, "not-found");
            await Refused(() => by.Do($"/api/enrolments/{made.Enrolment}/refunds"), 404, "not-found");
            await Refused(() => by.Do($"/api/enrolments/{made.Enrolment}/voidance", new { reason = "r" }), 404, "not-found");
            await Refused(() => by.Do($"/api/enrolments/{made.Enrolment}/lapse", new { reason = "r" }), 404, "not-found");
            await Refused(() => by.Do($"/api/enrolments/{made.Enrolment}/employer", new { employer = "LZ-0001" }), 404, "not-found");
            await Refused(() => by.Do($"/api/claims/{made.Claim}/documents", Sample.Document("other")), 404, "not-found");
            await Refused(() => by.Do($"/api/claims/{made.Claim}/assessment"), 404, "not-found");
            await Refused(() => by.Do($"/api/claims/{made.Claim}/approval", new { amount = "1.00", reason = "r" }), 404, "not-found");
            await Refused(() => by.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r" }), 404, "not-found");
            await Refused(() => by.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" }), 404, "not-found");
            await Refused(() => by.Do($"/api/payouts/{made.Payout}/authorisation"), 404, "not-found");
            await Refused(() => by.Do($"/api/payment-batches/{made.Batch}/release"), 404, "not-found");
            await Refused(() => by.Do($"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "settled")), 404, "not-found");
            await Refused(() => by.Post("/api/payment-batches", new { payouts = new[] { made.Payout } }),
                422, "unknown-payout", "payouts.0");
            await Refused(() => by.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, "2025-11-11")),
                422, "unknown-enrolment", "enrolmentId");
            await Refused(() => by.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan)),
                403, "outside-region", "person.region");
        }
    }

    [Fact]
    public async Task Lists_totals_and_the_log_end_at_the_region()
    {
        var made = await Released();
        await Released(region: "620102");
        var position = await LastPosition();
        var by = Api.As("city", "officer,finance,auditor", "6201");
        foreach (var path in (string[])["/api/enrolments", "/api/claims", "/api/payouts", "/api/payment-batches"])
        {
            var rows = await All(by, path, minPosition: position);
            Assert.NotEmpty(rows);
            Assert.All(rows, row => Assert.StartsWith("6201", (string)row["region"]!));
            Assert.Empty((await by.Get($"{path}?region=620602", position)).Is(200).Items);   // a filter widens nothing
        }
        var totals = (await by.Get("/api/finance/payouts?by=region", position)).Is(200)["rows"]!.AsArray();
        Assert.All(totals, row => Assert.StartsWith("6201", (string)row!["region"]!));
        for (var after = 0L; ;)
        {
            var page = (await by.Get($"/api/audit/events?limit=200&after={after}", position)).Is(200);
            Assert.All(page["events"]!.AsArray(), item =>
            {
                if (item!["region"] is { } region) Assert.StartsWith("6201", (string)region!);
                else Assert.Contains((string)item["source"]!, (string[])["/streams/plan", "/streams/programme", "/streams/relief_fund"]);
            });
            if (page["next"] is null) break;
            after = (long)page["next"]!;
        }
        (await by.Get($"/api/audit/streams/{made.Payout}")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task An_id_of_nothing_or_of_another_kind_is_not_there()
    {
        var made = await Released();
        var by = Api.As("all", "officer,approver,finance,auditor,plan-admin", "");
        string[] ids = [Guid.NewGuid().ToString(), Guid.Empty.ToString(), made.Enrolment, "no-id", "1' OR '1'='1"];
        foreach (var id in ids)
        {
            foreach (var path in (string[])[$"/api/claims/{id}", $"/api/payouts/{id}", $"/api/payment-batches/{id}",
                $"/api/payment-batches/{id}/file", $"/api/audit/claims/{id}/replay"])
                (await by.Get(path)).IsProblemOf(404, "not-found");
        }
        foreach (var id in ids[..3])
        {
            await Refused(() => by.Do($"/api/claims/{id}/assessment"), 404, "not-found");
            await Refused(() => by.Do($"/api/payouts/{id}/authorisation"), 404, "not-found");
            await Refused(() => by.Do($"/api/payment-batches/{id}/release"), 404, "not-found");
        }
        (await by.Get($"/api/enrolments/{made.Claim}")).IsProblemOf(404, "not-found");
        (await by.Get("/api/plans/no-such")).IsProblemOf(404, "not-found");
        (await by.Get("/api/programmes/no-such")).IsProblemOf(404, "not-found");
        (await by.Get($"/api/audit/streams/{Guid.NewGuid()}")).IsProblemOf(404, "not-found");
        await Refused(() => by.Do("/api/programmes/no-such/allocations", new { region = "62", places = 1 }), 404, "not-found");
    }

    [Fact]
    public async Task Operators_see_how_far_read_models_are()
    {
        var states = (await Operator.Get("/api/operations/projections")).Is(200).Items;
        Assert.Equal(Engine.ReadModels.Count, states.Count);
        Assert.Empty((await Operator.Get("/api/operations/dead-letters")).Is(200).Items);
        foreach (var readModel in (string[])["claims", "none-of-ours"])
            (await Operator.Post($"/api/operations/dead-letters/{readModel}/{Guid.NewGuid()}/replay")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task A_telephone_number_is_shown_in_the_persons_own_region_only_and_the_new_one_is_kept()
    {
        var made = await Enrolled();
        var elsewhere = Api.As("gao", "officer", "6201");
        var moved = made.Person with { Phone = "000-0000-7777" };
        var answer = (await elsewhere.Post("/api/enrolments", Sample.Enrolment(moved, await OpenProgramme(), region: "620102"))).Is(201);
        Assert.Null(answer.Json!["member"]!["phone"]);
        Assert.Equal("000-0000-7777", (string)(await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200).Json!["member"]!["phone"]!);
        var person = (string)answer.Json!["member"]!["id"]!;
        var seen = (await Api.As("sun", "auditor", "6201").Get($"/api/audit/streams/{person}")).Is(200);
        Assert.Equal(["phone_changed"], seen.Json!["events"]!.AsArray().Select(recorded => (string)recorded!["type"]!));
    }

    [Fact]
    public async Task Who_is_on_record_is_not_learnt_by_asking_for_what_cannot_be()
    {
        var made = await Enrolled();
        var stranger = made.Person with { Name = "别名样例" };
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(stranger, Sample.SeededPlan, region: "620102")),
            403, "outside-region", "person.region");
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(stranger, Sample.SeededPlan, units: 99)),
            422, "too-many-units", "units");
    }

    [Fact]
    public async Task Codes_and_names_hold_no_line_break()
    {
        await Refused(() => PlanAdmin.Post("/api/programmes", Sample.Programme(Sample.NewCode("sample") + "\n")),
            422, "invalid-request", "code");
        await Refused(() => Officer.Post("/api/enrolments",
            Sample.Enrolment(Sample.NewPerson() with { Name = "陈\n样例" }, Sample.SeededPlan)), 422, "invalid-request", "person.name");
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static string PathOf(string route, Dictionary<string, string>? values = null)
    {
        return string.Join('/', route.Split('/').Select(part => part.StartsWith('{') ? Value(part) : part));

        string Value(string part) =>
            values is not null ? values[part.Trim('{', '}')] : part.Contains(":int") ? "1" : Guid.NewGuid().ToString();
    }
}
