namespace ClaimsEngine.Rosters.Writing;

/// <summary>What the forms of a table have in common.</summary>
internal static class TableCells
{
    /// <summary>The heading says in which zone the times are.</summary>
    public static string HeadingWithZone(this TableColumn column) =>
        column.Kind == CellKind.Moment ? column.Heading + "（北京时间）" : column.Heading;

    /// <summary>The time on the clocks of Asia/Shanghai.</summary>
    public static LocalDateTime InShanghai(this Instant moment) => moment.WithOffset(BusinessTime.Shanghai).LocalDateTime;

    /// <summary>Six decimals, half away from zero.</summary>
    public static decimal Rounded(this decimal ratio) => decimal.Round(ratio, 6, MidpointRounding.AwayFromZero);
}
