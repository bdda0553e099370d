using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Bars;

/// <summary>
/// Proposes to bar a person on record for a time. The bar holds where who proposes it acts, and below: an office bars for its own place, a
/// province for all its offices. Nobody is barred before a second person has confirmed it.
/// </summary>
/// <param name="From">first day; the day of entry, or of the application, counts</param>
/// <param name="To">last day, inclusive</param>
/// <param name="EnrolmentId">a certificate of the person; either this or the number is named</param>
/// <param name="IdNumber">of a person who was first entered in the own region</param>
public sealed record ProposeBar(
    BarScope Scope, LocalDate From, LocalDate To, string Reason, EnrolmentId? EnrolmentId = null, IdentityNumber? IdNumber = null)
    : Command
{
    public sealed class Validator : AbstractValidator<ProposeBar>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
            RuleFor(c => c.To).Must((c, _) => c.From <= c.To).WithMessage("the last day is not before the first");
            RuleFor(c => c.EnrolmentId).Must((c, _) => c.EnrolmentId is null != c.IdNumber is null)
                .WithMessage("name either an enrolment or an identity number");
        }
    }
}

public static class ProposeBarHandler
{
    /// <summary>Whom it is about.</summary>
    /// <param name="Person">null where nobody is found</param>
    public sealed record Case(Person? Person, BarId Id);

    public static async Task<Case> LoadAsync(ProposeBar command, IUseCaseContext context)
    {
        var id = new BarId(context.NewId());
        if (command.EnrolmentId is { } enrolment)
            return new Case(await context.Find<Enrolment>(enrolment.Value) is { } found
                ? await context.Get<Person>(found.Member.Value) : null, id);
        var owner = await context.OwnerOf(Person.Key(context.IdentityHash(command.IdNumber!.Value)));
        // somebody from elsewhere is as unknown as nobody
        return new Case(owner is { } stream ? await context.Find<Person>(stream) : null, id);
    }

    public static Decision Handle(ProposeBar command, Case found, Actor by) => found switch
    {
        { Person: { } person } => Decision.Begin<Bar>(found.Id.Value, new BarProposed(
            found.Id, person.Id, command.Scope, by.Region, command.From, command.To, command.Reason, by.Id,
            by.OnBehalfOf)),
        _ when command.EnrolmentId is not null => new Refusal(Refuse.UnknownEnrolment, "there is no such enrolment", "enrolmentId"),
        _ => new Refusal(Refuse.NoSuchMember, "nobody of your region has this identity number", "idNumber"),
    };
}
