using System.Text;

namespace ClaimsEngine.Specs.Matrix;

/// <summary>Runs every command in every state of a kind of case, and writes down what came of it.</summary>
public static class CommandMatrix
{
    private const int Widest = 138;

    private static readonly HashSet<string> Codes = [.. Refuse.All.Select(rule => rule.Code)];

    /// <summary>
    /// The table of a kind of case. A row for each command, a column for each state, cut into blocks that fit on a page. In a cell stands
    /// the code of the refusal, a dash where it was so already, or <c>done</c>: the lines below say which events that stored. Where one
    /// command stores this here and that there, the second is <c>done 2</c>.
    /// </summary>
    public static string TableOf(IFamily family)
    {
        var states = family.States.Select(state => (state.Name, Built: state.Build())).ToArray();
        Assert.Empty(family.Unshown(states.Select(state => state.Built)));
        var trials = Trials.All.Where(trial => trial.Family == family.Name).ToArray();
        var (columns, stored) = (states.Select(state => new List<string> { state.Name }).ToArray(), new StringBuilder());
        foreach (var trial in trials)
        {
            var kinds = new List<string>();
            foreach (var (column, state) in columns.Zip(states))
            {
                var (word, events) = Cell(trial, state.Name, state.Built.Copy());
                if (events is not null && !kinds.Contains(events)) kinds.Add(events);
                column.Add(word ?? Done(kinds.IndexOf(events!)));
            }
            foreach (var (place, events) in kinds.Index()) stored.Append($"{trial.Command.Name} {Done(place)}: {events}\n");
        }
        return Blocks([family.Name, .. trials.Select(trial => trial.Command.Name)], columns) + "\n" + stored;
    }

    private static string Done(int place) => place == 0 ? "done" : $"done {place + 1}";

    /// <returns>what stands in the cell; or, where something was stored, the events</returns>
    private static (string? Word, string? Events) Cell(Trial trial, string state, Built built)
    {
        var place = $"{trial.Command.Name} in state '{state}'";
        try
        {
            var (world, command) = (built.World, trial.Make(built));
            var first = Run(world, trial, command, place);
            var again = Run(world, trial, command, $"{place}, again");
            // what was done is so already, or another rule forbids it now: deciding twice changes nothing
            if (trial.RepeatsBecause is null) Assert.True(again.Refusal is not null || again.IsNothing, $"{place} is stored a second time");
            return first.Refusal is { } refusal ? (refusal.Code, null) : first.IsNothing ? ("-", null)
                : (null, string.Join(" + ", first.Events.Select(data => EventTypes.NameFor(data.GetType())).Distinct()));
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{place} fails", exception);
        }
    }

    /// <summary>Runs it and asks of the whole world what must always hold. A refusal has a listed code, and stores nothing.</summary>
    private static Decision Run(World world, Trial trial, Command command, string place)
    {
        var before = world.Copy();
        var decision = world.Do(trial.Actor, command);
        if (decision.Refusal is { } refusal) Assert.True(Codes.Contains(refusal.Code), $"{place}: {refusal.Code} is not listed");
        if (decision.Refusal is not null || decision.IsNothing) Same(before, world, place);
        Invariants.Hold(world, place);
        return decision;
    }

    private static void Same(World before, World after, string place)
    {
        Assert.True(before.Events.SequenceEqual(after.Events), $"{place}: events were stored");
        Assert.True(before.Keys.OrderBy(pair => pair.Key.ToString()).SequenceEqual(after.Keys.OrderBy(pair => pair.Key.ToString())),
            $"{place}: keys changed");
        Assert.True(before.Places.OrderBy(pair => pair.Key).SequenceEqual(after.Places.OrderBy(pair => pair.Key)),
            $"{place}: places changed");
    }

    private static string Blocks(string[] rows, IReadOnlyList<List<string>> columns)
    {
        var text = new StringBuilder();
        var (head, next) = (rows.Max(row => row.Length), 0);
        while (next < columns.Count)
        {
            var (first, width) = (next, head);
            while (next < columns.Count && (next == first || width + 3 + Width(columns[next]) <= Widest))
                width += 3 + Width(columns[next++]);
            if (first > 0) text.Append('\n');
            for (var row = 0; row < rows.Length; row++)
            {
                var cells = columns.Skip(first).Take(next - first).Select(column => column[row].PadRight(Width(column)));
                text.Append(string.Join(" | ", cells.Prepend(rows[row].PadRight(head))).TrimEnd()).Append('\n');
                if (row == 0) text.Append(new string('-', width)).Append('\n');
            }
        }
        return text.ToString();
    }

    private static int Width(List<string> column) => column.Max(cell => cell.Length);
}
