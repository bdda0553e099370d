namespace ClaimsEngine.Specs;

public class CorrectPersonSpecs
{
    private static readonly CorrectPerson ANewName = new(DriverId, "户口簿姓名有误", "陈样例二");

    [Fact]
    public void A_name_a_telephone_number_or_both_are_corrected()
    {
        Correct(ANewName).Decides(new PersonCorrected("陈样例二", null, "户口簿姓名有误", Officer.Id));
        Correct(ANewName with { Name = null, Phone = "000-0000-0009" })
            .Decides(new PersonCorrected(null, "000-0000-0009", "户口簿姓名有误", Officer.Id));
        var person = ATruckDriver().After(Correct(ANewName with { Phone = "000-0000-0009" }));
        Assert.Equal(("陈样例二", "000-0000-0009", DriversNumber), (person.Name, person.Phone, person.IdNumber));
    }

    [Fact]
    public void What_is_right_already_is_not_recorded()
    {
        Correct(new CorrectPerson(DriverId, "r", "陈样例", "000-0000-0001")).ChangesNothing();
        Correct(ANewName with { Phone = "000-0000-0001" }).Decides(new PersonCorrected("陈样例二", null, "户口簿姓名有误", Officer.Id));
    }

    [Fact]
    public void An_account_keeps_the_holders_name_as_the_bank_has_it() =>
        Assert.Equal("陈样例", Assert.Single(ATruckDriverWithAnAccount().After(Correct(ANewName)).Accounts).Holder);

    [Fact]
    public void From_then_on_the_person_is_known_by_the_new_name()
    {
        var world = World.WithAProgramme();
        var person = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Member;
        world.Do(Officer, ANewName with { Person = person }).The<PersonCorrected>();
        world.Do(Officer, ANewName with { Person = person }).ChangesNothing();
        world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).IsRefused(Refuse.IdentityMismatch, "person.name");
        world.Do(Officer, new Enrol(Journey.TheDriver with { Name = "陈样例二" }, ProgrammeCode))
            .IsRefused(Refuse.AlreadyEnrolled, "person.idNumber");
        world.Do(Officer with { Region = Lanzhou }, ANewName with { Person = person }).IsRefused(Refuse.NoSuch);
    }

    [Fact]
    public void The_request_has_a_shape()
    {
        Assert.Empty(ANewName.BrokenFields());
        Assert.Equal(["name"], (ANewName with { Name = null }).BrokenFields());
        Assert.Equal(["name", "phone", "reason"], (ANewName with { Name = " 陈", Phone = "call me", Reason = "" }).BrokenFields());
    }

    private static Decision Correct(CorrectPerson command) => CorrectPersonHandler.Handle(command, ATruckDriverWithAnAccount(), Officer);
}
