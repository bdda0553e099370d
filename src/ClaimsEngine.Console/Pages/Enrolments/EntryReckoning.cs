using System.Globalization;
using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using Looker = ClaimsEngine.Console.People.Person;

namespace ClaimsEngine.Console.Pages.Enrolments;

/// <summary>What an entry would come to, decided by the engine's own use case and stored nowhere.</summary>
/// <param name="Fact">the certificate that would be made; null where a rule refuses it</param>
/// <param name="No">the rule that refuses it; null where none does</param>
/// <param name="IsSample">no identity number is typed yet: reckoned for a person of an age and sex that the plan takes</param>
/// <param name="BadNumber">what is wrong with the identity number as it is typed; null for nothing</param>
public sealed record EntryReckoning(EnrolmentStarted? Fact, Refusal? No, bool IsSample, string? BadNumber)
{
    private const int UsualAge = 35;

    /// <param name="typed">the form's fields by their names; null or empty for nothing</param>
    /// <param name="employer">that was named; null for none, or for one that is not known</param>
    /// <param name="held">certificates of the person, where the person is on record</param>
    public static EntryReckoning Of(
        Func<string, string?> typed, EntryTerms terms, Employer? employer, IReadOnlyList<CertificateView> held, Looker me, LocalDate today)
    {
        var number = NumberOf(typed, out var wrong);
        var card = terms.Card(today);
        var command = new Enrol(
            new PersonDetails("-", number ?? Sample(card, today), OccupationOf(typed, terms, today), RegionOf(typed, terms, employer, me)),
            terms.Programme?.Code, terms.Programme is null ? terms.Plan.Code : null, Number(typed("units")) ?? 1, Text(typed("coverTier")),
            Number(typed("months")), typed("unionCard") == "true", typed("seniorRank") == "true",
            Enum.TryParse<EmployerKind>(typed("employerKind"), true, out var kind) ? kind : null,
            employer?.Code, Date(typed("hiredOn")));
        var (current, standing) = Before(terms, held);
        var decision = EnrolHandler.Handle(
            command,
            new EnrolHandler.Case(
                terms.Programme, terms.Plan, employer, new PersonOnRecord(new PersonId(Guid.Empty), null, Decision.Nothing), current, standing,
                new EnrolmentId(Guid.NewGuid())),
            new Actor(me.Name, me.Roles, me.Region), today);
        return new EntryReckoning(
            decision.Events.OfType<EnrolmentStarted>().FirstOrDefault(), decision.Refusal, number is null, wrong);
    }

    /// <summary>The number where it is complete and right.</summary>
    /// <param name="wrong">what is wrong with one that is complete; null while it is being typed</param>
    public static IdentityNumber? NumberOf(Func<string, string?> typed, out string? wrong)
    {
        wrong = null;
        if (Text(typed("person.idNumber")) is not { Length: >= 18 } text) return null;
        if (IdentityNumber.TryParse(text, out var number, out var error)) return number;
        wrong = error;
        return null;
    }

    /// <summary>The certificates that the new one would follow, as the engine looks for them: the newest of the same cover, and where the
    /// person stands in the plan.</summary>
    private static (Enrolment? Current, Standing? Standing) Before(EntryTerms terms, IReadOnlyList<CertificateView> held)
    {
        Enrolment[] ofPlan = [.. held.Where(one => one.Plan == terms.Plan.Code).OrderByDescending(one => one.CoverTo).Select(Known)];
        var current = ofPlan.FirstOrDefault(one => one.Programme == terms.Programme?.Code && one.IsLive);
        var renews = terms.Plan.Versions.Any(version => version.Card.Cover?.Renewal is not null);
        return (current, renews ? new Standing(ofPlan.FirstOrDefault(), ofPlan.FirstOrDefault(one => one.GivesCover)) : null);
    }

    private static Enrolment Known(CertificateView one) => new(
        one.Id, one.CertificateNumber, default, one.Plan, one.PlanVersion, one.Programme, default, one.Region, default, 0, one.Units,
        one.CoverFrom, one.CoverTo, Money.Zero, [], one.BenefitUsed, one.Benefits, new Counters(), one.FirstCoverFrom,
        Employer: one.Employer, Status: one.Status);

    /// <summary>A number of nobody, of an age and sex that the plan takes.</summary>
    private static IdentityNumber Sample(PlanCard? card, LocalDate today)
    {
        var rule = card?.Eligibility.Ages?.FirstOrDefault();
        var age = Math.Max(rule?.From ?? 0, Math.Min(rule?.To ?? UsualAge, UsualAge));
        var born = today.PlusYears(-age).PlusDays(-1).ToString("uuuuMMdd", CultureInfo.InvariantCulture);
        var digits = $"110101{born}{(rule?.Sex == Sex.Female ? "002" : "001")}";
        return IdentityNumber.Of(digits + IdentityNumber.CheckCharacter(digits));
    }

    private static Occupation OccupationOf(Func<string, string?> typed, EntryTerms terms, LocalDate today) =>
        Text(typed("person.occupation")) is { } text && Occupation.TryParse(text, out var occupation, out _) ? occupation
            : terms.Occupations(today).FirstOrDefault();

    private static RegionCode RegionOf(Func<string, string?> typed, EntryTerms terms, Employer? employer, Looker me)
    {
        if (Text(typed("person.region")) is { } text && RegionCode.TryParse(text, out var region, out _)) return region;
        return employer?.Region ?? (me.Region.Level > 0 ? me.Region : terms.Programme?.Reach ?? me.Region);
    }

    private static string? Text(string? typed) => typed?.Trim() is { Length: > 0 } text ? text : null;

    private static int? Number(string? typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static LocalDate? Date(string? typed) =>
        NodaTime.Text.LocalDatePattern.Iso.Parse(typed ?? "") is { Success: true, Value: var day } ? day : null;
}
