namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Money that goes to another person's account: from the claim to the bank's file, over HTTP.</summary>
public sealed class AnothersAccountTests(ApiFixture api) : ApiTest(api)
{
    private const string Region = "620981";   // Yumen

    [Fact]
    public async Task Another_persons_account_is_named_with_a_reason_accepted_by_finance_and_then_paid()
    {
        var made = await OrderedToAnother();
        var payout = $"/api/payouts/{made.Payout}";
        await Refused(() => Finance.Do($"{payout}/authorisation"), 409, "account-not-accepted");
        Assert.Equal([(made.Payout, "refused", "account-not-accepted")], await Many(Finance, made.Payout));
        Assert.Equal([made.Payout], await Waiting(made, "accountReview"));
        var shown = (await Finance.Get(payout)).Is(200);
        Assert.Equal(("guardianOfAdult", "样例监护人", "guardianOfAdult"), ((string)shown["controls"]!["otherHolder"]!,
            (string)shown["account"]!["holder"]!, (string)shown["account"]!["otherHolder"]!["ground"]!));

        var accepted = new { finding = "accepted", reason = "监护证明已核对" };
        await Refused(() => Officer.Do($"{payout}/account-review", accepted), 403, "role-missing");
        await Refused(() => Releaser.Do($"{payout}/account-review", new { finding = "accepted", reason = "" }),
            422, "invalid-request", "reason");
        var reviewed = (await Releaser.Do($"{payout}/account-review", accepted)).Is(200);
        Assert.Equal(("authorisation", "accepted"), (reviewed.Text("waitsFor"), (string)reviewed["accountReview"]!["finding"]!));
        await ChangesNothing(() => Releaser.Do($"{payout}/account-review", accepted));
        await Refused(() => Releaser.Do($"{payout}/authorisation"), 403, "four-eyes");
        (await Finance.Do($"{payout}/authorisation")).Is(200);

        var batch = (await Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout } })).Is(201).Text("id");
        (await Releaser.Do($"/api/payment-batches/{batch}/release")).Is(200);
        Assert.Contains("样例监护人", (await Finance.Get($"/api/payment-batches/{batch}/file?format=csv")).Is(200).Body);
    }

    [Fact]
    public async Task A_refused_account_is_replaced_by_the_payees_own_and_the_first_order_is_never_paid()
    {
        var made = await OrderedToAnother();
        var payout = $"/api/payouts/{made.Payout}";
        await Refused(() => Finance.Do($"{payout}/reissue", Sample.Reissue(made.Person)), 409, "wrong-state");
        (await Releaser.Do($"{payout}/account-review", new { finding = "refused", reason = "监护关系不明" })).Is(200);
        Assert.Equal([made.Payout], await Waiting(made, "otherAccount"));
        await Refused(() => Finance.Do($"{payout}/authorisation"), 409, "account-not-accepted");
        var old = (await Finance.Do($"{payout}/reissue", Sample.Reissue(made.Person))).Is(200);
        Assert.Equal("cancelled", old.Text("status"));
        // the own account came beside the guardian's, so it counts as just changed
        var anew = old.Text("reissuedAs");
        Assert.Equal([(made.Payout, "refused", "wrong-state"), (anew, "waitsForSecond", null)], await Many(Releaser, made.Payout, anew));
        Assert.Equal([anew], await Waiting(made, "secondAuthorisation"));
    }

    [Fact]
    public async Task Without_a_reason_or_with_one_that_does_not_fit_no_claim_is_submitted()
    {
        var made = await Enrolled(region: Region);
        object Asked(object account) => new
        {
            enrolmentId = made.Enrolment, incident = new { kind = "disability", date = "2025-10-20", grade = 1 },
            claimant = new { name = made.Person.Name, idNumber = made.Person.IdNumber, relation = "self", account },
        };
        object Account(string holder, object? otherHolder) =>
            new { bank = "样例银行", number = made.Person.Card, holder, otherHolder };
        var minor = new { ground = "guardianOfMinor", reason = "母亲" };
        await Refused(() => Clerk.Post("/api/claims", Asked(Account("样例监护人", null))), 422, "account-not-own", "claimant.account.holder");
        await Refused(() => Clerk.Post("/api/claims", Asked(Account(made.Person.Name, minor))), 422, "account-is-own",
            "claimant.account.otherHolder");
        await Refused(() => Clerk.Post("/api/claims", Asked(Account("样例监护人", minor))), 422, "holder-ground-unfit",
            "claimant.account.otherHolder.ground");
    }

    private Caller Clerk => Api.As("wang", "officer", Region);

    private async Task<Case> OrderedToAnother()
    {
        var made = await Enrolled(region: Region);
        var claim = (await Clerk.Post("/api/claims", new
        {
            enrolmentId = made.Enrolment, incident = new { kind = "disability", date = "2025-10-20", grade = 1 },
            claimant = new
            {
                name = made.Person.Name, idNumber = made.Person.IdNumber, relation = "self",
                account = Sample.GuardiansAccount(made.Person),
            },
        })).Is(201).Text("id");
        foreach (var kind in (string[])[.. Sample.DisabilityDocuments, "accountHolderProof"])
            (await Clerk.Do($"/api/claims/{claim}/documents", Sample.Document(kind))).Is(200);
        var amount = (await Api.As("chen", "officer", Region).Do($"/api/claims/{claim}/assessment")).Is(200).Text("assessedAmount");
        var approved = (await Approver.Do($"/api/claims/{claim}/approval", Approval(amount))).Is(200);
        return made with { Claim = claim, Payout = approved.Text("payoutId") };
    }

    private static async Task<IEnumerable<(string Payout, string Outcome, string? Code)>> Many(Caller by, params string[] payouts) =>
        (await by.Post("/api/payouts/authorisations", new { payouts })).Is(200)["results"]!.AsArray().Select(one =>
            ((string)one!["payoutId"]!, (string)one["outcome"]!, (string?)one["code"]));

    private async Task<IEnumerable<string>> Waiting(Case made, string what) =>
        (await All(Finance, $"/api/payouts?waitsFor={what}&claim={made.Claim}", minPosition: await LastPosition()))
            .Select(row => (string)row["id"]!);
}
