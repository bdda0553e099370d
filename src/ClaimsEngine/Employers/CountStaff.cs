using FluentValidation;

namespace ClaimsEngine.Employers;

/// <summary>Tells how many people an employer has now: what its participation is measured by.</summary>
/// <param name="Staff">people, 1 to 10,000,000</param>
/// <param name="Women">of them</param>
public sealed record CountStaff(string Employer, int Staff, int Women) : Command
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
    public static Task<Employer> LoadAsync(CountStaff command, IUseCaseContext context) =>
        context.Get<Employer>(EmployerId.Of(command.Employer).Value);

    public static Decision Handle(CountStaff command, Employer employer, Actor by) =>
        (command.Staff, command.Women) == (employer.Staff, employer.Women)
        ? Decision.Nothing
        : Decision.On(employer, new StaffCounted(command.Staff, command.Women, by.Id));
}
