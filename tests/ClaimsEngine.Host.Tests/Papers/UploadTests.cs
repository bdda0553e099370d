using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Papers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClaimsEngine.Host.Tests.Papers;

/// <summary>Files that break off and go on, by the tus protocol.</summary>
public sealed class UploadTests(ApiFixture api) : ApiTest(api)
{
    private static CancellationToken Gone => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_comes_in_pieces_also_through_another_host_and_becomes_a_document()
    {
        var (made, pdf) = (await Submitted(), Sample.Pdf(700_000));
        var upload = await Begun(made, pdf.Length, "other", "诊断.pdf");
        Assert.Equal("0", await OffsetOf(upload));
        await Is(await GoOn(upload, 0, pdf[..300_000]), 204);

        await using var second = await Api.StartHost(Api.Storage.Options.ConnectionString);
        using var other = Api.NewClient(second);
        Assert.Equal("300000", await OffsetOf(upload, other));
        using var last = await GoOn(upload, 300_000, pdf[300_000..], other);
        Assert.Equal(204, (int)last.StatusCode);
        Assert.Equal("700000", last.Headers.GetValues("Upload-Offset").Single());

        var claim = (await Officer.Get($"/api/claims/{made.Claim}")).Is(200);
        Assert.Equal(last.Headers.ETag!.ToString(), claim.ETag);
        var paper = claim["documents"]!.AsArray().Single()!;
        Assert.Equal(("诊断.pdf", 700_000L), ((string)paper["fileName"]!, (long)paper["bytes"]!));
        Assert.Equal(pdf, (await Officer.Get($"/api/claims/{made.Claim}/documents/{(string)paper["id"]!}/content")).Is(200).Bytes);
        Assert.Null(await OffsetOf(upload));
        Assert.Equal("0 0", await Rows(upload));
    }

    [Fact]
    public async Task What_came_before_the_connection_broke_stays_and_the_file_goes_on_there()
    {
        var (made, pdf) = (await Submitted(), Sample.Pdf(600_000));
        var upload = await Begun(made, pdf.Length, "other", "a.pdf");
        await Cut(upload, pdf);
        // When the host notices says nothing of its correctness: until then it may still store the rest of what had come.
        for (var waiting = Wait.Begin(); ; waiting.GoesOn("the upload does not go on"))
        {
            var offset = int.Parse((await OffsetOf(upload))!);
            Assert.InRange(offset, Uploads.PieceBytes, 400_000);
            using var answer = await GoOn(upload, offset, pdf[offset..]);
            if (answer.StatusCode == System.Net.HttpStatusCode.NoContent) break;
            Assert.Equal(System.Net.HttpStatusCode.Conflict, answer.StatusCode);
        }
        Assert.Equal(600_000L, (long)(await Officer.Get($"/api/claims/{made.Claim}")).Is(200)["documents"]![0]!["bytes"]!);
    }

    [Fact]
    public async Task A_piece_for_another_place_or_beyond_the_end_is_refused()
    {
        var (made, pdf) = (await Submitted(), Sample.Pdf(1_000));
        var upload = await Begun(made, pdf.Length, "other", "a.pdf");
        await Is(await GoOn(upload, 0, pdf[..400]), 204);
        await Is(await GoOn(upload, 0, pdf[..400]), 409, "upload-offset-differs");
        await Is(await GoOn(upload, 500, pdf[500..]), 409, "upload-offset-differs");
        await Is(await GoOn(upload, 400, pdf), 413, "body-too-large");
        Assert.Equal("400", await OffsetOf(upload));
        await Is(await GoOn(upload, 400, pdf[400..]), 204);
    }

    [Fact]
    public async Task A_whole_file_that_is_not_what_it_says_is_refused_and_nothing_is_left()
    {
        var (made, before) = (await Submitted(), PaperTests.Files());
        var html = Encoding.ASCII.GetBytes("<html><script>alert(1)</script></html>");
        var upload = await Begun(made, html.Length, "other", "scan.jpg");
        await Is(await GoOn(upload, 0, html), 422, "paper-not-taken");
        Assert.Equal("0 0", await Rows(upload));
        Assert.Equal(before, PaperTests.Files());
        Assert.Equal("\"1\"", (await Officer.Get($"/api/claims/{made.Claim}")).Is(200).ETag);
    }

