using ClaimsEngine.Enrolments;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// A refusal is upheld or reversed on appeal. Another person decides than who submitted, assessed or refused the claim or recorded the
/// appeal, and a union of a higher level than the one that refused; after the national office another person is enough. A claim whose
/// refusal is reversed is open again: it is assessed and decided anew.
/// </summary>
/// <param name="Outcome">whether the refusal stands</param>
/// <param name="Clause">the clause of the plan that the refusal rests on; only where it stands</param>
public sealed record DecideAppeal(ClaimId Claim, AppealOutcome Outcome, string Reason, string? Clause = null) : Command
{
    public sealed class Validator : AbstractValidator<DecideAppeal>
    {
        public Validator()
        {
            RuleFor(c => c.Outcome).IsInEnum();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Clause).MaximumLength(200);
            RuleFor(c => c.Clause).Null().When(c => c.Outcome == AppealOutcome.Reversed)
                .WithMessage("only a refusal that stands rests on a clause");
        }
    }
}

public static class DecideAppealHandler
{
    /// <returns>the claim, its certificate, and what the member has claimed; null for nothing on record</returns>
    public static async Task<(Claim, Enrolment, MembersClaims?)> LoadAsync(DecideAppeal command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await context.Get<Enrolment>(claim.Enrolment.Value), await MembersClaims.Of(claim.Member, context));
    }

    public static Decision Handle(
        DecideAppeal command, Claim claim, Enrolment enrolment, MembersClaims? others, Actor by, LocalDate today)
    {
        if (claim.Appeal is not { Withdrawn: null } appeal) return Refuse.WrongStateOf("claim", claim.Status, "appealed");
        // who reversed the refusal has handled the claim since, and may yet repeat the request
        if (appeal.DecidedBy != by.Id && NotAllowed(claim, appeal, by) is { } refusal) return refusal;
        if (appeal.Outcome is { } decided)
            return decided == command.Outcome ? Decision.Nothing
                : new Refusal(Refuse.AppealDecided, $"on appeal the refusal was {decided.ToString().ToLowerInvariant()}");
        if (command.Outcome == AppealOutcome.Upheld)
            return Decision.On(claim, new RefusalUpheld(command.Reason, command.Clause, by.Id, by.OnBehalfOf));
        return enrolment.Covers(claim.Incident.Date) ? Reopened(command, claim, enrolment, others, by, today) : enrolment.NotInForce();
    }

    private static Refusal? NotAllowed(Claim claim, Appeal appeal, Actor by)
    {
        if (claim.SamePerson(by) is { } handled) return handled;
        if (claim.Refusals.Any(refused => by.ActsAs(refused.By, refused.OnBehalfOf)))
            return Refuse.SamePerson(by, "refused the claim", "decide the appeal");
        if (by.ActsAs(appeal.By)) return Refuse.SamePerson(by, "recorded the appeal", "decide it");
        return claim.Refusals[^1].ByRegion is { Level: > 0 } first && by.Region.Level >= first.Level
            ? new Refusal(Refuse.HigherLevelNeeded,
                $"the union of {first.Name} refused the claim; only a union of a higher level decides the appeal")
            : null;
    }

    /// <summary>It takes its incident again, which another claim may have taken meanwhile, and its certificate has an open claim
    /// again.</summary>
    private static Decision Reopened(
        DecideAppeal command, Claim claim, Enrolment enrolment, MembersClaims? others, Actor by, LocalDate today)
    {
        var step = claim.MissingDocuments.Count > 0 ? ClaimStep.Check : ClaimStep.Assessment;
        var reversed = Decision.On(claim, new RefusalReversed(command.Reason, Deadline.For(step, claim.Region, today), by.Id,
            by.OnBehalfOf, others?.AlsoLike(claim)));
        return Claim.Holding(others?.Under(reversed) ?? reversed, claim.Id, claim.Keys, field: null)
            .And(Decision.On(enrolment, new ClaimOpened(claim.Id, claim.SubmittedBy)));
    }
}
