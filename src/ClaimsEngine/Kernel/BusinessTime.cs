namespace ClaimsEngine.Kernel;

/// <summary>Where a date is derived from a recorded time, the business zone is Asia/Shanghai: UTC+8 all year since 1991, so a fixed offset needs no zone file.</summary>
public static class BusinessTime
{
    public static readonly Offset Shanghai = Offset.FromHours(8);

    public static LocalDate Date(this Instant instant) => instant.WithOffset(Shanghai).Date;

    /// <summary>Whole years of age on a day; someone born on 29 February has the birthday on 28 February in common years (as NodaTime counts).</summary>
    public static int AgeOn(this LocalDate birthDate, LocalDate day) => Period.Between(birthDate, day, PeriodUnits.Years).Years;
}
