namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Shares that are due: listed, called for, and paid by a file.</summary>
public sealed class ContributionCallTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_call_is_made_of_what_is_due_and_its_file_filled_in_pays_it()
    {
        var (call, made) = await Called(3);
        var shown = (await Finance.Get(call)).Is(200);
        Assert.Equal(("open", "120.00", "3"), (shown.Text("status"), shown.Text("total"), $"{shown["count"]}"));
        var programme = shown.Text("programme");
        await Refused(() => Finance.Post("/api/contribution-calls",
            new { programme, payer = Sample.Employer, dueOn = Sample.DayFromToday(30) }), 409, "nothing-owed");

        var file = (await Finance.Get($"{call}/file")).Is(200).Body;
        Assert.DoesNotContain("姓名", file);
        var named = (await Auditor.Get($"{call}/file")).Is(200).Body;
        Assert.All(made, one => Assert.Contains(one.Person.Name, named));
        Assert.True((await Finance.Get($"{call}/file?format=xlsx")).Is(200).Bytes.Length > 1_000);

        // each line gets the reference and the day of its transfer; one is faulty, one names a certificate that is not in the call
        var lines = file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToArray();
        Assert.Equal(4, lines.Length);
        var (today, reference) = (Sample.DayFromToday(0), Sample.NewCode("T"));
        string Filled(string line) => line[..^1] + $"{reference},{today}";
        var sent = string.Join("\n", [
            lines[0], Filled(lines[1]), Filled(lines[2]), Filled(lines[3]).Replace("40.00", "40.0x", StringComparison.Ordinal),
            Filled(lines[3]).Replace("E62", "E99", StringComparison.Ordinal),
        ]);
        var first = await Payments(call, sent);
        Assert.Equal(("done", "2", "2", "80.00"),
            (first.Text("status"), $"{first["recorded"]}", $"{first["rejected"]}", first.Text("amount")));
        Assert.Equal(["recorded", "recorded", "rejected", "rejected"],
            first["results"]!.AsArray().Select(line => (string)line!["outcome"]!));
        var again = await Payments(call, sent);
        Assert.Equal(("2", "0", "0.00"), ($"{again["known"]}", $"{again["recorded"]}", again.Text("amount")));

        var owing = await All(Finance, $"/api/contributions?programme={programme}&owing=true&payer={Sample.Employer}",
            minPosition: await LastPosition());
        Assert.Equal(3, owing.Count);   // the sponsor's share is guaranteed, and owed as well
        var left = owing.SelectMany(row => row["standings"]!.AsArray()).Where(share => (string)share!["payer"]! == Sample.Employer)
            .Select(share => (string)share!["left"]!).Order(StringComparer.Ordinal);
        Assert.Equal(["0.00", "0.00", "40.00"], left);
    }

    [Fact]
    public async Task One_transfer_pays_the_whole_call_once()
    {
        var (call, made) = await Called(2);
        string Line(string amount) => $$"""
            {"certificateNumber":"all","amount":"{{amount}}","reference":"ALL-1","paidOn":"{{Sample.DayFromToday(0)}}"}
            """;
        const string Lines = "application/x-ndjson";
        var wrong = await Payments(call, Line("79.99"), Lines);
        Assert.Equal("share-exceeded", (string)wrong["results"]![0]!["reasons"]![0]!["code"]!);
        var paid = await Payments(call, Line("80.00"), Lines);
        Assert.Equal(("80.00", "2"), (paid.Text("amount"), $"{paid["results"]![0]!["certificates"]}"));
        Assert.Equal("0.00", (await Payments(call, Line("80.00"), Lines)).Text("amount"));
        foreach (var one in made)
            Assert.Equal("inForce", (await Officer.Get($"/api/enrolments/{one.Enrolment}")).Is(200).Text("status"));
        Assert.Equal("closed", (await Finance.Do($"{call}/closure", new { reason = "已缴清" })).Is(200).Text("status"));
    }

    [Fact]
    public async Task Of_two_calls_at_once_for_the_same_shares_one_has_them()
    {
        var programme = await OpenSharedProgramme();
        var made = await Enrolled(programme);
        var order = new { programme, payer = Sample.Employer, dueOn = Sample.DayFromToday(30) };
        var replies = await Task.WhenAll(
            Finance.Post("/api/contribution-calls", order), Releaser.Post("/api/contribution-calls", order),
            Finance.Do($"/api/enrolments/{made.Enrolment}/contributions",
                Sample.Contribution(amount: "15.00", paidOn: Sample.DayFromToday(0))));
        replies[2].Is(200);
        Assert.Single(replies.Take(2), reply => reply.Status == 201);
        Assert.Single(replies.Take(2), reply => reply.Status == 409);
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_as_a_whole()
    {
        var (call, _) = await Called();
        var answer = await Payments(call, "凭证号,金额,电话\nE62-1,40.00,1\n");
        Assert.Equal(("refused", "payments-unreadable"), (answer.Text("status"), (string)answer["problem"]!["code"]!));
    }
}
