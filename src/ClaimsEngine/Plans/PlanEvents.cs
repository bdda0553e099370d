using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <param name="Card">as it was sent; binds nobody until it is published</param>
public sealed record PlanVersionProposed(string Plan, int Version, LocalDate EffectiveFrom, JsonElement Card, string RuleHash, string By);

/// <param name="Version">from 1, without gaps</param>
/// <param name="EffectiveFrom">certificates whose cover begins on or after this day are bound to this version</param>
/// <param name="Card">as published; never changed</param>
/// <param name="RuleHash">SHA-256 of the card's canonical form</param>
/// <param name="By">who proposed it</param>
/// <param name="ConfirmedBy">another plan administrator; null before confirmations were asked for</param>
public sealed record PlanVersionPublished(
    string Plan, int Version, LocalDate EffectiveFrom, JsonElement Card, string RuleHash, string By, string? ConfirmedBy = null);

/// <param name="RuleHash">of the card that is not to be published</param>
public sealed record PlanVersionRejected(string Plan, int Version, string RuleHash, string Reason, string By);
