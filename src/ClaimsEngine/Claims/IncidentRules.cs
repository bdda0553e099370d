using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>What is asked of an incident, whichever way it comes in: with a new claim, or with a reclassification.</summary>
/// <param name="Card">of the plan version that binds the certificate</param>
/// <param name="Death">the claim for the member's death, if there is one</param>
/// <param name="Others">what the member has claimed; null for nothing on record, and where it is not asked</param>
public sealed record IncidentRules(
    Enrolment Enrolment, PlanCard Card, Person Member, Claim? Death, MembersClaims? Others = null)
{
    /// <summary>The claim for the death of the member under this certificate; null for none.</summary>
    public static async Task<Claim?> DeathUnder(EnrolmentId enrolment, IUseCaseContext context) =>
        await context.OwnerOf(Claim.DeathKey(enrolment)) is { } owner ? await context.FindAnywhere<Claim>(owner) : null;

    /// <summary>The first rule that the incident breaks; null for none.</summary>
    /// <param name="certificate">field of the request that names the certificate; null where it names none</param>
    public Refusal? Broken(Incident incident, LocalDate today, string? certificate = null)
    {
        if (Card.BenefitFor(incident.Kind) is null)
            return new Refusal(Refuse.BenefitNotCovered, $"{Card.Name.En} has no benefit of this kind", "incident.kind");
        if (incident.Kind == IncidentKind.WomensIllness && Enrolment.Sex == Sex.Male)
            return new Refusal(Refuse.SexNotCovered, "women's illness is for women", "incident.kind");
        if (Incident.Refused(Refuse.IncidentInFuture, incident.After(today).Select(late => (late, $"today is {today:uuuu-MM-dd}")))
            is { } future) return future;
        if (!Enrolment.GivesCover) return Enrolment.NotInForce(certificate);
        if (Incident.Refused(Refuse.IncidentOutsideCover, incident.OutsideOf(Enrolment.Cover)) is { } outside) return outside;
        if (Death is { Status: ClaimStatus.Approved, Incident.Date: var died } && Incident.Refused(Refuse.IncidentOutsideCover,
            incident.After(died).Select(late => (late, $"the member died on {died:uuuu-MM-dd}"))) is { } posthumous) return posthumous;
        if (Incident.Refused(Refuse.InvalidRequest, incident.Contradictions(Member.IdNumber.BirthDate)) is { } contradictions)
            return contradictions;
        return Unanswerable(incident);
    }

    /// <summary>
    /// Why the card has no answer for what is told of the incident: a stay in hospital without its admission, a circumstance that the plan
    /// does not know, a rule that its source does not publish. The claim could never be assessed. What the member was granted elsewhere
    /// only lowers an answer, so it is not read here.
    /// </summary>
    private Refusal? Unanswerable(Incident incident) =>
        Adjudication.Assess(Card, ClaimCase.FactsOf(incident, Enrolment, Card, null)).Refusal;
}

public static class IncidentShape
{
    /// <summary>The facts of an incident do not contradict each other. This asks nothing of the case.</summary>
    public static void AgreesWithItself<T>(this IRuleBuilderInitial<T, Incident> rule) => rule.Custom((incident, context) =>
    {
        foreach (var (field, reason) in incident.Contradictions()) context.AddFailure($"incident.{field}", reason);
    });

    /// <summary>The field of a request to blame where another claim has the incident: the stays in hospital, or the day.</summary>
    public static string TakenField(this Incident incident) => incident.Admissions is null ? "incident.date" : "incident.admissions";
}
