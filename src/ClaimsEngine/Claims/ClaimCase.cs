using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Notices;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>A claim with what its assessment and its approval rest on.</summary>
/// <param name="Account">what the member was granted under all enrolments; null is nothing</param>
/// <param name="Version">of the plan that binds the certificate</param>
/// <param name="Rules">the handling rules that hold; null for the organiser's of the day</param>
public sealed record ClaimCase(
    Claim Claim, Enrolment Enrolment, BenefitAccount? Account, PlanVersion Version, HandlingRules? Rules = null)
{
    /// <summary>The public notice of an approval that was taken back; null for none.</summary>
    public PublicNotice? Notice { get; init; }

    /// <summary>Who would be paid; always there where the case was read from the records.</summary>
    public IReadOnlyList<Person> Payees { get; init; } = [];

    public HandlingRules RulesOn(LocalDate today) => Rules ?? HandlingRules.For(Claim.Region, today);

    public static async Task<ClaimCase> Of(ClaimId id, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(id.Value);
        await context.Look(
            [claim.Enrolment.Value, BenefitAccount.IdOf(claim.Member), PlanId.Of(claim.Plan).Value, .. ClaimView.PeopleOf(claim)]);
        var payees = new List<Person>();
        foreach (var payee in claim.Heirs?.Select(heir => heir.Person) ?? [claim.Payee]) payees.Add(await context.Get<Person>(payee.Value));
        return new ClaimCase(
            claim,
            await context.Get<Enrolment>(claim.Enrolment.Value),
            await context.FindAnywhere<BenefitAccount>(BenefitAccount.IdOf(claim.Member)),
            await Plan.BoundVersion(context, claim.Plan, claim.PlanVersion))
        {
            Payees = payees,
            Notice = claim.WasRevoked ? await context.FindAnywhere<PublicNotice>(PublicNoticeId.Of(claim.Id).Value) : null,
        };
    }

    /// <summary>The facts as they stand now.</summary>
    public CaseFacts Facts() => FactsOf(Claim.Incident, Enrolment, Version.Card, Account);

    /// <summary>The facts that a card is asked with. Cards of format 1 read fewer, and what they were decided on keeps its form.</summary>
    public static CaseFacts FactsOf(Incident incident, Enrolment enrolment, PlanCard card, BenefitAccount? account) => card.Format == 1
        ? new CaseFacts(incident.Kind, incident.Date, enrolment.Units, enrolment.Used, incident.Grade)
        : CaseFacts.Of(
            incident, enrolment.Units, enrolment.Used, enrolment.Cover, enrolment.CoverTier,
            BenefitAccount.CountersFor(enrolment, card, account));
}
