using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.OpenApi;

/// <summary>The description is the contract: it is whole, and what is refused at the door is as declared.</summary>
public sealed class ContractTests(ApiFixture api) : ApiTest(api)
{
    private Contract contract = null!;

    [Fact]
    public async Task Every_operation_is_described_whole()
    {
        await Read();
        Assert.Equal(contract.Operations.Count, contract.Operations.Select(operation => operation.Id).Distinct().Count());
        var faults = new List<string>();
        foreach (var operation in contract.Operations)
        {
            void Say(bool right, string fault)
            {
                if (!right) faults.Add($"{operation}: {fault}");
            }

            Say(operation.Json["operationId"] is not null, "has no name");
            foreach (var status in operation.Statuses)
                Say(operation.Forms(status).Count > 0 || operation.AnswersByHeaders(status), $"does not say what {status} holds");
            Say(operation.Statuses.Any(status => status[0] == '2'), "names no success");
            if (operation.Path != "/health/live" && operation.Path != "/health/ready")
                Say(operation.Statuses.Any(status => status[0] == '4'), "names no 4xx");
            if (operation.NeedsToken) Say(operation.Statuses.Contains("401"), "does not name 401");
            if (operation.NeedsRole) Say(operation.Statuses.Contains("403"), "does not name 403");
            var inPath = operation.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')).ToArray();
            Say(inPath.Length == 0 || operation.Statuses.Contains("404"), "does not name 404");
            Say(inPath.All(name => operation.Parameters.Any(given => (string)given["name"]! == name && (string)given["in"]! == "path")),
                "does not describe a value of its path");
            Say(operation.Parameters.Select(given => (string)given["name"]!).Distinct().Count() == operation.Parameters.Count,
                "describes a parameter twice");
            Say(operation.Parameters.All(given => given["schema"] is not null), "has a parameter of no type");
            if (operation.Body() is not { } body) continue;
            Say(body["example"] is not null, "has no example");
            foreach (var fault in contract.FaultsOf(body["schema"]!, body["example"]))
                Say(false, $"the example is not as declared: {fault}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task What_an_operation_takes_from_the_query_is_what_it_declares()
    {
        await Read();
        // A query parameter that nobody declared is refused by its name, so the routes know no other ones than these.
        foreach (var operation in contract.Operations.Where(operation => operation is { Method: "GET", NeedsToken: true }))
        {
            var everybody = Api.As("everybody", "officer,approver,finance,auditor,plan-admin,operator", "");
            foreach (var given in operation.Parameters.Where(given => (string)given["in"]! == "query"))
            {
                var reply = await everybody.Get($"{Filled(operation.Path)}?{(string)given["name"]!}=");
                Assert.False(reply.Fields.Contains((string)given["name"]!) && reply.Text("detail").Contains("no parameter",
                    StringComparison.Ordinal), reply.ToString());
            }
        }
    }

    [Fact]
    public async Task Every_refusal_at_the_door_is_declared()
    {
        await Read();
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var operation in contract.Operations.Where(operation => operation.Path != "/api/dev/tokens"))
        {
            // an unknown id, and a body of no shape
            foreach (var caller in (Caller[])[Api.Anonymous, Api.As("nobody", ""), Api.As("everybody",
                "officer,approver,finance,auditor,plan-admin,operator", "")])
            foreach (var body in (object?[])[null, "{}", "{\"unknown\":1}", new StringContent("x", System.Text.Encoding.UTF8, "image/png")])
            foreach (var match in (string?[])[null, "*", "\"7\""])
            {
                if (operation.Method == "GET" && (body is not null || match is not null)) continue;
                if (body is HttpContent && match is not null) continue;
                var path = Filled(operation.Path);
                var reply = await caller.Send(caller.Command(new HttpMethod(operation.Method), path, body, match, null));
                if (contract.FaultOf(operation, reply.Status, reply.MediaType, reply.Body) is { } fault) faults.Add(fault);
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task Read() => contract = await Contract.Of(Api);

    private static string Filled(string path) =>
        string.Join('/', path.Split('/').Select(part => part switch
        {
            "{version}" => "1",
            _ when part.StartsWith('{') => Guid.NewGuid().ToString(),
            _ => part,
        }));
}
