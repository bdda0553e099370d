using FluentValidation;

namespace ClaimsEngine.Members;

/// <summary>
/// What stands on record about a person was wrong, or has changed: a fact corrects it from now on, and what was known before stays in the
/// history. The identity number is who the person is and stays; accounts keep the holder's name as the bank has it.
/// </summary>
/// <param name="Name">as it should be; null leaves it</param>
/// <param name="Phone">as it should be; null leaves it</param>
public sealed record CorrectPerson(PersonId Person, string Reason, string? Name = null, string? Phone = null) : Command
{
    public sealed class Validator : AbstractValidator<CorrectPerson>
    {
        public Validator()
        {
            RuleFor(c => c.Name!).PlainText(60).When(c => c.Name is not null);
            RuleFor(c => c.Phone).Matches("^\\+?[0-9 -]{5,20}\\z").WithMessage("a telephone number has 5 to 20 digits");
            RuleFor(c => c.Name).NotNull().When(c => c.Phone is null).WithMessage("name what is to be corrected: name, phone or both");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class CorrectPersonHandler
{
    public static Task<Person> LoadAsync(CorrectPerson command, IUseCaseContext context) => context.Get<Person>(command.Person.Value);

    public static Decision Handle(CorrectPerson command, Person person, Actor by)
    {
        var name = command.Name == person.Name ? null : command.Name;
        var phone = command.Phone == person.Phone ? null : command.Phone;
        return name is null && phone is null ? Decision.Nothing
            : Decision.On(person, new PersonCorrected(name, phone, command.Reason, by.Id));
    }
}
