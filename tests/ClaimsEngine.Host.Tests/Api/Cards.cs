namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Plan cards for tests.</summary>
public static class Cards
{
    public static object Version(string effectiveFrom = "2025-01-01", string perUnit = "50000.00", string start = "programmePeriod",
        string price = "120.00", int maxUnits = 2) => new
    {
        effectiveFrom,
        card = new
        {
            format = 2,
            name = new { zh = "样例计划", en = "Sample plan" },
            organiser = "Sample organiser",
            sources = new[] { "made up for a test" },
            eligibility = new { maxUnits },
            prices = new[] { new { perUnit = price } },
            cover = new { start, months = 12 },
            benefits = new[] { new { kind = "disability", clause = "sample clause", byGrade = new { table = "jrt-0083-2013", perUnit } } },
            caps = new { perPeriod = perUnit },
            documents = new { disability = Sample.DisabilityDocuments },
        },
    };
}
