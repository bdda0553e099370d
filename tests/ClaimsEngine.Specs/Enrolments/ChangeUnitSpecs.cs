namespace ClaimsEngine.Specs;

public class ChangeUnitSpecs
{
    [Fact]
    public void A_certificate_goes_along_to_another_unit()
    {
        Change(AnEnrolledTruckDriver(), "LZ-0002").Decides(new UnitChanged(null, "LZ-0002", Officer.Id));
        var moved = AnEnrolledTruckDriver().After(Change(AnEnrolledTruckDriver(), "LZ-0002"));
        Assert.Equal("LZ-0002", moved.Unit);
        Change(moved, "LZ-0002").ChangesNothing();
        Change(moved, "LZ-0003").Decides(new UnitChanged("LZ-0002", "LZ-0003", Officer.Id));
        Change(APendingEnrolment(), "LZ-0002").The<UnitChanged>();
    }

    [Theory]
    [InlineData(EnrolmentStatus.Cancelled)]
    [InlineData(EnrolmentStatus.Void)]
    [InlineData(EnrolmentStatus.Lapsed)]
    public void What_has_ended_stays_where_it_was(EnrolmentStatus status) => Change(AnEnrolledTruckDriver() with { Status = status }, "LZ-0002").IsRefused(Refuse.WrongState);

    [Theory]
    [InlineData("A-1", true)]
    [InlineData("1234567890123456789012345678901234567890", true)]
    [InlineData("12345678901234567890123456789012345678901", false)]
    [InlineData("", false)]
    [InlineData("单位", false)]
    [InlineData("A_1", false)]
    [InlineData("A-1\n", false)]
    public void A_code_has_a_shape(string unit, bool good) => Assert.Equal(good, !new ChangeUnit(TheEnrolment, unit).BrokenFields().Any());

    private static Decision Change(Enrolment enrolment, string unit) => ChangeUnitHandler.Handle(new ChangeUnit(TheEnrolment, unit), enrolment, Officer);
}
