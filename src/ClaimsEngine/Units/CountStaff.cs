using FluentValidation;

namespace ClaimsEngine.Units;

/// <summary>Tells how many people a unit has now: what its participation is measured by.</summary>
/// <param name="Staff">people, 1 to 10,000,000</param>
/// <param name="Women">of them</param>
public sealed record CountStaff(string Unit, int Staff, int Women)
{
    internal const int Most = 10_000_000;

    public sealed class Validator : AbstractValidator<CountStaff>
    {
        public Validator()
        {
            RuleFor(c => c.Staff).InclusiveBetween(1, Most);
            RuleFor(c => c.Women).InclusiveBetween(0, Most).LessThanOrEqualTo(c => c.Staff).WithMessage("are part of the staff");
        }
    }
}

public static class CountStaffHandler
{
    public static async Task<Decision> Run(CountStaff command, IUseCaseContext context) =>
        await context.Find<Unit>(UnitId.Of(command.Unit).Value) is { } unit ? Handle(command, unit, context.By) : Refuse.NotFound("unit");

    public static Decision Handle(CountStaff command, Unit unit, Actor by) => (command.Staff, command.Women) == (unit.Staff, unit.Women)
        ? Decision.Nothing
        : Decision.On<Unit>(unit.StreamId, new StaffCounted(command.Staff, command.Women, by.Id));
}
