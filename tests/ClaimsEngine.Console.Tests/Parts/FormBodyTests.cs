using ClaimsEngine.Console.Parts;
using Microsoft.Extensions.Primitives;

namespace ClaimsEngine.Console.Tests.Parts;

public sealed class FormBodyTests
{
    [Fact]
    public void Names_with_dots_become_objects_and_numbers_in_them_become_lists() => Becomes(
        """{"person":{"name":"样例人","account":{"number":"62"}},"heirs":[{"relation":"child"},{"relation":"spouse"}]}""",
        ("person.name", FieldKind.Text, "样例人"), ("person.account.number", FieldKind.Text, "62"),
        ("heirs.1.relation", FieldKind.Choice, "spouse"), ("heirs.0.relation", FieldKind.Choice, "child"));

    [Fact]
    public void A_list_closes_up_where_a_line_was_left_empty() => Becomes(
        """{"heirs":[{"relation":"child"},{"relation":"parent"}]}""",
        ("heirs.0.relation", FieldKind.Choice, "child"), ("heirs.1.relation", FieldKind.Choice, ""),
        ("heirs.2.relation", FieldKind.Choice, "parent"));

    [Fact]
    public void More_than_ten_lines_stay_in_their_order() => Becomes(
        $$"""{"lines":[{{string.Join(',', Enumerable.Range(0, 12).Select(line => $"\"{line}\""))}}]}""",
        [.. Enumerable.Range(0, 12).Select(line => ($"lines.{line}", FieldKind.Text, $"{line}"))]);

    [Fact]
    public void What_is_empty_is_absent() => Becomes(
        "{}", ("a", FieldKind.Text, ""), ("b.c", FieldKind.Number, "   "), ("d", FieldKind.Flag, ""), ("e", FieldKind.Money, ""));

    [Fact]
    public void Text_loses_the_spaces_around_it_and_nothing_else() =>
        Becomes("""{"note":"a  b\nc"}""", ("note", FieldKind.Area, "  a  b\nc "));

    [Theory]
    [InlineData("12", "12")]
    [InlineData("-3", "-3")]
    [InlineData("1.5", "\"1.5\"")]
    [InlineData("12a", "\"12a\"")]
    [InlineData("99999999999999999999", "\"99999999999999999999\"")]
    public void A_number_is_a_number_and_anything_else_goes_as_it_was_typed(string typed, string json) =>
        Becomes($$"""{"units":{{json}}}""", ("units", FieldKind.Number, typed));

    [Theory]
    [InlineData("120,000", "120000.00")]
    [InlineData("120000.5", "120000.50")]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("0.001", "0.001")]
    [InlineData("many", "many")]
    public void Money_is_written_as_the_API_takes_it_and_never_rounded(string typed, string sent) =>
        Becomes($$"""{"amount":"{{sent}}"}""", ("amount", FieldKind.Money, typed));

    [Fact]
    public void A_flag_that_is_set_is_true_and_one_that_is_not_is_absent() =>
        Becomes("""{"yes":true}""", ("yes", FieldKind.Flag, "true"), ("no", FieldKind.Flag, ""));

    [Fact]
    public void Several_choices_become_a_list()
    {
        var body = FormBody.Of([("kinds", FieldKind.Many), ("none", FieldKind.Many)],
            name => name == "kinds" ? new StringValues(["a", "", "b"]) : StringValues.Empty);
        Assert.Equal("""{"kinds":["a","b"]}""", body.ToJsonString());
    }

    [Fact]
    public void Fields_that_a_page_does_not_have_are_not_sent() =>
        Assert.Equal("{}", FormBody.Of([], _ => "whatever else was in the form").ToJsonString());

    private static void Becomes(string json, params (string Name, FieldKind Kind, string Text)[] fields)
    {
        var body = FormBody.Of(
            fields.Select(field => (field.Name, field.Kind)), name => fields.First(field => field.Name == name).Text);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(json), body), body.ToJsonString());
    }
}
