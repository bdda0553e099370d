using System.Globalization;

namespace ClaimsEngine.Specs;

public class WorkingDaysSpecs
{
    [Theory]
    [InlineData("2026-02-13", true)]    // Friday
    [InlineData("2026-02-14", true)]    // a Saturday that is worked before the Spring Festival
    [InlineData("2026-02-16", false)]   // a Monday of the Spring Festival
    [InlineData("2026-02-24", true)]    // the first day after it
    [InlineData("2026-03-07", false)]   // a common Saturday
    [InlineData("2025-10-08", false)]   // the National Day and Mid-Autumn holiday of 2025 has eight days
    [InlineData("2025-10-11", true)]    // a Saturday that is worked after it
    [InlineData("2024-05-11", true)]
    [InlineData("2030-10-01", true)]    // a year without data has its weekends alone
    [InlineData("2030-10-05", false)]
    public void Weekends_and_holidays_are_free_but_for_the_days_that_make_up_for_them(string day, bool working) =>
        Assert.Equal(working, WorkingDays.Is(Day(day)));

    [Theory]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-13", 2, "2026-02-24")]   // over the Spring Festival
    [InlineData("2026-02-15", 0, "2026-02-15")]
    [InlineData("2025-09-30", 1, "2025-10-09")]
    [InlineData("2025-12-31", 1, "2026-01-04")]   // a Sunday that is worked
    public void A_number_of_working_days_after_a_day_passes_over_holidays(string from, int count, string day)
    {
        Assert.Equal(Day(day), WorkingDays.After(Day(from), count));
        Assert.Equal(count, WorkingDays.Between(Day(from), Day(day)));
    }

    [Fact]
    public void The_working_days_between_two_days_are_none_when_the_second_is_not_later()
    {
        Assert.Equal(0, WorkingDays.Between(Day("2026-03-06"), Day("2026-03-06")));
        Assert.Equal(0, WorkingDays.Between(Day("2026-03-06"), Day("2026-03-02")));
    }

    [Fact]
    public void The_years_2024_to_2027_have_data_and_what_was_not_published_is_marked()
    {
        Assert.Equal([2024, 2025, 2026, 2027], WorkingDays.Known.Select(year => year.Year));
        Assert.Equal([2027], WorkingDays.Known.Where(year => year.Assumed is not null).Select(year => year.Year));
        Assert.Equal("cn-2026/1", WorkingDays.CalendarOf(2026));
        Assert.Equal("weekends-2030", WorkingDays.CalendarOf(2030));
    }

    /// <summary>All-citizen holidays by the regulation of 2024: days of the sun's calendar, and of the moon's as the framework reckons it.
    /// Before 2025 the eve of the Spring Festival was none.</summary>
    [Fact]
    public void The_days_of_the_regulation_are_free_in_every_year()
    {
        var moon = new ChineseLunisolarCalendar();
        foreach (var year in WorkingDays.Known)
        {
            LocalDate[] days =
            [
                new(year.Year, 1, 1), new(year.Year, 5, 1), new(year.Year, 10, 1), new(year.Year, 10, 2), new(year.Year, 10, 3),
                Lunar(1, 1), Lunar(1, 2), Lunar(1, 3), Lunar(5, 5), Lunar(8, 15),
                .. year.Year >= 2025 ? [Lunar(1, 1).PlusDays(-1), new LocalDate(year.Year, 5, 2)] : Array.Empty<LocalDate>(),
            ];
            Assert.All(days, day => Assert.False(WorkingDays.Is(day), $"{day:uuuu-MM-dd}"));
            Assert.All(year.Holidays.Concat(year.WorkingWeekends), day => Assert.Equal(year.Year, day.Year));
            Assert.All(year.WorkingWeekends, day =>
                Assert.True(day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday, $"{day:uuuu-MM-dd}"));
            Assert.Empty(year.Holidays.Intersect(year.WorkingWeekends));

            LocalDate Lunar(int month, int day)
            {
                var leap = moon.GetLeapMonth(year.Year);   // counts as a month of its own; 0 for none
                return LocalDate.FromDateTime(moon.ToDateTime(year.Year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
            }
        }
    }
}
