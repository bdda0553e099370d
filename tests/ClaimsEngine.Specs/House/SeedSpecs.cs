namespace ClaimsEngine.Specs;

/// <summary>Every seed file parses with the types of the domain.</summary>
public class SeedSpecs
{
    public static TheoryData<string> Plans =>
        [.. In("plans").Select(row => row.Data).Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))];
    public static TheoryData<string> Programmes => In("programmes");
    public static TheoryData<string> Cases => In("cases");

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_plan_can_be_published(string file)
    {
        var command = Read<ProposePlanVersion>(WithMember(Repository.Json(Repository.Seeds("plans", file)), "code", "plan"));
        Assert.Equal($"{command.Plan}.v{command.Version}.json", file);
        Assert.Empty(command.Breaches());
        Assert.Empty(CardReading.Read(command.Card).Faults);
    }

    [Theory]
    [MemberData(nameof(Programmes))]
    public void A_programme_can_be_opened_and_allocated(string file)
    {
        var seed = Repository.Json(Repository.Seeds("programmes", file));
        var open = Read<OpenProgramme>(seed["programme"]!);
        var plan = Read<ProposePlanVersion>(WithMember(Repository.Json(Repository.Seeds("plans", $"{open.Plan}.v1.json")), "code", "plan"));
        var world = new World();
        world.Publish(plan.Plan, plan.Version, plan.EffectiveFrom, plan.Card);
        world.Do(PlanAdmin, open).The<ProgrammeOpened>();
        foreach (var allocation in seed["allocations"]!.AsArray())
            world.Do(PlanAdmin, Read<AllocatePlaces>(With(allocation!, "programme", open.Code))).The<PlacesAllocated>();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_a_list_of_requests_by_known_roles(string file)
    {
        var useCases = Engine.Modules.SelectMany(module => module.UseCases).Where(useCase => !useCase.IsInside).ToArray();
        foreach (var step in Repository.Json(Repository.Seeds("cases", file))["steps"]!.AsArray())
        {
            var send = step!["send"]!.GetValue<string>().Split(' ');
            var useCase = Assert.Single(useCases, useCase => useCase.Method == send[0] && Fits(useCase.Route, send[1]));
            Assert.NotEmpty(step["as"]!["roles"]!.AsArray().Select(role => role!.GetValue<string>())
                .Intersect(((IEnumerable<Role>)[useCase.Role, .. useCase.Also]).Select(role => role.Name())));
            step["as"]!["region"].Deserialize<RegionCode>(ClaimsJson.Options);
            var kept = new List<string>();   // a thing that was kept has one id wherever it stands, and no other has it
            var body = JsonNode.Parse(Kept().Replace(step["body"]?.ToJsonString() ?? "{}", match =>
            {
                if (!kept.Contains(match.Value)) kept.Add(match.Value);
                return Id(1 + kept.IndexOf(match.Value)).ToString();
            }))!;
            foreach (var name in Routed(useCase.Route)) body[name] = Id(1).ToString();
            var (command, faults) = StrictJson.Read(useCase.CommandType, JsonSerializer.SerializeToElement(body));
            Assert.Empty(faults);
            Assert.Empty(useCase.Validate(command!));
        }
    }

    private static TheoryData<string> In(string folder) =>
        [.. Directory.GetFiles(Repository.Seeds(folder), "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private static bool Fits(string route, string path) =>
        route.Split('/') is var parts && path.Split('/') is var given && parts.Length == given.Length
        && parts.Zip(given).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.StartsWith('{')));

    private static IEnumerable<string> Routed(string route) =>
        route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}').Split(':')[0]);

    private static System.Text.RegularExpressions.Regex Kept() => new(@"\{\w+(\.\w+)+\}");

    private static JsonNode WithMember(JsonNode node, string from, string to) =>
        With(node, to, node[from]!.GetValue<string>(), without: from);

    private static JsonNode With(JsonNode node, string member, string value, string? without = null)
    {
        var copy = node.DeepClone().AsObject();
        if (without is not null) copy.Remove(without);
        copy[member] = value;
        return copy;
    }

    private static T Read<T>(JsonNode json) where T : class
    {
        var (value, faults) = StrictJson.Read<T>(JsonSerializer.SerializeToElement(json));
        Assert.Empty(faults);
        return value!;
    }
}
