using ClaimsEngine.Employers;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// The member works for another employer now; the certificate goes along, if the member could enter there: all that an entry to that
/// employer's list asks is asked again. A move between two offices is made by who acts for both places; the certificate is then the
/// receiving office's.
/// </summary>
/// <param name="Employer">code of the employer: 1 to 40 letters, digits and hyphens</param>
/// <param name="HiredOn">when the employer hired the person, where that decides who may still join</param>
public sealed record ChangeEmployer(EnrolmentId Enrolment, string Employer, LocalDate? HiredOn = null) : Command
{
    public sealed class Validator : AbstractValidator<ChangeEmployer>
    {
        public Validator() => RuleFor(c => c.Employer).Matches(EmployerId.CodePattern)
            .WithMessage("an employer's code has 1 to 40 letters, digits and hyphens");
    }
}

public static class ChangeEmployerHandler
{
    /// <param name="Card">of the plan version that binds the certificate</param>
    /// <param name="Programme">null for a certificate directly under the plan</param>
    /// <param name="Target">the employer to move to, wherever it lies; null if there is none</param>
    /// <param name="Member">who holds the certificate</param>
    /// <param name="Members">who of that employer hold the cover; null where the plan measures nothing</param>
    public sealed record Case(
        Enrolment Enrolment, PlanCard Card, Programme? Programme, Employer? Target, Person Member, MemberCount? Members);

    public static async Task<Case> LoadAsync(ChangeEmployer command, IUseCaseContext context)
    {
        var enrolment = await context.Get<Enrolment>(command.Enrolment.Value);
        var target = EmployerId.Of(command.Employer).Value;
        await context.Look(PlanId.Of(enrolment.Plan).Value, target, enrolment.Member.Value);
        var card = (await Plan.BoundVersion(context, enrolment.Plan, enrolment.PlanVersion)).Card;
        var programme = enrolment.Programme is { } code ? await context.Get<Programme>(ProgrammeId.Of(code).Value) : null;
        var members = EmployerRules.Question(card.Eligibility, command.Employer, enrolment.Plan, enrolment.Programme,
            context.Now.Date(), enrolment.CoverTo) is { } question ? await context.MembersOf(question) : null;
        return new Case(enrolment, card, programme, await context.FindAnywhere<Employer>(target),
            await context.Get<Person>(enrolment.Member.Value), members);
    }

    public static Decision Handle(ChangeEmployer command, Case found, Actor by, LocalDate today)
    {
        var (enrolment, card, programme, target, member, members) = found;
        if (!enrolment.IsLive) return enrolment.NotLive();
        if (enrolment.Employer == command.Employer) return Decision.Nothing;
        if (target is null) return new Refusal(Refuse.UnknownEmployer, "there is no such employer", "employer");
        if (!by.Sees(target.Region))
            return new Refusal(Refuse.OutsideRegion,
                $"the employer lies outside {by.Region.Name}; a move between offices is made by who acts for both", "employer");

        var region = EmployerRules.Belongs(enrolment.Region, target) ? enrolment.Region : target.Region;
        if (programme?.Covers(region) == false || !card.Eligibility.Covers(region))
            return new Refusal(Refuse.RegionNotCovered, $"{region.Name} is not covered", "employer");
        var from = FirstDayThere(enrolment, today);
        var joined = target.CoverOf(enrolment.Plan, enrolment.Programme, from);
        var entry = new EntryToList(region, enrolment.Units, command.HiredOn, "employer", "employer");
        if (EmployerRules.Broken(entry, target, joined, card.Eligibility, today) is { } notTogether) return notTogether;
        if (EmployerRules.TooFew(card.Eligibility, target, members, enrolment.Sex, command.HiredOn, today) is { } tooFew)
            return tooFew with { Field = "employer" };
        if (member.Bars.Against(BarScope.Enrolment, region, today, "employer") is { } barred) return barred;

        var moved = Decision.On(enrolment, new EmployerChanged(
            enrolment.Employer, command.Employer, by.Id, region == enrolment.Region ? null : region));
        return joined is not null ? moved.RestingOn(target)
            : moved.And(Decision.On(target, new EmployerCovered(
                enrolment.Plan, enrolment.Programme, from, enrolment.CoverTo, enrolment.Units, by.Id)));
    }

    /// <summary>From when the certificate stands on the other employer's list: within its own term, which may lie in the past.</summary>
    private static LocalDate FirstDayThere(Enrolment enrolment, LocalDate today) =>
        LocalDate.Min(LocalDate.Max(enrolment.CoverFrom, today), enrolment.CoverTo);
}
