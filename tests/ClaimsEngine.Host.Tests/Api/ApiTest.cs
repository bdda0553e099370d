using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What a test over HTTP has at hand: one person for each role, and cases brought to any step of the main path.</summary>
[Collection(OverHttp.Name)]
public abstract partial class ApiTest(ApiFixture api)
{
    protected ApiFixture Api { get; } = api;

    protected Caller Officer => Api.As("wang", "officer", "620602");
    protected Caller Approver => Api.As("li", "approver", "62");
    protected Caller SecondApprover => Api.As("lin", "approver", "62");
    protected Caller Finance => Api.As("zhao", "finance", "62");
    protected Caller Releaser => Api.As("qian", "finance", "62");
    protected Caller Auditor => Api.As("sun", "auditor", "");
    protected Caller PlanAdmin => Api.As("zhou", "plan-admin", "");
    protected Caller SecondPlanAdmin => Api.As("zheng", "plan-admin", "");
    protected Caller Operator => Api.As("wu", "operator", "");

    /// <summary>A region in which nobody is enrolled or claims: its webhooks are told nothing.</summary>
    protected const string NobodysRegion = "622901";

    /// <summary>A webhook that nobody listens to, of a region where nothing happens.</summary>
    protected async Task<string> IdleWebhook() => (await Operator.Post("/api/webhooks", new
    {
        url = $"https://platform.invalid/{Guid.NewGuid()}", events = new[] { "*" }, region = NobodysRegion,
    })).Is(201).Text("id");

    /// <summary>The id of the first notice of a claim.</summary>
    protected async Task<string> NoticeOf(string claim) =>
        (string)(await Officer.Get($"/api/claims/{claim}/notices", await LastPosition())).Is(200).Items[0]!["id"]!;

    /// <summary>One plan administrator proposes a version, another confirms it; the answer is the second one's.</summary>
    protected async Task<Reply> Publish(string plan, object version, int number = 1)
    {
        (await PlanAdmin.Put($"/api/plans/{plan}/versions/{number}", version)).Is(201);
        return (await SecondPlanAdmin.Do($"/api/plans/{plan}/versions/{number}/confirmation")).Is(200);
    }

    /// <summary>A programme of this test class alone.</summary>
    protected async Task<string> OpenProgramme(int quota = 1000, string plan = Sample.SeededPlan, string region = "62")
    {
        var code = Sample.NewCode("sample");
        (await PlanAdmin.Post("/api/programmes", Sample.Programme(code, quota, plan, region))).Is(201);
        return code;
    }

