namespace ClaimsEngine.Storage;

/// <summary>How instants travel: PostgreSQL keeps microseconds.</summary>
internal static class Sql
{
    /// <summary>Npgsql writes it as <c>infinity</c>.</summary>
    public static readonly DateTime Infinity = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    public static DateTime Timestamp(Instant instant) => instant.ToDateTimeUtc();

    public static Instant Instant(DateTime timestamp) => NodaTime.Instant.FromDateTimeUtc(timestamp);
}
