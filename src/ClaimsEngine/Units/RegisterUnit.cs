using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Units;

/// <summary>Registers a unit, so that its people can be enrolled together.</summary>
/// <param name="Code">1 to 40 letters, digits and hyphens: the unified social credit code, or the union's own number</param>
/// <param name="Region">where the unit's union is</param>
/// <param name="Staff">people, 1 to 10,000,000</param>
/// <param name="Women">of them</param>
public sealed record RegisterUnit(string Code, string Name, RegionCode Region, int Staff, int Women)
{
    public sealed class Validator : AbstractValidator<RegisterUnit>
    {
        public Validator()
        {
            RuleFor(c => c.Code).Matches(UnitId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
            RuleFor(c => c.Name).PlainText(200);
            RuleFor(c => c.Region).Must(region => region.Level > 0).WithMessage("a unit lies in a province, city or district");
            RuleFor(c => c.Staff).InclusiveBetween(1, CountStaff.Most);
            RuleFor(c => c.Women).InclusiveBetween(0, CountStaff.Most).LessThanOrEqualTo(c => c.Staff).WithMessage("are part of the staff");
        }
    }
}

public static class RegisterUnitHandler
{
    public static async Task<Decision> Run(RegisterUnit command, IUseCaseContext context) =>
        Handle(command, await context.FindAnywhere<Unit>(UnitId.Of(command.Code).Value), context.By);

    public static Decision Handle(RegisterUnit command, Unit? existing, Actor by)
    {
        if (!by.Sees(command.Region)) return new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name} only", "region");
        if (existing is null)
            return Decision.On<Unit>(UnitId.Of(command.Code).Value, new UnitRegistered(command.Code, command.Name, command.Region, command.Staff, command.Women, by.Id));
        return (existing.Name, existing.Region, existing.Staff, existing.Women) == (command.Name, command.Region, command.Staff, command.Women)
            ? Decision.Nothing
            : new Refusal(Refuse.UnitExists, $"unit {command.Code} is registered with another name, region or staff", "code");
    }
}
