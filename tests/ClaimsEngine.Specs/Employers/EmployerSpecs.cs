namespace ClaimsEngine.Specs.Employers;

public class EmployerSpecs
{
    private static readonly RegisterEmployer TheEmployer = new(EmployerCode, "样例运输有限公司", Liangzhou, 120, 40);

    [Fact]
    public void An_employer_is_registered_under_its_code()
    {
        RegisterEmployerHandler.Handle(TheEmployer, null, Officer).Decides(Listed());
        Assert.Equal(EmployerId.Of(EmployerCode).Value, AnEmployer().StreamId);
        Assert.Equal(Liangzhou, AnEmployer().Scope);
    }

    [Fact]
    public void The_same_again_changes_nothing_and_other_content_is_refused()
    {
        RegisterEmployerHandler.Handle(TheEmployer, AnEmployer(), Officer).ChangesNothing();
        RegisterEmployerHandler.Handle(TheEmployer with { Name = "另一样例公司" }, AnEmployer(), Officer)
            .IsRefused(Refuse.EmployerExists, "code");
        RegisterEmployerHandler.Handle(TheEmployer with { Staff = 121 }, AnEmployer(), Officer).IsRefused(Refuse.EmployerExists, "code");
        RegisterEmployerHandler.Handle(TheEmployer, AnEmployer().After(new StaffCounted(130, 41, Officer.Id)), Officer)
            .IsRefused(Refuse.EmployerExists, "code");
    }

    [Fact]
    public void An_officer_registers_employers_only_in_his_region() =>
        RegisterEmployerHandler.Handle(TheEmployer with { Region = Lanzhou }, null, Officer).IsRefused(Refuse.OutsideRegion, "region");

    [Fact]
    public void Staff_is_counted_again_and_the_same_count_changes_nothing()
    {
        var counted = CountStaffHandler.Handle(new CountStaff(EmployerCode, 130, 41), AnEmployer(), Officer);
        counted.Decides(new StaffCounted(130, 41, Officer.Id));
        CountStaffHandler.Handle(new CountStaff(EmployerCode, 130, 41), AnEmployer().After(counted), Officer).ChangesNothing();
    }

    [Fact]
    public void An_employer_and_its_count_have_a_shape()
    {
        Assert.Empty(TheEmployer.BrokenFields());
        var all = TheEmployer with { Code = "单位 1", Name = " ", Region = RegionCode.National, Staff = 0, Women = -1 };
        Assert.Equal(["code", "name", "region", "staff", "women"], all.BrokenFields().Distinct().Order());
        Assert.Equal(["code"], (TheEmployer with { Code = new string('A', 41) }).BrokenFields());
        Assert.Empty((TheEmployer with { Code = new string('A', 40) }).BrokenFields());
        Assert.Equal(["women"], (TheEmployer with { Women = 121 }).BrokenFields());
        Assert.Equal(["women"], new CountStaff(EmployerCode, 10, 11).BrokenFields());
        Assert.Equal(["staff", "women"], new CountStaff(EmployerCode, 0, 1).BrokenFields());
    }

    [Fact]
    public void An_enrolment_joins_the_employers_cover_of_its_plan_or_programme_until_that_has_ended()
    {
        var ofProgramme = CoveredTogether();
        var ofPlan = CoveredTogether(programme: null);
        var next = CoveredTogether(new LocalDate(2026, 1, 1));
        var employer = AnEmployer().After(ofProgramme, ofPlan, next);
        Assert.Equal(next, employer.CoverOf(PlanCode, ProgrammeCode, new LocalDate(2026, 2, 1)));
        Assert.Equal(ofPlan, employer.CoverOf(PlanCode, null, new LocalDate(2025, 12, 31)));
        Assert.Null(employer.CoverOf(PlanCode, null, new LocalDate(2026, 1, 1)));
        Assert.Null(employer.CoverOf("another-plan", null, new LocalDate(2025, 6, 1)));
    }

    [Fact]
    public void On_record_an_employer_is_registered_once_and_seen_in_its_region()
    {
        var world = new World();
        world.Do(Officer, TheEmployer).The<EmployerRegistered>();
        world.Do(Officer, TheEmployer).ChangesNothing();
        world.Do(Officer, new CountStaff(EmployerCode, 121, 40)).The<StaffCounted>();
        world.Do(Officer with { Region = Lanzhou }, new CountStaff(EmployerCode, 122, 40)).IsRefused(Refuse.NoSuch);
    }
}
