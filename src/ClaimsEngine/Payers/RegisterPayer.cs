using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Payers;

/// <summary>Finance registers an organisation that pays contributions, with the account to which its money goes back. A second person
/// confirms the account before anything is paid to it.</summary>
/// <param name="Code">1 to 40 letters, digits and hyphens: the unified social credit code, or the union's own number</param>
/// <param name="Name">word for word as programmes and plans name it in their funding</param>
/// <param name="Region">in which this name means this organisation; empty is the whole country</param>
/// <param name="Employer">code of a registered employer, where the name (用人单位) means this organisation for its certificates only</param>
public sealed record RegisterPayer(string Code, string Name, RegionCode Region, PayerAccountDetails Account, string? Employer = null)
    : Command
{
    public sealed class Validator : AbstractValidator<RegisterPayer>
    {
        public Validator()
        {
            RuleFor(c => c.Code).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
            RuleFor(c => c.Name).PlainText(200);
            RuleFor(c => c.Employer).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
            RuleFor(c => c.Account).SetValidator(new PayerAccountDetails.Validator());
        }
    }
}

/// <summary>An organisation's account as a request names it.</summary>
/// <param name="Bank">name of the bank and branch</param>
/// <param name="Number">6 to 32 digits</param>
/// <param name="Holder">the name that the bank has</param>
public sealed record PayerAccountDetails(string Bank, AccountNumber Number, string Holder)
{
    public sealed class Validator : AbstractValidator<PayerAccountDetails>
    {
        public Validator()
        {
            RuleFor(a => a.Bank).PlainText(100);
            RuleFor(a => a.Holder).PlainText(100);
        }
    }
}

public static class RegisterPayerHandler
{
    /// <param name="Existing">the payer of this code; null for none</param>
    /// <param name="Employer">that the command names; null if it names none, or there is none</param>
    /// <param name="Account">a fresh id</param>
    public sealed record Case(Payer? Existing, Employers.Employer? Employer, AccountId Account);

    public static async Task<Case> LoadAsync(RegisterPayer command, IUseCaseContext context)
    {
        var existing = await context.FindAnywhere<Payer>(PayerId.Of(command.Code).Value);
        var employer = command.Employer is { } code ? await context.Find<Employers.Employer>(EmployerId.Of(code).Value) : null;
        return new Case(existing, employer, new AccountId(context.NewId()));
    }

    public static Decision Handle(RegisterPayer command, Case found, Actor by)
    {
        if (!by.Sees(command.Region)) return Refuse.ActsElsewhere(by, "region");
        if (command.Employer is not null && found.Employer is null)
            return new Refusal(Refuse.UnknownEmployer, "there is no such employer", "employer");
        if (found.Existing is { } known)
            return (known.Name, known.Region, known.Employer) == (command.Name, command.Region, command.Employer)
                && (known.Account ?? known.Proposed?.Account)?.IsLike(command.Account) == true ? Decision.Nothing
                : new Refusal(Refuse.PayerExists, $"payer {command.Code} is registered with other content", "code");
        var id = PayerId.Of(command.Code).Value;
        return Decision.Begin<Payer>(id, new PayerRegistered(
                command.Code, command.Name, command.Region, command.Employer, found.Account, command.Account.Bank, command.Account.Number,
                command.Account.Holder, by.Id, by.OnBehalfOf))
            .Taking(Payer.Key(command.Name, command.Region, command.Employer), id,
                new Refusal(Refuse.PayerExists, "another payer has this name here", "name"));
    }
}
