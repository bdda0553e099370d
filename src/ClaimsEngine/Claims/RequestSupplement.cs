using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>Asks the claimant for all that is missing, in one notice. The office's clock stands still until the papers are there; if they
/// do not come in time, the claim is closed.</summary>
/// <param name="Kinds">papers that are needed beside those that the plan asks for, or once more; null for none</param>
/// <param name="Text">what the claimant is told beside the list</param>
public sealed record RequestSupplement(ClaimId Claim, IReadOnlyList<string>? Kinds = null, string? Text = null) : Command
{
    public sealed class Validator : AbstractValidator<RequestSupplement>
    {
        public Validator()
        {
            RuleFor(c => c.Kinds).Must(kinds => kinds is null or { Count: > 0 and <= 20 })
                .WithMessage("1 to 20 kinds; left out where only what is missing is asked for");
            RuleFor(c => c.Text).MaximumLength(500);
        }
    }
}

public static class RequestSupplementHandler
{
    public static async Task<(Claim, PlanVersion)> LoadAsync(RequestSupplement command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await Plan.BoundVersion(context, claim.Plan, claim.PlanVersion));
    }

    public static Decision Handle(RequestSupplement command, Claim claim, PlanVersion version, Actor by, LocalDate today)
    {
        if (!claim.IsOpen) return claim.NotOpen();
        var known = version.Card.Documents.Values.SelectMany(kinds => kinds).ToHashSet();
        for (var i = 0; i < command.Kinds?.Count; i++)
            if (!known.Contains(command.Kinds[i]))
                return new Refusal(Refuse.UnknownDocumentKind, $"the plan knows no paper {command.Kinds[i]}", $"kinds.{i}");
        var missing = claim.MissingDocuments;
        string[] wanted = [.. missing.Union(command.Kinds ?? [])];
        if (wanted.Length == 0)
            return new Refusal(Refuse.NothingMissing, "no paper is missing; name the kinds that are needed beside them", "kinds");
        if (claim.Deadline is { Step: ClaimStep.Supplement } open)
            return wanted.Length == missing.Count && command.Text == claim.Supplement!.Text ? Decision.Nothing
                : new Refusal(Refuse.SupplementOpen, $"the claimant has been asked and may answer until {open.DueOn:uuuu-MM-dd}");

        var stopped = claim.Deadline is { Step: not ClaimStep.Check } running ? running : null;
        return Decision.On(claim, new SupplementRequested(
            wanted, [.. wanted.Except(missing)], command.Text, Deadline.For(ClaimStep.Supplement, claim.Region, today), stopped?.Step,
            stopped?.Left(claim.Region, today), by.Id));
    }
}
