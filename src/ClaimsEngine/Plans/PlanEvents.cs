using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <param name="Version">from 1, without gaps</param>
/// <param name="EffectiveFrom">certificates whose cover begins on or after this day are bound to this version</param>
/// <param name="Card">as published; never changed</param>
/// <param name="RuleHash">SHA-256 of the card's canonical form</param>
public sealed record PlanVersionPublished(string Plan, int Version, LocalDate EffectiveFrom, JsonElement Card, string RuleHash, string By);
