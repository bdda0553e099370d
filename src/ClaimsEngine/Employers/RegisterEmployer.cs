using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Employers;

/// <summary>Registers an employer, so that its people can be enrolled together.</summary>
/// <param name="Code">1 to 40 letters, digits and hyphens: the unified social credit code, or the union's own number</param>
/// <param name="Region">where the employer's union is</param>
/// <param name="Staff">people, 1 to 10,000,000</param>
/// <param name="Women">of them</param>
public sealed record RegisterEmployer(string Code, string Name, RegionCode Region, int Staff, int Women) : Command
{
    public sealed class Validator : AbstractValidator<RegisterEmployer>
    {
        public Validator()
        {
            RuleFor(c => c.Code).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
            RuleFor(c => c.Name).PlainText(200);
            RuleFor(c => c.Region).Must(region => region.Level > 0).WithMessage("an employer lies in a province, city or district");
            RuleFor(c => c.Staff).InclusiveBetween(1, CountStaff.Most);
            RuleFor(c => c.Women).InclusiveBetween(0, CountStaff.Most).LessThanOrEqualTo(c => c.Staff).WithMessage("are part of the staff");
        }
    }
}

public static class RegisterEmployerHandler
{
    public static Task<Employer?> LoadAsync(RegisterEmployer command, IUseCaseContext context) =>
        context.FindAnywhere<Employer>(EmployerId.Of(command.Code).Value);

    public static Decision Handle(RegisterEmployer command, Employer? existing, Actor by)
    {
        if (!by.Sees(command.Region)) return Refuse.ActsElsewhere(by, "region");
        if (existing is null)
            return Decision.Begin<Employer>(
                EmployerId.Of(command.Code).Value,
                new EmployerRegistered(command.Code, command.Name, command.Region, command.Staff, command.Women, by.Id));
        return (existing.Name, existing.Region, existing.Staff, existing.Women) == (command.Name, command.Region,
            command.Staff, command.Women)
            ? Decision.Nothing
            : new Refusal(Refuse.EmployerExists, $"employer {command.Code} is registered with another name, region or staff", "code");
    }
}
