using ClaimsEngine.Programmes;
using FluentValidation;

namespace ClaimsEngine.Contributions;

/// <summary>Finance asks a payer for what it owes on certificates of a programme at this moment, those of the own region. A share that is
/// in an open call already is left out: nobody is asked for the same money twice.</summary>
/// <param name="Payer">one of the programme's payers, word for word</param>
/// <param name="Employer">code of the employer whose certificates are meant; null is all</param>
/// <param name="DueOn">last day in time, not before today</param>
public sealed record CallContributions(string Programme, string Payer, LocalDate DueOn, string? Employer = null) : Command
{
    /// <summary>Certificates of one call.</summary>
    internal const int Most = 50_000;

    public sealed class Validator : AbstractValidator<CallContributions>
    {
        public Validator()
        {
            RuleFor(c => c.Programme).NotEmpty().MaximumLength(80);
            RuleFor(c => c.Payer).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Employer).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
        }
    }
}

public static class CallContributionsHandler
{
    /// <summary>Lines of one event.</summary>
    private const int Part = 2_000;

    public static async Task<(Programme?, IReadOnlyList<ShareOwed>, ContributionCallId)> LoadAsync(
        CallContributions command, IUseCaseContext context)
    {
        var programme = await context.Find<Programme>(ProgrammeId.Of(command.Programme).Value);
        var owed = programme is null ? [] : await context.SharesOwed(new OwedShares(
            command.Programme, command.Payer, command.Employer, context.By.Region, CallContributions.Most));
        return (programme, owed, new ContributionCallId(context.NewId()));
    }

    public static Decision Handle(
        CallContributions command, Programme? programme, IReadOnlyList<ShareOwed> owed, ContributionCallId id, Actor by, LocalDate today)
    {
        if (programme is null) return new Refusal(Refuse.UnknownProgramme, $"there is no programme {command.Programme}", "programme");
        if (programme.Funding.All(share => share.Payer != command.Payer))
            return new Refusal(Refuse.UnknownPayer,
                $"the payers are {string.Join(", ", programme.Funding.Select(known => known.Payer))}", "payer");
        if (command.DueOn < today) return new Refusal(Refuse.InvalidRequest, $"today is {today:uuuu-MM-dd}", "dueOn");
        if (owed.Count == 0) return new Refusal(Refuse.NothingOwed, "nothing is left, or all of it is in open calls");
        if (owed.Count > CallContributions.Most)
            return new Refusal(Refuse.CallTooLarge, "the payer owes on more certificates; name an employer", "employer");

        var region = owed.Select(share => share.Region).Aggregate(RegionCode.Shared);
        var number = ReferenceNumber.For('F', region, today, id.Value);
        var lines = owed.Select(share => new CallLine(share.Enrolment, share.CertificateNumber, share.Left)).ToArray();
        return Decision.Begin<ContributionCall>(id.Value,
            [
                new ContributionCalled(
                    id, number, programme.Plan, programme.Code, command.Payer, command.Employer, region, today, command.DueOn,
                    lines.Length, Money.Sum(lines.Select(line => line.Amount)), by.Id, by.OnBehalfOf),
                .. lines.Chunk(Part).Select(part => new CallLinesListed(part)),
            ])
            .Taking(new UniqueKey("call-number", number), id.Value)
            .Taking(lines.Select(line => ContributionCall.ShareKey(line.Enrolment, command.Payer)), id.Value,
                new Refusal(Refuse.ShareCalled, "somebody called for one of them at the same moment"));
    }
}
