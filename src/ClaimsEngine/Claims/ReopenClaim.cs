using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// A claim that expired, was withdrawn or was refused is opened again, in the organiser's time: no public text rules it. Another person
/// does it than who ended it. After a refusal it is no second appeal: the time to appeal is over or the appeal is decided or taken back,
/// and a union of a level at least as high reopens it; after an appeal was decided, of a higher one. The same is asked of the incident as
/// of a new claim, but for the time to apply: that was kept. Who is barred now does not come in by this way
/// either. An approved claim is never reopened, since its money was ordered.
/// </summary>
public sealed record ReopenClaim(ClaimId Claim, ReopeningCause Cause, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReopenClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Cause).IsInEnum();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ReopenClaimHandler
{
    /// <param name="People">the claimant and the heirs</param>
    public sealed record Case(Claim Claim, IncidentRules Rules, IReadOnlyList<Person> People);

    public static async Task<Case> LoadAsync(ReopenClaim command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        await context.Look([claim.Enrolment.Value, PlanId.Of(claim.Plan).Value, .. ClaimView.PeopleOf(claim)]);
        var version = await Plan.BoundVersion(context, claim.Plan, claim.PlanVersion);
        var rules = new IncidentRules(
            await context.Get<Enrolment>(claim.Enrolment.Value), version.Card, await context.Get<Person>(claim.Member.Value),
            await IncidentRules.DeathUnder(claim.Enrolment, context), await MembersClaims.Of(claim.Member, context));
        var people = new List<Person>();
        foreach (var person in (claim.Heirs ?? []).Select(heir => heir.Person).Prepend(claim.Claimant))
            people.Add(await context.Get<Person>(person.Value));
        return new Case(claim, rules, people);
    }

    public static Decision Handle(ReopenClaim command, Case found, Actor by, LocalDate today)
    {
        var (claim, rules, people) = found;
        if (claim.Status == ClaimStatus.Submitted && claim.ReopenedBy is [.., var last] && last == by.Id) return Decision.Nothing;
        if (claim.Status == ClaimStatus.Approved)
            return new Refusal(Refuse.WrongState, "the claim is approved and its payment was ordered; a paid claim is not reopened");
        if (claim.Status is not (ClaimStatus.Expired or ClaimStatus.Withdrawn or ClaimStatus.Refused))
            return Refuse.WrongStateOf("claim", claim.Status, "expired", "withdrawn", "refused");
        if (NotAllowed(claim, by) is { } notAllowed) return notAllowed;
        if (OutOfTime(claim, today) is { } outOfTime) return outOfTime;
        if (rules.Broken(claim.Incident, today) is { } broken) return broken;
        if (people.Prepend(rules.Member).Select(one => one.Bars.Against(BarScope.Claim, rules.Enrolment.Region, today, field: null))
            .FirstOrDefault(no => no is not null) is { } barred) return barred;

        var step = claim.MissingDocuments.Count > 0 ? ClaimStep.Check : ClaimStep.Assessment;
        var reopened = Decision.On(claim, new ClaimReopened(
            command.Cause, command.Reason, Deadline.For(step, claim.Region, today), by.Id, by.OnBehalfOf,
            rules.Others?.AlsoLike(claim)));
        return Claim.Holding(rules.Others?.Under(reopened) ?? reopened, claim.Id, claim.Keys, field: null)
            .And(Decision.On(rules.Enrolment, new ClaimOpened(claim.Id, claim.SubmittedBy)));
    }

    private static Refusal? NotAllowed(Claim claim, Actor by)
    {
        if (by.ActsAs(claim.Outcome?.By, claim.Outcome?.For)
            || claim.Refusals.Any(refused => by.ActsAs(refused.By, refused.OnBehalfOf)))
            return Refuse.SamePerson(by, "ended the claim", "reopen it");
        if (claim.Status != ClaimStatus.Refused) return null;
        if (by.ActsAs(claim.Appeal?.DecidedBy, claim.Appeal?.DecidedFor))
            return Refuse.SamePerson(by, "decided the appeal", "reopen the claim");
        if (claim.Refusals[^1].ByRegion is not { } first) return null;
        var upheld = claim.Appeal is { Outcome: AppealOutcome.Upheld };
        return by.Region.Level > first.Level || (upheld && first.Level > 0 && by.Region.Level >= first.Level)
            ? new Refusal(Refuse.HigherLevelNeeded, upheld
                ? $"the refusal of the union of {first.Name} was upheld above it; only a union of a higher level reopens the claim"
                : $"the union of {first.Name} refused the claim; only a union of at least its level reopens it")
            : null;
    }

    /// <summary>The time begins with the day on which papers were due, the claim was withdrawn, or the refusal was to be final. Where that
    /// was not kept, no time is checked.</summary>
    private static Refusal? OutOfTime(Claim claim, LocalDate today)
    {
        var refused = claim.Status == ClaimStatus.Refused;
        var appealable = refused ? claim.Refusals[^1].AppealableUntil : null;
        if (claim.Appeal is null && today <= appealable)
            return new Refusal(Refuse.AppealStillPossible, $"the claimant may appeal until {appealable:uuuu-MM-dd}");
        var ended = refused ? Later(appealable, claim.Appeal?.DecideBy)
            : claim.Status == ClaimStatus.Withdrawn ? claim.WithdrawnOn : claim.ExpiredOn;
        if (HandlingRules.For(claim.Region, today).Reopening is not { } limit)
            return new Refusal(Refuse.ReopeningWindowPassed, "by the organiser's rules no claim is reopened");
        return ended is { } from && today > limit.EndsOn(from)
            ? new Refusal(Refuse.ReopeningWindowPassed, $"the last day to reopen it was {limit.EndsOn(from):uuuu-MM-dd}") : null;
    }

    private static LocalDate? Later(LocalDate? first, LocalDate? second) =>
        first is { } a && second is { } b ? LocalDate.Max(a, b) : first;
}