    [Fact]
    public async Task A_file_that_the_claim_does_not_take_now_leaves_no_file()
    {
        var (made, before, pdf) = (await Submitted(), PaperTests.Files(), Sample.Pdf());
        var upload = await Begun(made, pdf.Length, "other", "a.pdf");
        (await Officer.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" })).Is(200);
        await Is(await GoOn(upload, 0, pdf), 409, "wrong-state");
        await Is(await GoOn(upload, pdf.Length, []), 409, "wrong-state");   // asked again at its end
        Assert.Equal(before, PaperTests.Files());
        await Is(await Tus(HttpMethod.Delete, upload), 204);
        Assert.Equal("0 0", await Rows(upload));
    }

    [Fact]
    public async Task Nobody_else_sees_an_upload_and_it_can_be_given_up()
    {
        var made = await Submitted();
        var upload = await Begun(made, 1_000, "other", "a.pdf");
        await Is(await GoOn(upload, 0, new byte[400]), 204);
        var stranger = Api.As("chen", "officer", "620602");
        await Is(await Tus(HttpMethod.Head, upload, by: stranger), 404);
        await Is(await Tus(HttpMethod.Delete, upload, by: stranger), 404, "not-found");
        await Is(await Tus(HttpMethod.Delete, upload), 204);
        await Is(await Tus(HttpMethod.Delete, upload), 404, "not-found");
        Assert.Equal("0 0", await Rows(upload));
    }

    [Fact]
    public async Task What_is_begun_wrongly_is_refused()
    {
        var made = await Submitted();
        var uploads = $"/api/claims/{made.Claim}/uploads";
        await Is(await Begin(made, "0", "other", "a.pdf"), 422, "invalid-request");
        await Is(await Begin(made, $"{(20 << 20) + 1}", "other", "a.pdf"), 413, "body-too-large");
        await Is(await Begin(made, "10", "", "a.pdf"), 422, "invalid-request");
        await Is(await Begin(made, "10", "other", "../a.pdf"), 422, "invalid-request");
        await Is(await Tus(HttpMethod.Post, uploads, ("Upload-Length", "10"), ("Upload-Metadata", "kind ???")), 422, "invalid-request");
        await Is(await Begin(made, "10", "other", "a.pdf", Api.As("far", "officer", "6201")), 404, "not-found");
        await Is(await Begin(made, "10", "other", "a.pdf", Finance), 403, "role-missing");
        var old = await Api.Http.SendAsync(Officer.Request(HttpMethod.Post, uploads, null), Gone);
        Assert.Equal("1.0.0", old.Headers.GetValues("Tus-Version").Single());
        await Is(old, 412, "upload-protocol");
        using var asked = await Api.Http.SendAsync(Officer.Request(HttpMethod.Options, uploads, null), Gone);
        Assert.Equal("creation,termination", asked.Headers.GetValues("Tus-Extension").Single());
    }

    [Fact]
    public async Task One_person_has_no_more_than_twenty_uploads_open()
    {
        var (made, hoarder) = (await Submitted(), Api.As("hoarder", "officer", "620602"));
        for (var i = 0; i < 20; i++) await Is(await Begin(made, "10", "other", "a.pdf", hoarder), 201);
        await Is(await Begin(made, "10", "other", "a.pdf", hoarder), 409, "too-many-uploads");
        await Api.Ask("DELETE FROM claims.uploads WHERE caller = 'hoarder'");
    }

    [Fact]
    public async Task However_many_uploads_one_person_begins_at_once_no_more_than_twenty_are_open()
    {
        var (made, hasty) = (await Submitted(), Api.As("hasty", "officer", "620602"));
        var begun = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            using var answer = await Begin(made, "10", "other", "a.pdf", hasty);
            return (int)answer.StatusCode;
        }));
        Assert.Equal((20, 20), (begun.Count(status => status == 201), begun.Count(status => status == 409)));
        await Api.Ask("DELETE FROM claims.uploads WHERE caller = 'hasty'");
    }

    [Fact]
    public async Task The_papers_of_an_appeal_come_in_pieces_as_those_of_an_open_claim_do()
    {
        var (made, pdf) = (await Assessed(), Sample.Pdf());
        (await Approver.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r", clause = "4" })).Is(200);
        await Is(await Begin(made, $"{pdf.Length}", "other", "a.pdf"), 409, "wrong-state");
        (await Officer.Do($"/api/claims/{made.Claim}/appeal", new { reason = "r" })).Is(200);
        var upload = await Begun(made, pdf.Length, "other", "a.pdf");
        await Is(await GoOn(upload, 0, pdf), 204);
        Assert.Contains((await Officer.Get($"/api/claims/{made.Claim}")).Is(200)["documents"]!.AsArray(),
            paper => (string?)paper!["fileName"] == "a.pdf");
    }

    [Fact]
    public async Task A_piece_that_came_while_the_upload_was_given_up_goes_with_it()
    {
        var made = await Submitted();
        var upload = await Begun(made, 1_000, "other", "a.pdf");
        await using var adding = new NpgsqlConnection(Api.Storage.Options.ConnectionString);
        await adding.OpenAsync(Gone);
        await using var transaction = await adding.BeginTransactionAsync(Gone);
        await using (var piece = new NpgsqlCommand($"""
            UPDATE claims.uploads SET received = 3 WHERE id = '{IdOf(upload)}';
            INSERT INTO claims.upload_parts VALUES ('{IdOf(upload)}', 0, '\x010203')
            """, adding)) await piece.ExecuteNonQueryAsync(Gone);

        var givenUp = Tus(HttpMethod.Delete, upload);
        await Wait.Until(async () => (bool)(await Api.Ask($"""
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE {adding.ProcessID} = ANY (pg_blocking_pids(pid)))
            """))!, "nobody waits for the piece that is being added");
        await transaction.CommitAsync(Gone);
        await Is(await givenUp, 204);
        Assert.Equal("0 0", await Rows(upload));
    }

    [Fact]
    public async Task Who_waits_too_long_for_a_process_that_stands_still_with_the_same_file_is_told_to_come_again()
    {
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Guid.NewGuid().ToByteArray()));
        var (sessions, options) = (Api.Storage.Sessions, Api.Storage.Options);
        var hasty = new PaperDrafts(sessions, options) { Patience = TimeSpan.FromMilliseconds(20) };
        var desk = new PaperDesk(Api.Services.GetRequiredService<IPaperStore>(), hasty, Api.Services.GetRequiredService<CommandDesk>());
        await using (await new PaperDrafts(sessions, options).Hold([digest], Gone))
        {
            await using var paper = new SentPaper(
                new Paper("other", "a.pdf", digest, new PaperContent(PaperContent.Pdf, 1, digest)), new MemoryStream([1]));
            var answer = await desk.Add([paper], _ => throw new InvalidOperationException("the claim is not to be asked"), Gone);
            Assert.Equal(Refuse.Busy, Assert.IsType<NotDone>(answer).Rule);
        }
        await using (await hasty.Hold([digest], Gone)) { }   // it is free again, and whoever was told so holds nothing
        await hasty.Settle([digest]);
    }

    [Fact]
    public async Task An_upload_that_nobody_goes_on_with_and_a_file_of_a_killed_process_are_swept()
    {
        var made = await Submitted();
        var (stale, fresh) = (await Begun(made, 1_000, "other", "a.pdf"), await Begun(made, 1_000, "other", "b.pdf"));
        await Is(await GoOn(stale, 0, new byte[400]), 204);
        await Api.Ask($"UPDATE claims.uploads SET moved_at = now() - interval '25 hours' WHERE id = '{IdOf(stale)}'");

        // Stored and noted, as by a process that was killed then: one file that no claim has, one that a claim has.
        var pdf = Sample.Pdf();
        (await Officer.Do($"/api/claims/{made.Claim}/documents", PaperTests.Form(("other", "kept.pdf", pdf)))).Is(200);
        var used = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pdf));
        var unused = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Guid.NewGuid().ToByteArray()));
        var store = Api.Services.GetRequiredService<IPaperStore>();
        await store.Put(unused, new MemoryStream([1]), Gone);
        foreach (var digest in (string[])[used, unused])
            await Api.Ask($"INSERT INTO claims.paper_drafts VALUES ('{digest}', now() - interval '2 hours')");

        await SweepPapersHandler.Handle(new SweepPapers(), Api.Services.GetRequiredService<Uploads>(),
            Api.Services.GetRequiredService<PaperDesk>(), Gone);
        Assert.Equal("0 0", await Rows(stale));
        Assert.Equal("0", await OffsetOf(fresh));
        Assert.Null(await store.Open(unused, Gone));
        await using (var there = await store.Open(used, Gone)) Assert.NotNull(there);
        Assert.Equal(0L, await Api.Ask("SELECT count(*) FROM claims.paper_drafts"));
        await Is(await Tus(HttpMethod.Delete, fresh), 204);
    }

    private async Task<string> Begun(Case made, int length, string kind, string name)
    {
        using var begun = await Begin(made, $"{length}", kind, name);
        Assert.Equal(201, (int)begun.StatusCode);
        return begun.Headers.Location!.ToString();
    }

    private Task<HttpResponseMessage> Begin(Case made, string length, string kind, string name, Caller? by = null) =>
        Tus(by ?? Officer, HttpMethod.Post, $"/api/claims/{made.Claim}/uploads", null, null, ("Upload-Length", length),
            ("Upload-Metadata", $"filename {Base64(name)},kind {Base64(kind)}"));

    private Task<HttpResponseMessage> GoOn(string upload, int offset, byte[] bytes, HttpClient? through = null)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return Tus(Officer, HttpMethod.Patch, upload, content, through, ("Upload-Offset", $"{offset}"));
    }

    private Task<HttpResponseMessage> Tus(HttpMethod method, string path, params (string, string)[] headers) =>
        Tus(Officer, method, path, null, null, headers);

    private Task<HttpResponseMessage> Tus(HttpMethod method, string path, Caller by) => Tus(by, method, path, null, null);

    private async Task<HttpResponseMessage> Tus(
        Caller by, HttpMethod method, string path, HttpContent? body, HttpClient? through, params (string Name, string Value)[] headers)
    {
        using var request = by.Request(method, path, body, message =>
        {
            message.Headers.Add("Tus-Resumable", "1.0.0");
            foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        });
        return await (through ?? Api.Http).SendAsync(request, Gone);
    }

    private async Task<string?> OffsetOf(string upload, HttpClient? through = null)
    {
        using var answer = await Tus(Officer, HttpMethod.Head, upload, null, through);
        return answer.Headers.TryGetValues("Upload-Offset", out var offset) ? offset.Single() : null;
    }

    /// <summary>Says that a whole file comes, sends some of it, sees a piece of it stored, and is gone.</summary>
    private async Task Cut(string upload, byte[] file)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Api.Address.Host, Api.Address.Port, Gone);
        var head = $"PATCH {upload} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Api.TokenOf("wang", "officer", "620602")}\r\n"
            + "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
            + $"Content-Length: {file.Length}\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Gone);
        await socket.GetStream().WriteAsync(file.AsMemory(0, 400_000), Gone);
        for (var waiting = Wait.Begin(); await OffsetOf(upload) == "0"; waiting.GoesOn("nothing is stored of what has come")) { }
    }

    private async Task<string> Rows(string upload) => (string)(await Api.Ask($"""
        SELECT (SELECT count(*) FROM claims.uploads WHERE id = '{IdOf(upload)}') || ' '
          || (SELECT count(*) FROM claims.upload_parts WHERE upload = '{IdOf(upload)}')
        """))!;

    private async Task Is(HttpResponseMessage answer, int status, string? code = null)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Gone);
            Assert.True((int)answer.StatusCode == status
                && (code is null || text.Contains($"/problems/{code}\"", StringComparison.Ordinal)),
                $"{(int)answer.StatusCode} {text}");
            if (code is not null) Api.CodesSeen.TryAdd(code, "tus");
        }
    }

    private static string IdOf(string upload) => upload.Split('/')[^1];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
