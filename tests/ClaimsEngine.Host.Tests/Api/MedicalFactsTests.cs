using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Finance sees number, status, amounts, payees and payouts of a claim, and nothing that tells of the event.</summary>
public sealed class MedicalFactsTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_claim_is_shown_to_finance_without_incident_steps_papers_and_reasons()
    {
        var made = await Approved();
        var path = $"/api/claims/{made.Claim}";
        var (whole, paid) = ((await Officer.Get(path)).Is(200), (await Finance.Get(path)).Is(200));
        foreach (var name in (string[])["number", "status", "assessedAmount", "approvedAmount", "payoutId", "regionName"])
            Assert.Equal(whole.Text(name), paid.Text(name));
        Assert.Equal((string)whole["claimant"]!["person"]!["name"]!, (string)paid["claimant"]!["person"]!["name"]!);
        Assert.True(JsonNode.DeepEquals(whole["account"], paid["account"]));
        foreach (var name in (string[])["incident", "steps", "decisionReason"]) Assert.NotNull(whole[name]);
        foreach (var name in (string[])["incident", "steps", "decisionReason", "decisionClause"]) Assert.Null(paid[name]);
        Assert.Empty(paid["documents"]!.AsArray());
        TellsNothing(paid.Body, made);
        var both = (await Api.As("both", "finance,auditor", "62").Get(path)).Is(200);
        Assert.True(JsonNode.DeepEquals(whole["incident"], both["incident"]));
    }

    [Fact]
    public async Task A_case_is_shown_to_finance_with_its_steps_in_words_that_tell_nothing()
    {
        var made = await Approved();
        var shown = (await Finance.Get($"/api/claims/{made.Claim}/case", await LastPosition())).Is(200);
        Assert.Empty(shown["papers"]!.AsArray());
        Assert.Null(shown["plan"]!["clause"]);
        Assert.Equal(["claim_submitted", .. Enumerable.Repeat("document_received", 4), "claim_assessed", "claim_approved"],
            shown["history"]!.AsArray().Select(entry => (string)entry!["type"]!));
        Assert.All(shown["history"]!.AsArray(), entry => Assert.Null(entry!["reason"]));
        Assert.Equal("A paper came in.", (string)shown["history"]![1]!["text"]!);
        TellsNothing(shown["claim"]!.ToJsonString() + shown["history"]!.ToJsonString(), made);
        // the kind of benefit is what finance counts by
        Assert.Equal("disability", (string)Assert.Single(shown["payouts"]!.AsArray())!["benefit"]!);
    }

    [Fact]
    public async Task Lists_show_finance_no_incident_and_payouts_the_kind_of_benefit()
    {
        var made = await Approved();
        var position = await LastPosition();
        var list = $"/api/claims?enrolment={made.Enrolment}";
        var whole = Assert.Single((await Officer.Get(list, position)).Is(200).Items)!;
        Assert.Equal(("disability", "2025-10-20"), ((string)whole["incidentKind"]!, (string)whole["incidentDate"]!));
        var paid = Assert.Single((await Finance.Get(list, position)).Is(200).Items)!;
        Assert.Equal((null, null, made.Amount), (paid["incidentKind"], paid["incidentDate"], (string)paid["approvedAmount"]!));
        Assert.Equal("disability", (string)Assert.Single(
            (await Finance.Get($"/api/payouts?claim={made.Claim}", position)).Is(200).Items)!["benefit"]!);
        var payout = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
        Assert.Equal("disability", payout.Text("benefit"));
        TellsNothing(payout.Body.Replace("\"benefit\":\"disability\"", "", StringComparison.Ordinal), made);
    }

    [Fact]
    public async Task Finance_reads_no_log_no_replay_and_no_event_with_its_claims()
    {
        var made = await Approved();
        foreach (var path in (string[])[
            "/api/audit/events", $"/api/audit/streams/{made.Claim}", $"/api/audit/claims/{made.Claim}/replay",
            $"/api/occurrences/{Guid.NewGuid()}"])
            (await Finance.Get(path)).IsProblemOf(403, "role-missing");
    }

    private static void TellsNothing(string text, Case made)
    {
        foreach (var told in (string[])[.. Sample.DisabilityDocuments, "disability", "grade", "2025-10-20", ".pdf"])
            Assert.DoesNotContain(told, text, StringComparison.Ordinal);
        Assert.Contains(made.Amount, text, StringComparison.Ordinal);
    }
}
