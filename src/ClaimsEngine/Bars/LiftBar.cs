using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Bars;

/// <summary>An approver lifts a bar before its last day, or rejects one that is proposed. It is in the person's favour, so one is
/// enough.</summary>
public sealed record LiftBar(BarId Bar, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<LiftBar>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class LiftBarHandler
{
    public static async Task<(Bar, Person)> LoadAsync(LiftBar command, IUseCaseContext context)
    {
        var bar = await context.Get<Bar>(command.Bar.Value);
        return (bar, await context.Get<Person>(bar.Person.Value));
    }

    public static Decision Handle(LiftBar command, Bar bar, Person person, Actor by)
    {
        if (bar.Status == BarStatus.Lifted) return Decision.Nothing;
        var lifted = Decision.On(bar, new BarLifted(command.Reason, by.Id));
        return bar.Status == BarStatus.Proposed ? lifted
            : lifted.And(Decision.On(person, new PersonUnbarred(bar.Id, by.Id)).Within(bar.Region));
    }
}
