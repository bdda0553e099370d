namespace ClaimsEngine.Specs;

public class FieldDifferenceSpecs
{
    [Fact]
    public void A_card_does_not_differ_from_itself_however_its_members_are_ordered()
    {
        Assert.Empty(Between(ACard(), ACard()));
        Assert.Empty(Between("""{"a":1,"b":{"c":2,"d":3}}""", """{"b":{"d":3,"c":2},"a":1}"""));
    }

    [Fact]
    public void What_changed_is_named_by_its_path_with_both_values() => Assert.Equal(
        ["prices.0.perUnit: \"120.00\" → \"150.00\"", "caps.perPeriod: \"120000.00\" → \"1.00\""],
        Between(ACard(), ACard(card =>
        {
            card["caps"]!["perPeriod"] = "1.00";
            card["prices"]![0]!["perUnit"] = "150.00";
        })));

    [Fact]
    public void What_is_new_has_no_value_before_and_what_is_gone_none_after() => Assert.Equal(
        ["waiting: nothing → [{\"days\":30}]", "caps: {\"perPeriod\":\"1.00\"} → nothing"],
        Between("""{"format":2,"caps":{"perPeriod":"1.00"}}""", """{"format":2,"waiting":[{"days":30}]}"""));

    [Fact]
    public void A_list_differs_by_its_places()
    {
        Assert.Equal(["a.1: 2 → 9"], Between("""{"a":[1,2,3]}""", """{"a":[1,9,3]}"""));
        Assert.Equal(["a.2: nothing → 3"], Between("""{"a":[1,2]}""", """{"a":[1,2,3]}"""));
        Assert.Equal(["a.1: 2 → nothing", "a.2: 3 → nothing"], Between("""{"a":[1,2,3]}""", """{"a":[1]}"""));
        Assert.Equal(["a.0.b: 1 → 2"], Between("""{"a":[{"b":1}]}""", """{"a":[{"b":2}]}"""));
    }

    [Fact]
    public void Another_kind_of_value_is_another_value() =>
        Assert.Equal(["a: {\"b\":1} → [1]"], Between("""{"a":{"b":1}}""", """{"a":[1]}"""));

    [Fact]
    public void Beside_nothing_the_whole_card_differs()
    {
        var difference = Assert.Single(FieldDifference.Between(null, ACard()));
        Assert.Equal(("", (JsonElement?)null), (difference.Path, difference.Before));
    }

    [Fact]
    public void A_plan_shows_each_version_beside_the_one_before_it_and_the_first_beside_none()
    {
        var plan = APlanOfTwoVersions();
        Assert.Empty(PlanVersionView.Of(plan, plan.Versions[0]).Differences);
        Assert.Equal(["prices.0.perUnit"], PlanVersionView.Of(plan, plan.Versions[1]).Differences.Select(difference => difference.Path));
        var proposed = plan.After(VersionProposed(3, new LocalDate(2027, 1, 1)));
        var view = PlanVersionView.Of(proposed, proposed.Proposal!);
        Assert.Equal((3, PlanVersionStatus.Proposed, "prices.0.perUnit", null),
            (view.Version, view.Status, Assert.Single(view.Differences).Path, view.ConfirmedBy));
    }

    private static IEnumerable<string> Between(string before, string after) =>
        Between(JsonDocument.Parse(before).RootElement, JsonDocument.Parse(after).RootElement);

    private static IEnumerable<string> Between(JsonElement before, JsonElement after) => FieldDifference.Between(before, after)
        .Select(difference =>
            $"{difference.Path}: {difference.Before?.GetRawText() ?? "nothing"} → {difference.After?.GetRawText() ?? "nothing"}");
}
