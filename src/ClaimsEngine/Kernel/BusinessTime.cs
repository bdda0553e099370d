namespace ClaimsEngine.Kernel;

/// <summary>Dates are those of Asia/Shanghai: UTC+8 all year since 1991, so a fixed offset needs no zone file.</summary>
public static class BusinessTime
{
    public static readonly Offset Shanghai = Offset.FromHours(8);

    /// <summary>The last moments of the year 9999 are on its last day: in Shanghai there is no later one that can be stored.</summary>
    public static LocalDate Date(this Instant instant) =>
        instant >= EndOfDays ? LocalDate.MaxIsoValue : instant.WithOffset(Shanghai).Date;

    private static readonly Instant EndOfDays = LocalDate.MaxIsoValue.AtMidnight().WithOffset(Shanghai).ToInstant();

    /// <summary>The clock on the wall in Shanghai.</summary>
    public static LocalDateTime InBusinessZone(this Instant instant) => instant.WithOffset(Shanghai).LocalDateTime;

    /// <summary>The moment that stands for a whole day of the past.</summary>
    public static Instant NoonOf(LocalDate day) => day.At(new LocalTime(12, 0)).WithOffset(Shanghai).ToInstant();

    /// <summary>Whole years of age; who was born on 29 February has the birthday on 28 February in common years.</summary>
    public static int AgeOn(this LocalDate birthDate, LocalDate day) => Period.Between(birthDate, day, PeriodUnits.Years).Years;
}