    /// <summary>A programme whose employer's share is due before cover.</summary>
    protected async Task<string> OpenSharedProgramme(int quota = 1000, string plan = Sample.SeededPlan, int? year = null)
    {
        var code = Sample.NewCode("shared");
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(code, quota, plan, year))).Is(201);
        return code;
    }

    /// <summary>A gift whose sponsor pays before cover.</summary>
    protected async Task<string> OpenDueGift()
    {
        var code = Sample.NewCode("gift");
        (await PlanAdmin.Post("/api/programmes", Sample.DueGift(code))).Is(201);
        return code;
    }

    /// <summary>An employer of this test alone.</summary>
    protected async Task<string> RegisteredEmployer(int staff = 100, int women = 40, string region = "620602")
    {
        var code = Sample.NewCode("employer");
        (await Api.As("wang-of-" + region, "officer", region)
            .Post("/api/employers", Sample.AnEmployer(code, region, staff, women))).Is(201);
        return code;
    }

    protected async Task<Case> Enrolled(string? programme = null, Sample.Person? person = null, string region = "620602")
    {
        person ??= Sample.NewPerson();
        var reply = (await Api.As("wang-of-" + region, "officer", region)
            .Post("/api/enrolments", Sample.Enrolment(person, programme ?? Sample.SeededPlan, region: region))).Is(201);
        return new Case(person, reply.Text("id")) { Region = region };
    }

    /// <summary>The id of the person whose enrolment it is.</summary>
    protected async Task<string> MemberOf(Case made) =>
        (string)(await Auditor.Get($"/api/enrolments/{made.Enrolment}")).Is(200)["member"]!["id"]!;

    protected async Task<Case> Submitted(string? programme = null, int grade = 1, string region = "620602", string date = "2025-10-20")
    {
        var made = await Enrolled(programme, region: region);
        var reply = (await Api.As("wang", "officer", region)
            .Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, grade: grade, date: date))).Is(201);
        return made with { Claim = reply.Text("id") };
    }

    protected async Task<Case> Documented(string? programme = null, int grade = 1, string region = "620602", string date = "2025-10-20")
    {
        var made = await Submitted(programme, grade, region, date);
        foreach (var kind in Sample.DisabilityDocuments)
            (await Api.As("wang", "officer", region).Do($"/api/claims/{made.Claim}/documents", Sample.Document(kind))).Is(200);
        return made;
    }

    protected async Task<Case> Assessed(string? programme = null, int grade = 1, string region = "620602", string date = "2025-10-20")
    {
        var made = await Documented(programme, grade, region, date);
        var reply = (await Api.As("chen", "officer", region).Do($"/api/claims/{made.Claim}/assessment")).Is(200);
        return made with { Amount = reply.Text("assessedAmount") };
    }

    protected async Task<Case> Approved(string? programme = null, int grade = 1, string region = "620602")
    {
        var made = await Assessed(programme, grade, region);
        var reply = (await Approver.Do($"/api/claims/{made.Claim}/approval", new { amount = made.Amount, reason = "sample" })).Is(200);
        return made with { Payout = reply.Text("payoutId") };
    }

    /// <summary>Approved where the organiser of the example publishes what it grants before it pays (seeds/handling).</summary>
    protected Task<Case> Published(string region = "620702") => Approved(region: region);

    protected async Task<Case> Authorised(string? programme = null, int grade = 1, string region = "620602")
    {
        var made = await Approved(programme, grade, region);
        (await Finance.Do($"/api/payouts/{made.Payout}/authorisation")).Is(200);
        return made;
    }

    protected async Task<Case> Batched(string? programme = null, int grade = 1, string region = "620602")
    {
        var made = await Authorised(programme, grade, region);
        var reply = (await Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout } })).Is(201);
        return made with { Batch = reply.Text("id") };
    }

    protected async Task<Case> Released(string? programme = null, int grade = 1, string region = "620602")
    {
        var made = await Batched(programme, grade, region);
        (await Releaser.Do($"/api/payment-batches/{made.Batch}/release")).Is(200);
        return made;
    }

    protected async Task<Case> Settled(string? programme = null, int grade = 1, string region = "620602")
    {
        var made = await Released(programme, grade, region);
        (await Releaser.Do($"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "settled"))).Is(200);
        return made;
    }

    /// <summary>A recovery of a part of a settled payout that nobody has confirmed yet.</summary>
    protected async Task<string> OpenedRecovery(string amount = "2000.00") => await OpenedRecovery(await Settled(), amount);

    protected async Task<string> OpenedRecovery(Case settled, string amount) =>
        (await Finance.Do($"/api/payouts/{settled.Payout}/recovery", new { amount, cause = "overpayment", reason = "复核发现多付" }))
        .Is(200).Text("recoveryId");

    /// <summary>The same, confirmed by an approver who did not approve the payment.</summary>
    protected async Task<string> ConfirmedRecovery(string amount = "2000.00")
    {
        var recovery = await OpenedRecovery(amount);
        (await SecondApprover.Do($"/api/recoveries/{recovery}/confirmation")).Is(200);
        return recovery;
    }

    /// <summary>Finance of the whole country: who sees all entries of a plan closes its books.</summary>
    protected Caller BookKeeper => Api.As("book-keeper", "finance", "");
    protected Caller SecondBookKeeper => Api.As("book-keeper-2", "finance", "");

    /// <summary>The books of the seeded plan, closed up to a month before all entries.</summary>
    protected async Task<string> ClosedBooks()
    {
        await Enrolled();
        Assert.Contains((await BookKeeper.Post($"/api/finance/periods/{Sample.SeededPlan}/2000-01/close")).Status, new[] { 200, 201 });
        return Sample.SeededPlan;
    }

    /// <summary>Somebody who is to be barred from everything for the two years around today.</summary>
    protected async Task<string> ProposedBar(Case made, string scope = "both") => (await Officer.Post("/api/bars", new
    {
        enrolmentId = made.Enrolment, scope, from = Sample.DayFromToday(-365), to = Sample.DayFromToday(365), reason = "冒名申领已查实",
    })).Is(201).Text("id");

    protected static object Approval(string amount) => new { amount, reason = "sample" };

    protected static object Result(string payoutId, string outcome, string bankReference = "SAMPLE-1", string? reason = null) => new
    {
        lines = new[]
        {
            reason is null ? (object)new { payoutId, outcome, bankReference } : new { payoutId, outcome, bankReference, reason },
        },
    };

    /// <summary>The answer says no in the given words, and nothing was stored: no event, stream, key, place or reply.</summary>
    protected async Task<Reply> Refused(Func<Task<Reply>> send, int status, string code, string? field = null)
    {
        var before = await Api.Ledger();
        var reply = (await send()).IsProblemOf(status, code, field);
        Assert.Equal(before, await Api.Ledger());
        return reply;
    }

    /// <summary>The answer is a success, and nothing was stored: it was so already.</summary>
    protected async Task<Reply> ChangesNothing(Func<Task<Reply>> send)
    {
        var before = await Api.Ledger();
        var reply = (await send()).Is(200);
        Assert.Equal(before, await Api.Ledger());
        return reply;
    }

    /// <summary>Of the newest event, to be sent as <c>Min-Position</c>.</summary>
    protected async Task<string> LastPosition() => (string)(await Api.Ask("SELECT max(seq_id)::text FROM claims.mt_events"))!;

    /// <summary>Every row of a list, page by page.</summary>
    protected static async Task<List<JsonNode>> All(Caller caller, string path, int limit = 200, string? minPosition = null)
    {
        var rows = new List<JsonNode>();
        var first = $"{path}{(path.Contains('?') ? '&' : '?')}limit={limit}";
        for (var next = first; ;)
        {
            var page = (await caller.Get(next, minPosition)).Is(200);
            rows.AddRange(page.Items.Select(item => item!));
            if (page["next"] is null) return rows;
            next = $"{first}&cursor={page.Text("next")}";
        }
    }

    /// <summary>A moment in UTC, as the API writes it.</summary>
    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$")]
    protected static partial Regex InstantText();
}

/// <summary>A case as far as it has come.</summary>
public sealed record Case(Sample.Person Person, string Enrolment)
{
    public string Claim { get; init; } = "";
    public string Payout { get; init; } = "";
    public string Batch { get; init; } = "";
    public string Amount { get; init; } = "";
    public string Region { get; init; } = "";
}
