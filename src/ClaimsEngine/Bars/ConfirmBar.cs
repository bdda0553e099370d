using ClaimsEngine.Members;

namespace ClaimsEngine.Bars;

/// <summary>A second person confirms a bar: from now on every way in asks for it. Four eyes: never who proposed it.</summary>
public sealed record ConfirmBar(BarId Bar) : Command;

public static class ConfirmBarHandler
{
    public static async Task<(Bar, Person)> LoadAsync(ConfirmBar command, IUseCaseContext context)
    {
        var bar = await context.Get<Bar>(command.Bar.Value);
        return (bar, await context.Get<Person>(bar.Person.Value));
    }

    public static Decision Handle(ConfirmBar command, Bar bar, Person person, Actor by) => bar switch
    {
        _ when by.ActsAs(bar.ProposedBy, bar.ProposedFor) => Refuse.SamePerson(by, "proposed the bar", "confirm it"),
        { Status: BarStatus.Confirmed } when bar.ConfirmedBy == by.Id => Decision.Nothing,
        { Status: not BarStatus.Proposed } => Refuse.WrongStateOf("bar", bar.Status, "proposed"),
        _ => Decision.On(bar, new BarConfirmed(by.Id))
            .And(Decision.On(person, new PersonBarred(bar.Id, bar.Ways, bar.Region, bar.From, bar.To, by.Id)).Within(bar.Region)),
    };
}
