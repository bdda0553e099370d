namespace ClaimsEngine.Specs.Matrix;

/// <summary>
/// Every command in every state. The tables beside this file are the rules as a reader sees them: whoever changes a rule changes a cell,
/// and reviews it.
/// </summary>
public class MatrixSpecs
{
    public static TheoryData<string> Kinds => [.. Trials.Families.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_command_in_every_state_does_what_the_table_says(string kind)
    {
        var table = CommandMatrix.TableOf(Trials.Families.Single(family => family.Name == kind));
        var path = Path.Combine(Repository.Root, "tests", "ClaimsEngine.Specs", "Matrix", "tables", $"{kind}.txt");
        var written = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(table == written, $"the rules are no longer those of {path}. If they are as they should be, write there:\n{table}");
    }

    [Fact]
    public void Every_command_has_one_sample_and_it_is_tried_on_the_case_that_it_is_addressed_to()
    {
        var useCases = Engine.Modules.SelectMany(module => module.UseCases).ToArray();
        Assert.Equal(useCases.Select(useCase => useCase.CommandType.Name).Order(), Trials.All.Select(trial => trial.Command.Name).Order());
        foreach (var trial in Trials.All.Where(trial => !trial.UseCase.Creates))
            Assert.Equal(trial.UseCase.AggregateType, Trials.Families.Single(family => family.Name == trial.Family).Kind);
    }
}
