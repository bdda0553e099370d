using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Papers;

/// <summary>Files of a claim over HTTP: in, several at once, and out again.</summary>
public sealed class PaperTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Several_files_come_in_with_one_request_without_what_a_camera_tells()
    {
        var made = await Submitted();
        var (jpeg, pdf) = (Sample.Jpeg(), Sample.Pdf());
        var claim = (await Send(made, ("eventStatement", "现场 照片.jpg", jpeg), ("identityDocument", "id.pdf", pdf))).Is(200);
        Assert.Equal("\"3\"", claim.ETag);
        var documents = claim["documents"]!.AsArray();
        Assert.Equal(["现场 照片.jpg", "id.pdf"], documents.Select(paper => (string)paper!["fileName"]!));
        Assert.Equal(["image/jpeg", "application/pdf"], documents.Select(paper => (string)paper!["mediaType"]!));
        Assert.Equal(["disabilityCertificate", "accountProof"], claim["missingDocuments"]!.AsArray().Select(kind => (string)kind!));

        var kept = (await Officer.Get(Content(made, documents[0]!))).Is(200);
        Assert.Equal("image/jpeg", kept.MediaType);
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(kept.Bytes), StringComparison.Ordinal);
        Assert.Equal((string)documents[0]!["sha256"]!, DigestOf(kept.Bytes));
        Assert.Equal((long)documents[0]!["bytes"]!, kept.Bytes.Length);
        Assert.Equal(pdf, (await Officer.Get(Content(made, documents[1]!))).Is(200).Bytes);
        Assert.Equal(DigestOf(pdf), (string)documents[1]!["sha256"]!);
    }

    [Fact]
    public async Task The_same_file_sent_again_changes_nothing()
    {
        var (made, jpeg) = (await Submitted(), Sample.Jpeg());
        (await Send(made, ("other", "a.jpg", jpeg))).Is(200);
        await ChangesNothing(() => Send(made, ("other", "b.jpg", jpeg)));
        await ChangesNothing(() => Send(made, ("other", "b.jpg", jpeg), ("other", "c.jpg", jpeg)));
    }

    [Fact]
    public async Task A_request_for_papers_is_answered_at_once_with_digests_or_with_files_and_all_or_none()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}/supplements";
        (await Officer.Do($"/api/claims/{made.Claim}/supplement-requests")).Is(200);
        await Refused(() => Officer.Do(path, Sample.Documents("eventStatement", "deathCertificate")), 422, "unknown-document-kind",
            "documents.1.kind");
        await Refused(() => Officer.Do(path, Sample.Documents()), 422, "invalid-request", "documents");
        await Refused(() => Api.As("far", "officer", "6201").Do(path, Sample.Documents("other")), 404, "not-found");
        var some = (await Officer.Do(path, Sample.Documents(Sample.DisabilityDocuments[..2]))).Is(200);
        Assert.Equal("\"4\"", some.ETag);
        Assert.Equal("supplement", (string)some["deadline"]!["step"]!);
        var whole = (await Officer.Do(path, Form(
            [.. Sample.DisabilityDocuments[2..].Select(kind => (kind, $"{kind}.pdf", Sample.Pdf()))]))).Is(200);
        Assert.Empty(whole["missingDocuments"]!.AsArray());
        Assert.Equal("assessment", (string)whole["deadline"]!["step"]!);
        Assert.Equal(Sample.DisabilityDocuments, whole["documents"]!.AsArray().Select(paper => (string)paper!["kind"]!));
    }

    [Fact]
    public async Task An_Idempotency_Key_answers_the_same_files_the_same_and_refuses_others()
    {
        var (made, jpeg, key) = (await Submitted(), Sample.Jpeg(), Guid.NewGuid().ToString());
        var path = $"/api/claims/{made.Claim}/documents";
        var first = (await Officer.Do(path, Form(("other", "a.jpg", jpeg)), key)).Is(200);
        var again = (await Officer.Do(path, Form(("other", "a.jpg", jpeg)), key)).Is(200);
        Assert.Equal((true, first.Body), (again.Replayed, again.Body));
        await RefusedWhole(() => Officer.Do(path, Form(("other", "a.jpg", Sample.Jpeg())), key), 422, "idempotency-key-reused");
    }

    [Fact]
    public async Task One_file_that_is_not_taken_refuses_all_and_nothing_is_left()
    {
        var made = await Submitted();
        var html = "<html><script>alert(1)</script></html>"u8.ToArray();
        await RefusedWhole(() => Send(made, ("other", "a.pdf", Sample.Pdf()), ("other", "scan.jpg", html)), 422, "paper-not-taken",
            "papers.1");
        await RefusedWhole(() => Send(made, ("other", "a.pdf", Sample.Pdf()), ("deathCertificate", "b.pdf", Sample.Pdf())),
            422, "unknown-document-kind", "papers.1.kind");
        await RefusedWhole(() => Send(made, ("other", "a\u202Efdp.exe", Sample.Pdf())), 422, "invalid-request", "papers.0.fileName");
        await RefusedWhole(() => Send(made), 422, "invalid-request", "papers.0");
        await RefusedWhole(() => Send(made, ("other", "large.pdf", Sample.Pdf((20 << 20) + 1))), 413, "body-too-large");
        await RefusedWhole(() => Send(made, [.. Enumerable.Repeat(("other", "a.pdf", Sample.Pdf()), 11)]), 413, "body-too-large");
        var text = new MultipartFormDataContent { { new StringContent("no file"), "other" } };
        await RefusedWhole(() => Officer.Do($"/api/claims/{made.Claim}/documents", text), 422, "invalid-request", "papers.0");
        (await Send(made, ("other", "largest.pdf", Sample.Pdf(20 << 20)))).Is(200);
    }

    [Fact]
    public async Task A_form_that_breaks_off_leaves_nothing()
    {
        var made = await Submitted();
        var whole = await Form(("other", "a.pdf", Sample.Pdf()), ("other", "b.pdf", Sample.Pdf())).ReadAsByteArrayAsync(
            TestContext.Current.CancellationToken);
        var boundary = Encoding.ASCII.GetString(whole.AsSpan(2, 36));
        var half = new ByteArrayContent(whole[..^300]);
        half.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary=\"{boundary}\"");
        await RefusedWhole(() => Officer.Do($"/api/claims/{made.Claim}/documents", half), 422, "invalid-request", "body");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"")]
    [InlineData("multipart/form-data; boundary=\"never closed")]
    public async Task A_form_that_does_not_say_what_parts_it_is_refused(string contentType)
    {
        var made = await Submitted();
        var form = new ByteArrayContent([.. "--b--\r\n"u8]);
        form.Headers.TryAddWithoutValidation("Content-Type", contentType);
        await RefusedWhole(() => Officer.Do($"/api/claims/{made.Claim}/documents", form), 422, "invalid-request", "Content-Type");
    }

    [Fact]
    public async Task A_stale_request_and_one_of_no_version_are_refused_and_leave_no_file()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}/documents";
        await RefusedWhole(() => Officer.Post(path, Form(("other", "a.pdf", Sample.Pdf()))), 428, "if-match-required", "If-Match");
        await RefusedWhole(() => Officer.Post(path, Form(("other", "a.pdf", Sample.Pdf())), "\"9\""), 412, "stale-version");
    }

    [Fact]
    public async Task Nobody_but_those_who_handle_cases_of_the_region_gets_a_file()
    {
        var made = await Submitted();
        var paper = (await Send(made, ("other", "a.pdf", Sample.Pdf()))).Is(200)["documents"]![0]!;
        await Refused(() => Finance.Get(Content(made, paper)), 403, "role-missing");
        await Refused(() => Api.As("far", "officer", "6201").Get(Content(made, paper)), 404, "not-found");
        await Refused(() => Api.As("far", "officer", "6201").Do($"/api/claims/{made.Claim}/documents",
            Form(("other", "a.pdf", Sample.Pdf()))), 404, "not-found");
        await Refused(() => Officer.Get($"/api/claims/{made.Claim}/documents/{Guid.NewGuid()}/content"), 404, "not-found");
        var told = (await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document("eventStatement"))).Is(200)["documents"]![1]!;
        await Refused(() => Officer.Get(Content(made, told)), 404, "no-paper-content");
    }

    [Fact]
    public async Task A_file_leaves_as_something_to_save_and_never_to_run()
    {
        var made = await Submitted();
        var paper = (await Send(made, ("other", "页面.html", Sample.Pdf()))).Is(200)["documents"]![0]!;
        using var request = Officer.Request(HttpMethod.Get, Content(made, paper), null);
        using var answer = await Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string Header(string name) => string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values
            : answer.Content.Headers.GetValues(name));
        Assert.Equal("application/pdf", Header("Content-Type"));
        Assert.StartsWith("attachment;", Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.EndsWith("filename*=UTF-8''%E9%A1%B5%E9%9D%A2.html.pdf", Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox; frame-ancestors 'none'", Header("Content-Security-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
    }

    [Fact]
    public async Task Every_download_is_recorded_and_the_claim_stays_at_its_version()
    {
        var made = await Submitted();
        var sent = (await Send(made, ("other", "a.pdf", Sample.Pdf()))).Is(200);
        var paper = sent["documents"]![0]!;
        var downloads = Content(made, paper).Replace("/content", "/downloads", StringComparison.Ordinal);
        Assert.Empty((await Auditor.Get(downloads)).Is(200)["downloads"]!.AsArray());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await Officer.Get(Content(made, paper))).Is(200)));
        var last = (await Approver.Get(Content(made, paper))).Is(200);
        Assert.Equal(["wang", "wang", "wang", "wang", "li"], (await Auditor.Get(downloads)).Is(200)["downloads"]!.AsArray()
            .Select(download => (string)download!["by"]!));
        Assert.Equal(sent.ETag, (await Officer.Get($"/api/claims/{made.Claim}")).Is(200).ETag);
        await Refused(() => Officer.Get(downloads), 403, "role-missing");

        var log = (await Auditor.Get($"/api/audit/events?stream={(string)paper["id"]!}&type=paper_downloaded", last.Position)).Is(200);
        Assert.Equal(5, log["events"]!.AsArray().Count);
        Assert.Equal(made.Claim, (string)log["events"]![4]!["data"]!["claim"]!);
    }

    [Fact]
    public async Task Above_the_plans_amount_originals_are_ticked_off_before_the_approval()
    {
        var plan = Sample.NewCode("originals");
        var version = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Cards.Version()))!;
        version["card"]!["originals"] = JsonNode.Parse("""{ "from": "3000.00", "kinds": ["disabilityCertificate"] }""");
        await Publish(plan, version);
        var made = await Assessed(await OpenProgramme(plan: plan));
        var claim = $"/api/claims/{made.Claim}";
        Task<Reply> Approve() => Approver.Do($"{claim}/approval", Approval(made.Amount));

        await Refused(Approve, 409, "originals-missing");
        var open = (await Officer.Get($"{claim}/case")).Is(200)["originals"]!;
        Assert.Equal(("3000.00", "disabilityCertificate"), ((string)open["from"]!, (string)open["missing"]!.AsArray().Single()!));
        var paper = (await Officer.Get(claim)).Is(200)["documents"]!.AsArray()
            .Single(own => (string)own!["kind"]! == "disabilityCertificate")!;
        var original = $"{claim}/documents/{(string)paper["id"]!}/original";
        await Refused(() => Approver.Do(original), 403, "role-missing");
        await Refused(() => Officer.Do($"{claim}/documents/{Guid.NewGuid()}/original"), 404, "not-found");
        (await Officer.Do(original)).Is(200);
        await ChangesNothing(() => Officer.Do(original));
        Assert.Empty((await Officer.Get($"{claim}/case")).Is(200)["originals"]!["missing"]!.AsArray());
        (await Approve()).Is(200);
    }

    private Task<Reply> Send(Case made, params (string Kind, string Name, byte[] Bytes)[] files) =>
        Officer.Do($"/api/claims/{made.Claim}/documents", Form(files));

    internal static MultipartFormDataContent Form(params (string Kind, string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent(Guid.NewGuid().ToString());
        foreach (var (kind, name, bytes) in files) form.Add(new ByteArrayContent(bytes), kind, name);
        return form;
    }

    /// <summary>Refused, and neither an event nor a file nor a note of one is left.</summary>
    private async Task RefusedWhole(Func<Task<Reply>> send, int status, string code, string? field = null)
    {
        var before = Files();
        await Refused(send, status, code, field);
        Assert.Equal(before, Files());
        Assert.Equal(0L, await Api.Ask("SELECT count(*) FROM claims.paper_drafts"));
    }

    internal static string[] Files() => Directory.Exists(ApiFixture.PaperFolder)
        ? [.. Directory.EnumerateFiles(ApiFixture.PaperFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    private static string Content(Case made, JsonNode paper) => $"/api/claims/{made.Claim}/documents/{(string)paper["id"]!}/content";

    private static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
