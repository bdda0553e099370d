using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments.Enrolling;

/// <summary>Whom a plan and its programme are for, and how much one person may hold.</summary>
internal static class PersonRules
{
    /// <summary>The rule that an enrolment breaks, or null.</summary>
    public static Refusal? Broken(Enrol command, Eligibility eligibility, Programme? programme, Term term, LocalDate today)
    {
        var person = command.Person;
        if (programme?.Occupations.Contains(person.Occupation) == false || !eligibility.Covers(person.Occupation))
            return new Refusal(
                Refuse.OccupationNotCovered, $"{person.Occupation.ChineseName} ({person.Occupation}) is not covered", "person.occupation");
        if (programme?.Covers(person.Region) == false || !eligibility.Covers(person.Region))
            return new Refusal(Refuse.RegionNotCovered, $"{person.Region.Name} is not covered", "person.region");
        if (!eligibility.Covers(person.IdNumber.Sex))
            return new Refusal(Refuse.SexNotCovered, "by the identity number the person is of the other sex", "person.idNumber");
        var age = AgeOf(command, term);
        if (!eligibility.Covers(age, person.IdNumber.Sex, command.SeniorRank, term.IsRenewal))
            return new Refusal(Refuse.AgeNotCovered, $"aged {age} on the first day of cover", "person.idNumber");
        if (person.IdNumber.BirthDate > today) return new Refusal(Refuse.AgeNotCovered, "born in the future", "person.idNumber");
        return eligibility.TooMany(command.Units, "units");
    }

    /// <summary>Why this person may not enter now. It is asked after all other rules: nobody finds out with a request that is refused
    /// anyway who is on record. Null for anybody who is not barred.</summary>
    /// <param name="today">the day of entry, also of one that is recorded later</param>
    public static Refusal? Barred(PersonOnRecord member, RegionCode region, LocalDate today) =>
        member.Bars.Against(BarScope.Enrolment, region, today, "person.idNumber");

    /// <summary>Whole years on the first day of cover.</summary>
    public static int AgeOf(Enrol command, Term term) => command.Person.IdNumber.BirthDate.AgeOn(term.From);
}
