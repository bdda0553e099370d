using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.AuditPacks;
using ClaimsEngine.Host.Cli;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The audit pack over HTTP and by its verbs: made of a year with payments, verified without the server, and every change
/// found.</summary>
public sealed class AuditPackTests(ApiFixture api) : ApiTest(api)
{
    private const string Packs = "/api/finance/audit-packs";

    [Fact]
    public async Task A_plan_year_is_packed_and_its_pack_holds_without_server_and_database()
    {
        var (plan, cases) = await AYear();
        var (done, zip) = await Packed(plan);

        var totals = done["totals"]!;
        Assert.Equal((3, "276000.00"), ((int)totals["approved"]!["count"]!, (string)totals["approved"]!["sum"]!));
        Assert.Equal((1, "120000.00"), ((int)totals["settled"]!["count"]!, (string)totals["settled"]!["sum"]!));
        Assert.Equal((1, "84000.00"), ((int)totals["returned"]!["count"]!, (string)totals["returned"]!["sum"]!));
        Assert.Equal((4, 4, 4), ((int)totals["claims"]!, (int)totals["assessments"]!, (int)totals["identical"]!));

        var verdict = Verified(zip, done.Text("sha256"));
        Assert.True(verdict.Holds, Told(verdict));
        Assert.Equal(
            ["list", "files", "events", "sheets", "books", "decisions", "payables", "bank"], verdict.Checks.Select(check => check.Name));
        Assert.False(Verified(zip, new string('0', 64)).Holds);

        var files = Files(zip);
        Assert.Equal("PK"u8.ToArray(), zip[..2]);
        Assert.All(files.Values, bytes =>
        {
            var text = Encoding.UTF8.GetString(bytes);
            foreach (var made in cases)
            {
                Assert.DoesNotContain(made.Person.Name, text, StringComparison.Ordinal);
                Assert.DoesNotContain(made.Person.IdNumber, text, StringComparison.Ordinal);
                Assert.DoesNotContain(made.Person.Card, text, StringComparison.Ordinal);
            }
        });
        var payouts = Encoding.UTF8.GetString(files["bank/payouts-1.csv"]).TrimStart('\uFEFF').Split("\r\n");
        Assert.StartsWith("付款标识 payout,申领编号 claim,", payouts[0], StringComparison.Ordinal);
        Assert.Equal(4, payouts.Count(line => line.Length > 0));   // headings, settled, returned, ordered
        Assert.Contains("年度审计包", Encoding.UTF8.GetString(files["index.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_log_at_the_same_position_gives_the_same_bytes_by_the_verb_too()
    {
        var (plan, _) = await AYear();
        var (done, first) = await Packed(plan);
        await Approved(grade: 3);   // the log grows
        var (_, again) = await Packed(plan, (long)done["position"]!);
        Assert.Equal(first, again);

        var file = Path.Combine(Path.GetTempPath(), $"pack-{Guid.NewGuid():N}.zip");
        try
        {
            Assert.Equal(0, await CommandLine.Run(["audit-pack", plan, "2025", "--out", file, "--position", $"{done["position"]}",
                "--ConnectionStrings:Claims", Api.Storage.Options.ConnectionString]));
            Assert.Equal(first, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(0, await CommandLine.Run(["verify-pack", file, "--sha256", done.Text("sha256")]));
            await File.WriteAllBytesAsync(file, first[..^100], TestContext.Current.CancellationToken);
            Assert.Equal(1, await CommandLine.Run(["verify-pack", file]));
            File.Delete(file);
            Assert.Equal(2, await CommandLine.Run(["verify-pack", file]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_file_that_was_changed_taken_out_or_added_is_named()
    {
        var (plan, _) = await AYear();
        var (_, zip) = await Packed(plan);
        foreach (var name in Files(zip).Keys.Where(name => !name.StartsWith("manifest", StringComparison.Ordinal)))
        {
            var files = Files(zip);
            files[name] = [.. files[name], (byte)' '];
            Found(files, "files", $"{name} was changed: it has another length");
            files = Files(zip);
            files[name][files[name].Length / 2] ^= 1;
            Found(files, "files", $"{name} was changed: it has another hash");
            files.Remove(name);
            Found(files, "files", $"{name} is missing");
        }
        var more = Files(zip);
        more["bank/more.csv"] = [1];
        Found(more, "files", "bank/more.csv is not in the list: it was added");
        var list = Files(zip);
        list["manifest.json"] = [.. list["manifest.json"], (byte)' '];
        Found(list, "list", "manifest.sha256 does not give the hash of manifest.json");
        list.Remove("manifest.sha256");
        Found(list, "list", "manifest.sha256 is missing");
        list.Remove("manifest.json");
        Assert.Contains("it is no pack", Refusal(Zip(list)), StringComparison.Ordinal);
    }

    /// <summary>Who writes the list anew still has to make the events, the sheets, the cards and the bank say the same.</summary>
    [Fact]
    public async Task What_was_changed_with_its_list_is_found_by_deriving_everything_again()
    {
        var (plan, _) = await AYear();
        var (_, zip) = await Packed(plan);

        Forged("bank/payouts-1.csv", "84000.00", "85000.00", "sheets", "bank/payouts-1.csv differs from what the events give");
        Forged("books/journal-1.csv", "84000.00", "85000.00", "books", "books/journal-1.csv differs from what the events give");
        Forged("books/trial-balance-1.csv", "120000.00", "120000.01", "books", "books/trial-balance-1.csv differs");
        Forged("decisions/steps-1.csv", "benefits.disability", "benefits.nothing", "sheets", "decisions/steps-1.csv differs");
        Forged("decisions/sample-1.jsonl", "\"identical\":true", "\"identical\":false", "sheets", "decisions/sample-1.jsonl differs");
        Forged("decisions/card-v1.json", "\"organiser\":\"", "\"organiser\":\"x", "sheets", "decisions/card-v1.json differs");
        Forged("events/claim-1.jsonl", "\"type\":\"claim_assessed\"", "\"type\":\"claim_guessed\"", "events", "is no event of this engine");
        Forged("events/claim-1.jsonl", "\"version\":2,", "\"version\":3,", "events", "goes on with event 3 after 1");
        Forged("events/payout-1.jsonl", "\"amount\":\"84000.00\"", "\"amount\":\"85000.00\"", "payables",
            "1000.00 yuan more were ordered than approved");
        Forged("events/payment_batch-1.jsonl", "\"outcome\":\"settled\",\"bankReference\":\"SAMPLE-1\"",
            "\"outcome\":\"settled\",\"bankReference\":\"SAMPLE-2\"", "bank", "do not say what it says of the bank's transfer");
        Forged("events/plan-1.jsonl", "\"organiser\":\"", "\"organiser\":\"x", "decisions", "yuan was assessed");

        void Forged(string name, string from, string to, string check, string words)
        {
            var files = Files(zip);
            var text = Encoding.UTF8.GetString(files[name]);
            Assert.Contains(from, text, StringComparison.Ordinal);
            files[name] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
            Found(Listed(files), check, words);
        }
    }

    [Fact]
    public void A_ZIP_that_was_made_to_do_harm_is_refused()
    {
        var manifest = Encoding.UTF8.GetBytes("{}");
        foreach (var name in (string[])["../out.txt", "/etc/out", "events/../../out", "events\\..\\out", "events/", "C:out", "a\u202Eb"])
            Assert.Contains("which is none of a pack", Refusal(Zip([("manifest.json", manifest), (name, [1])])), StringComparison.Ordinal);
        Assert.Contains("stands twice",
            Refusal(Zip([("manifest.json", manifest), ("index.html", [1]), ("INDEX.html", [2])])), StringComparison.Ordinal);
        Assert.Contains("times its size",
            Refusal(Zip([("manifest.json", manifest), ("events/claim-1.jsonl", new byte[64 << 20])])), StringComparison.Ordinal);
        Assert.Contains("no whole ZIP", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("no whole ZIP", Refusal(Encoding.UTF8.GetBytes("this is no pack")), StringComparison.Ordinal);
        var whole = Zip([("manifest.json", manifest), ("index.html", new byte[5_000])]);
        foreach (var length in (int[])[10, whole.Length / 2, whole.Length - 1])
            Assert.Contains("no whole ZIP", Refusal(whole[..length]), StringComparison.Ordinal);
        Assert.Contains("manifest.json cannot be read", Told(Verified(whole)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_see_the_whole_plan_is_given_no_pack_and_finance_does_not_fetch_it()
    {
        var (plan, _) = await AYear();
        var order = new { plan, year = 2025 };
        (await Officer.Post(Packs, order)).IsProblemOf(403, "role-missing");
        foreach (var role in (string[])["auditor", "finance"])
            (await Api.As($"{role}-of-lanzhou", role, "6201").Post(Packs, order)).IsProblemOf(403, "outside-region", "plan");

        var made = await Finance.Ended(await Finance.Post(Packs, order));
        Assert.Equal("done", made.Text("status"));
        var address = $"{Packs}/{made.Text("id")}";
        (await Finance.Get($"{address}/file")).IsProblemOf(403, "role-missing");
        (await Api.As("auditor-of-lanzhou", "auditor", "6201").Get($"{address}/file")).IsProblemOf(404, "not-found");
        Assert.Equal("application/zip", (await Api.As("auditor-of-gansu", "auditor", "62").Get($"{address}/file")).Is(200).MediaType);
    }

    [Theory]
    [InlineData("""{"plan":"gansu-2025-new-employment"}""", "year", 422, "invalid-request")]
    [InlineData("""{"plan":"gansu-2025-new-employment","year":1999}""", "year", 422, "invalid-request")]
    [InlineData("""{"plan":"gansu-2025-new-employment","year":2025,"seed":"a b"}""", "seed", 422, "invalid-request")]
    [InlineData("""{"plan":"gansu-2025-new-employment","year":2025,"seed":""}""", "seed", 422, "invalid-request")]
    [InlineData("""{"plan":"gansu-2025-new-employment","year":2025,"position":0}""", "position", 422, "invalid-request")]
    [InlineData("""{"plan":"gansu-2025-new-employment","year":2025,"position":999999999999}""", "position", 422, "invalid-request")]
    [InlineData("""{"plan":"no-such-plan","year":2025}""", "plan", 422, "unknown-plan")]
    public async Task What_cannot_be_packed_is_refused_before_it_starts(string body, string field, int status, string code) =>
        await Refused(() => Auditor.Post(Packs, body), status, code, field);

    /// <summary>A plan of its own, with a payout that was settled, one that was returned, one that is ordered, and a claim that was
    /// refused.</summary>
    private async Task<(string Plan, Case[] Cases)> AYear()
    {
        var plan = Sample.NewCode("plan-of-pack");
        var seeded = Host.Seeding.SeedFiles.Plans.First(own => own.Code == Sample.SeededPlan).Card;
        await Publish(plan, new JsonObject
        {
            ["effectiveFrom"] = "2025-01-01", ["card"] = System.Text.Json.JsonSerializer.SerializeToNode(seeded),
        });
        var programme = await OpenProgramme(plan: plan);
        var settled = await Settled(programme);
        var returned = await Released(programme, grade: 4);
        (await Releaser.Do($"/api/payment-batches/{returned.Batch}/results",
            Result(returned.Payout, "returned", "SAMPLE-9", "账户已销户"))).Is(200);
        var ordered = await Approved(programme, grade: 5);
        var refused = await Assessed(programme, grade: 3);
        (await Approver.Do($"/api/claims/{refused.Claim}/refusal", new { reason = "sample" })).Is(200);
        return (plan, [settled, returned, ordered, refused]);
    }

    private async Task<(Reply Done, byte[] Zip)> Packed(string plan, long? position = null)
    {
        var done = await Auditor.Ended(await Auditor.Post(Packs, new { plan, year = 2025, position }));
        Assert.True(done.Text("status") == "done", done.ToString());
        return (done, (await Auditor.Get($"{Packs}/{done.Text("id")}/file")).Is(200).Bytes);
    }

    private static PackVerdict Verified(byte[] zip, string? sha256 = null) =>
        PackVerification.Of(new MemoryStream(zip), sha256, TestContext.Current.CancellationToken);

    private static string Refusal(byte[] zip) => Assert.Throws<PackRefusedException>(() => Verified(zip)).Message;

    private static void Found(Dictionary<string, byte[]> files, string check, string words)
    {
        var verdict = Verified(Zip(files));
        Assert.False(verdict.Holds);
        var faults = verdict.Checks.Single(own => own.Name == check).Faults;
        Assert.True(faults.Any(fault => fault.Contains(words, StringComparison.Ordinal)), $"no '{words}' in: {Told(verdict)}");
    }

    private static string Told(PackVerdict verdict) =>
        string.Join('\n', verdict.Checks.Select(check => $"{check.Name}: {string.Join("; ", check.Faults)}"));

    private static Dictionary<string, byte[]> Files(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var from = entry.Open();
            var bytes = new MemoryStream();
            from.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static byte[] Zip(Dictionary<string, byte[]> files) => Zip(files.Select(file => (file.Key, file.Value)));

    private static byte[] Zip(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in files)
            {
                using var to = archive.CreateEntry(name).Open();
                to.Write(bytes);
            }
        return zip.ToArray();
    }

    /// <summary>The same files with a list that fits them.</summary>
    private static Dictionary<string, byte[]> Listed(Dictionary<string, byte[]> files)
    {
        var manifest = JsonNode.Parse(files["manifest.json"])!;
        foreach (var file in manifest["files"]!.AsArray())
        {
            var bytes = files[(string)file!["name"]!];
            file["bytes"] = bytes.Length;
            file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        }
        files["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        files["manifest.sha256"] = Encoding.UTF8.GetBytes(
            $"{Convert.ToHexStringLower(SHA256.HashData(files["manifest.json"]))}  manifest.json\n");
        return files;
    }
}
