using System.Reflection;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Specs.House;

/// <summary>What an exported table needs of seeds/exports/headings.json: a title, headings, and Chinese words for codes.</summary>
public sealed partial class HeadingSpecs
{
    private static readonly ListRoute[] Lists = [.. Engine.Modules.SelectMany(module => module.Lists)];

    private static readonly (ListRoute List, PropertyInfo Property)[] Columns =
        [.. Lists.SelectMany(list => list.Model.RowType.GetProperties().Select(property => (list, property)))];

    [Fact]
    public void Every_list_has_a_title_and_every_column_of_its_rows_a_heading_in_Chinese()
    {
        (string Table, string Name)[] names =
        [
            .. Columns.Select(column => (column.List.Model.Table, Camel(column.Property.Name))),
            .. Lists.SelectMany(list => ((string[])["id", "version", "recordedFrom"]).Select(name => (list.Model.Table, name))),
            .. Lists.Where(list => list.Person is not null).Select(list => (list.Model.Table, list.Person!.Shown)),
        ];
        Assert.All(Lists, list => Assert.Matches(Chinese(), Headings.Title(list.Model.Table)));
        Assert.All(names, column => Assert.Matches(Chinese(), Headings.Of(column.Table, column.Name)));
    }

    [Fact]
    public void No_two_columns_of_a_list_have_the_same_heading() => Assert.All(Lists, list =>
    {
        var headings = list.Model.RowType.GetProperties().Select(property => Camel(property.Name))
            .Concat(["id", "version", "recordedFrom"]).Concat(list.Person is { } person ? [person.Shown] : [])
            .Select(name => Headings.Of(list.Model.Table, name)).ToArray();
        Assert.Equal(headings.Distinct(), headings);
    });

    [Fact]
    public void Every_name_of_an_enum_in_a_list_has_words_of_its_own_in_Chinese()
    {
        var enums = Columns.Select(column => Nullable.GetUnderlyingType(column.Property.PropertyType) ?? column.Property.PropertyType)
            .Where(type => type.IsEnum).Distinct();
        Assert.All(enums, type =>
        {
            var words = Headings.WordsOf(type);
            Assert.Equal(Enum.GetNames(type).Select(Camel).Order(), words.Keys.Order());
            Assert.Equal(words.Values.Distinct(), words.Values);
            Assert.All(words.Values, word => Assert.Matches(Chinese(), word));
        });
    }

    [Fact]
    public void The_heading_of_one_table_goes_before_the_one_of_all_tables()
    {
        Assert.Equal("付款批次", Headings.Of("payouts", "batch"));
        Assert.Equal("批次号", Headings.Of("payment_batches", "number"));
        Assert.Equal("编号", Headings.Of("another", "number"));
    }

    [Fact]
    public void What_has_no_words_says_so()
    {
        Assert.Throws<KeyNotFoundException>(() => Headings.Of("payouts", "colour"));
        Assert.Throws<KeyNotFoundException>(() => Headings.Title("colours"));
        Assert.Throws<KeyNotFoundException>(() => Headings.WordsOf(typeof(DayOfWeek)));
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"^[\u4e00-\u9fff]+([（）\u4e00-\u9fff]+)?$")]
    private static partial Regex Chinese();
}
