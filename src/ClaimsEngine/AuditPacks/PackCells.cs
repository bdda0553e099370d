using System.Globalization;
using System.Text.Json;

namespace ClaimsEngine.AuditPacks;

/// <summary>How values stand in the cells of a sheet.</summary>
internal static class PackCells
{
    /// <summary>Yuan with two places; empty for none.</summary>
    public static string Yuan(Money? amount) => amount?.ToString() ?? "";

    /// <summary><c>2025-10-20</c>; empty for none.</summary>
    public static string Day(LocalDate? day) => day?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A value's name as the API writes it.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
