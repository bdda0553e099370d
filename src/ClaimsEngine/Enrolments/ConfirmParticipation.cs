using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments.Enrolling;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// Measures again how many of the employer take part, for a certificate that waits for it. Once the plan's ratio stands the certificate
/// waits no longer; if nothing else is missing, cover takes effect by the plan's start rule, at the earliest the next day.
/// </summary>
public sealed record ConfirmParticipation(EnrolmentId Enrolment) : Command;

public static class ConfirmParticipationHandler
{
    /// <param name="Awaited">the certificate, and what decides when its cover would begin</param>
    /// <param name="Employer">on whose list it stands; null if that is not registered</param>
    /// <param name="Members">who of the employer hold the cover, this certificate among them; null where it waits for nobody</param>
    public sealed record Case(RecordContributionHandler.Case Awaited, Employer? Employer, MemberCount? Members);

    public static async Task<Case> LoadAsync(ConfirmParticipation command, IUseCaseContext context)
    {
        var awaited = await RecordContributionHandler.Case.Of(command.Enrolment, context);
        var enrolment = awaited.Enrolment;
        if (!enrolment.AwaitsRatio || enrolment.Employer is not { } code) return new Case(awaited, null, null);
        var question = EmployerRules.Question(
            awaited.Card.Eligibility, code, enrolment.Plan, enrolment.Programme, context.Now.Date(), enrolment.CoverTo);
        return new Case(awaited, await context.FindAnywhere<Employer>(EmployerId.Of(code).Value),
            question is null ? null : await context.MembersOf(question));
    }

    public static Decision Handle(ConfirmParticipation command, Case found, Actor by, LocalDate today)
    {
        var ((enrolment, card, programme, earlier, born), employer, members) = found;
        if (!enrolment.IsLive) return enrolment.NotLive();
        if (!enrolment.AwaitsRatio) return Decision.Nothing;
        if (employer is null) return new Refusal(Refuse.UnknownEmployer, $"there is no employer {enrolment.Employer}");

        var reached = EmployerRules.Reached(card.Eligibility.Participation!, employer, members?.All ?? 0);
        if (EmployerRules.TooFew(reached) is { } tooFew) return tooFew;
        var measured = new RatioReached(reached.Of, reached.Enrolled, reached.Required, today, by.Id);
        var after = Fold.On(enrolment, [measured])!;
        // counted anew meanwhile, the employer may have more people
        if (after.AwaitsPayment) return Decision.On(enrolment, measured).RestingOn(employer);
        var (took, no) = TakingEffect.Of(after, card, programme, earlier, born, by, null);
        return took is null ? no! : Decision.On(enrolment, measured, took).RestingOn(employer);
    }
}
