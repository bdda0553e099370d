namespace ClaimsEngine.Employers;

public static class EmployersModule
{
    public static Module Create() => new Module("employers")
        .Stores<Employer>(typeof(EmployerRegistered), typeof(StaffCounted), typeof(EmployerCovered))
        .Creates<RegisterEmployer, Employer>("/api/employers", Role.Officer, "Register an employer whose people are enrolled together")
        .On<CountStaff, Employer>("/api/employers/{employer}/staff", Role.Officer, c => EmployerId.Of(c.Employer).Value,
            "Tell how many people an employer has")
        .Shows<Employer, EmployerView>("/api/employers/{employer}", code => EmployerId.Of(code).Value,
            employer => $"/api/employers/{employer.Code}", EmployerView.Of, "An employer and its covers",
            Module.Readers)
        .Projects(EmployerList.Model)
        .Offers(new ListRoute("/api/employers", EmployerList.Model, nameof(EmployerRow.Region), "The employers",
            Module.Readers,
            new ListFilter("code", nameof(EmployerRow.Code)),
            new ListFilter("region", nameof(EmployerRow.Region), ListMatch.RegionPrefix)));
}

public sealed record EmployerView(
    string Code, string Name, RegionCode Region, string RegionName, int Staff, int Women, IReadOnlyList<EmployerCoverView> Covers)
{
    public static Task<EmployerView> Of(Employer employer, IRecords records) => Task.FromResult(new EmployerView(
        employer.Code, employer.Name, employer.Region, employer.Region.Name, employer.Staff, employer.Women,
        [.. employer.Covers.Select(cover => new EmployerCoverView(cover.Plan, cover.Programme, cover.From, cover.To, cover.Units))]));
}

/// <param name="Units">that the first one of the employer holds</param>
public sealed record EmployerCoverView(string Plan, string? Programme, LocalDate From, LocalDate To, int Units);
