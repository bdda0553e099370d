namespace ClaimsEngine.Specs;

public class StrictJsonSpecs
{
    private const string GoodClaim = """
        {"enrolmentId":"00000005-0000-7000-8000-000000000000","incident":{"kind":"disability","date":"2025-10-20","grade":1},
         "claimant":{"name":"陈样例","idNumber":"620602198503120010","relation":"self",
                     "account":{"bank":"样例银行","number":"6222020000000000018","holder":"陈样例"}}}
        """;

    [Fact]
    public void A_good_request_is_read_whole()
    {
        var (command, faults) = Read<SubmitClaim>(GoodClaim);
        Assert.Empty(faults);
        Assert.Equal((GradeOneDisability, DriversNumber), (command!.Incident, command.Claimant.IdNumber));
    }

    [Theory]
    [InlineData("\"grade\":1", "\"grade\":1,\"grades\":2", "incident.grades", "is no known member")]
    [InlineData("\"grade\":1", "\"grade\":1,\"Grade\":2", "incident.Grade", "is no known member")]
    [InlineData("\"grade\":1", "\"grade\":1,\"grade\":2", "incident.grade", "stands twice")]
    [InlineData("\"grade\":1", "\"grade\":1.5", "incident.grade", "expected a whole number")]
    [InlineData("\"grade\":1", "\"grade\":\"1\"", "incident.grade", "expected a whole number")]
    [InlineData("\"kind\":\"disability\",", "", "incident.kind", "is required")]
    [InlineData("\"kind\":\"disability\"", "\"kind\":null", "incident.kind", "must not be null")]
    [InlineData("\"kind\":\"disability\"", "\"kind\":5", "incident.kind", "is none of hospitalisation, ")]
    [InlineData("\"kind\":\"disability\"", "\"kind\":\"flood\"", "incident.kind", "is none of hospitalisation, ")]
    [InlineData("2025-10-20", "2025-02-30", "incident.date", "a date is written like")]
    [InlineData("\"name\":\"陈样例\"", "\"name\":7", "claimant.name", "expected a string")]
    [InlineData("\"name\":\"陈样例\"", "\"name\":null", "claimant.name", "must not be null")]
    [InlineData("620602198503120010", "620602198503120011", "claimant.idNumber", "check character")]
    [InlineData("6222020000000000018", "6222020000000000019", "claimant.account.number", "Luhn")]
    [InlineData("\"6222020000000000018\"", "6222020000000000018", "claimant.account.number", "expected a string")]
    [InlineData("\"00000005-0000-7000-8000-000000000000\"", "\"five\"", "enrolmentId", "an id is a GUID")]
    [InlineData("{\"kind\":\"disability\",\"date\":\"2025-10-20\",\"grade\":1}", "[]", "incident", "expected an object")]
    public void A_fault_is_named_by_path_and_reason(string good, string bad, string path, string reason)
    {
        Assert.Contains(good, GoodClaim);
        var (command, faults) = Read<SubmitClaim>(GoodClaim.Replace(good, bad, StringComparison.Ordinal));
        Assert.Null(command);
        var fault = Assert.Single(faults);
        Assert.Equal(path, fault.Path);
        Assert.Contains(reason, fault.Reason);
    }

    [Fact]
    public void All_faults_are_named_at_once() => Assert.Equal(
        ["enrolmentId", "incident.kind", "incident.date", "colour", "claimant"],
        Read<SubmitClaim>("""{"enrolmentId":1,"incident":{"kind":"flood","date":"soon"},"colour":"red"}""").Faults.Select(fault =>
            fault.Path));

    [Fact]
    public void Items_of_a_list_are_named_by_their_place()
    {
        Assert.Equal(["payouts.1", "payouts.2"], Read<AssemblePaymentBatch>(
            """{"payouts":["00000007-0000-7000-8000-000000000000",null,"x"]}""").Faults.Select(fault => fault.Path));
        Assert.Equal([("payouts", "expected a list")], Read<AssemblePaymentBatch>("""{"payouts":{}}""").Faults);
    }

    [Fact]
    public void Money_is_a_string_and_never_a_number() =>
        Assert.Equal(["amount"], Read<ApproveClaim>(
            """{"claim":"00000006-0000-7000-8000-000000000000","amount":120000.00,"reason":"x"}""").Faults.Select(fault => fault.Path));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"claim\"")]
    public void What_is_no_object_is_no_request(string json) => Assert.Equal([("", "expected an object")], Read<SubmitClaim>(json).Faults);

    [Fact]
    public void What_may_be_absent_may_be_null()
    {
        var (command, faults) = Read<RefuseClaim>("""{"claim":"00000006-0000-7000-8000-000000000000","reason":"x","clause":null}""");
        Assert.Empty(faults);
        Assert.Null(command!.Clause);
    }


    private static (T? Value, IReadOnlyList<(string Path, string Reason)> Faults) Read<T>(string json) where T : class =>
        StrictJson.Read<T>(JsonDocument.Parse(json).RootElement);
}
