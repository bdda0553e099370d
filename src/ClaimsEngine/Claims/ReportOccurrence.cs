using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// Several benefits of one event are claimed in one go, under one or several certificates of one member: all of them or none. Each is asked
/// everything that a single claim is asked.
/// </summary>
/// <param name="Claimant">as in a single claim; the account is the claimant's own where a death is among the benefits</param>
/// <param name="MemberAccount">where a death is claimed together with other benefits: the member's own account, to which those are paid.
/// Null in any other report</param>
/// <param name="Heirs">share the benefits after the death</param>
/// <param name="Benefits">2 to 10; what plans do not pay beside each other is settled when they are assessed</param>
public sealed record ReportOccurrence(
    ClaimantDetails Claimant, IReadOnlyList<ClaimedBenefit> Benefits, AccountDetails? MemberAccount = null,
    IReadOnlyList<HeirDetails>? Heirs = null, Applicant? Applicant = null) : Command
{
    public sealed class Validator : AbstractValidator<ReportOccurrence>
    {
        private static readonly SubmitClaim.Validator OfOne = new();

        public Validator()
        {
            RuleFor(c => c.Benefits).Must(benefits => benefits is { Count: >= 2 and <= 10 } && benefits.All(one => one is not null))
                .WithMessage("2 to 10 benefits");
            RuleFor(c => c.MemberAccount!).SetValidator(new AccountDetails.Validator()).When(c => c.MemberAccount is not null);
            RuleFor(c => c.MemberAccount).NotNull().When(c => Deaths(c) is { } deaths && deaths > 0 && deaths < c.Benefits.Count)
                .WithMessage("a death and other benefits are paid to different people: name the member's account too");
            RuleFor(c => c.MemberAccount).Null().When(c => Deaths(c) is { } deaths && (deaths == 0 || deaths == c.Benefits.Count))
                .WithMessage("is named only where a death is claimed together with other benefits");
            RuleFor(c => c.Heirs).Must((command, _) => Deaths(command) > 0).When(c => c.Heirs is not null)
                .WithMessage("heirs are paid after a death only");
            RuleFor(c => c).Custom((command, context) =>
            {
                for (var place = 0; place < (command.Benefits?.Count ?? 0) && place < 10; place++)
                    if (command.Benefits![place] is not null)
                        foreach (var fault in OfOne.Validate(command.ClaimAt(place)).Errors)
                            context.AddFailure(FieldAt(place, fault.PropertyName), fault.ErrorMessage);
            });
        }

        private static int? Deaths(ReportOccurrence command) => command.Benefits?.Count(one => one?.Incident.IsDeath == true);
    }

    /// <summary>The claim for one of the benefits.</summary>
    internal SubmitClaim ClaimAt(int place)
    {
        var (enrolment, incident, receipts) = Benefits[place];
        return new SubmitClaim(
            enrolment, incident, incident.IsDeath || MemberAccount is null ? Claimant : Claimant with { Account = MemberAccount },
            incident.IsDeath ? Heirs : null, null, receipts, Applicant);
    }

    /// <summary>A field of the claim for one of the benefits, as this request names it.</summary>
    internal static string FieldAt(int place, string field) =>
        field.StartsWith("incident", StringComparison.OrdinalIgnoreCase) || field.StartsWith("receipts", StringComparison.OrdinalIgnoreCase)
            || field == "enrolmentId" ? $"benefits.{place}.{field}" : field;
}

/// <param name="EnrolmentId">the certificate</param>
/// <param name="Incident">the event as far as this benefit rests on it</param>
/// <param name="Receipts">as in a single claim</param>
public sealed record ClaimedBenefit(EnrolmentId EnrolmentId, Incident Incident, IReadOnlyList<string>? Receipts = null);

public static class ReportOccurrenceHandler
{
    /// <param name="Cases">in the order of the benefits; null where there is no such certificate</param>
    public sealed record Report(OccurrenceId Id, IReadOnlyList<SubmitClaimHandler.Case?> Cases);

    public static async Task<Report> LoadAsync(ReportOccurrence command, IUseCaseContext context)
    {
        var id = new OccurrenceId(context.NewId());
        var enrolments = new List<Enrolment?>();
        foreach (var benefit in command.Benefits) enrolments.Add(await context.Find<Enrolment>(benefit.EnrolmentId.Value));
        if (enrolments.OfType<Enrolment>().FirstOrDefault() is not { } first)
            return new Report(id, [.. enrolments.Select(_ => (SubmitClaimHandler.Case?)null)]);

        var deaths = command.Benefits.Count(benefit => benefit.Incident.IsDeath);
        var people = await ClaimPeople.Of(
            command.Claimant, deaths > 0 ? command.Claimant.Account : null,
            deaths == 0 ? command.Claimant.Account : command.MemberAccount, command.Heirs,
            await context.Get<Person>(first.Member.Value), first.Region, context);
        var cases = new List<SubmitClaimHandler.Case?>();
        foreach (var (benefit, enrolment) in command.Benefits.Zip(enrolments))
            cases.Add(enrolment is null ? null
                : await SubmitClaimHandler.CaseOf(enrolment, benefit.Incident.IsDeath, people, context) with { Occurrence = id });
        return new Report(id, cases);
    }

    public static Decision Handle(ReportOccurrence command, Report report, Actor by, LocalDate today)
    {
        var keys = new HashSet<UniqueKey>();
        for (var place = 0; place < report.Cases.Count; place++)
            if (Broken(command, report, place, keys, today) is { } broken)
                return At(place, broken);

        SubmitClaimHandler.Case[] cases = [.. report.Cases.Select(one => one!.AsIfUnknown())];
        var people = SubmitClaimHandler.People(cases);
        if (people.Refusal is not null) return people;
        for (var place = 0; place < cases.Length; place++)
            if (SubmitClaimHandler.Barred(cases[place], today) is { } barred) return At(place, barred);
        var first = cases[0];
        var reported = Decision.Begin<Occurrence>(report.Id.Value, new OccurrenceReported(
            report.Id, first.Enrolment.Member, first.Enrolment.Region, command.Benefits.Min(benefit => benefit.Incident.Date),
            [.. cases.Select(one => one.Id)], by.Id));
        return cases.Select((one, place) => (one, place)).Aggregate(
            people.And(reported),
            (before, next) => before.And(SubmitClaimHandler.Opened(command.ClaimAt(next.place), next.one, by, today)));
    }

    private static Refusal At(int place, Refusal refusal) => refusal with
    {
        Field = refusal.Field is { } field ? ReportOccurrence.FieldAt(place, field) : $"benefits.{place}",
        Faults = refusal.Faults?.Select(fault => (ReportOccurrence.FieldAt(place, fault.Field), fault.Message)).ToArray(),
    };

    private static Refusal? Broken(ReportOccurrence command, Report report, int place, HashSet<UniqueKey> keys, LocalDate today)
    {
        if (report.Cases[place] is not { } found) return new Refusal(Refuse.UnknownEnrolment, "there is no such enrolment", "enrolmentId");
        if (found.Enrolment.Member != found.Member.Id)
            return new Refusal(Refuse.SeveralMembers, "the certificate is another member's than the first", "enrolmentId");
        var claim = command.ClaimAt(place);
        return SubmitClaimHandler.Broken(claim, found, today)
            ?? (Claim.IncidentKeys(found.Enrolment.Id, claim.Incident).Concat(Claim.ReceiptKeys(found.Enrolment.Plan, claim.Receipts))
                .All(keys.Add) ? null
                : new Refusal(Refuse.DuplicateClaim, "an earlier benefit of this report claims the same", claim.Incident.TakenField()));
    }
}
