using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>The member works for another unit now; the certificate goes along.</summary>
/// <param name="Unit">code of the unit: 1 to 40 letters, digits and hyphens</param>
public sealed record ChangeUnit(EnrolmentId Enrolment, string Unit)
{
    public sealed class Validator : AbstractValidator<ChangeUnit>
    {
        public Validator() => RuleFor(c => c.Unit).Matches("^[A-Za-z0-9-]{1,40}\\z").WithMessage("a unit's code has 1 to 40 letters, digits and hyphens");
    }
}

public static class ChangeUnitHandler
{
    public static async Task<Decision> Run(ChangeUnit command, IUseCaseContext context) =>
        await context.Find<Enrolment>(command.Enrolment.Value) is { } enrolment ? Handle(command, enrolment, context.By) : Refuse.NotFound("enrolment");

    public static Decision Handle(ChangeUnit command, Enrolment enrolment, Actor by) =>
        enrolment.Status is not (EnrolmentStatus.Pending or EnrolmentStatus.InForce) ? Refuse.WrongStateOf("enrolment", enrolment.Status, "pending", "inForce")
        : enrolment.Unit == command.Unit ? Decision.Nothing
        : Decision.On<Enrolment>(enrolment.StreamId, new UnitChanged(enrolment.Unit, command.Unit, by.Id));
}
