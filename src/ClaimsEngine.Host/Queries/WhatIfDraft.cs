using System.Text.Json;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Host.Queries;

/// <summary>The card that a what-if tries: a version of the plan, published or proposed, or a card that came with the question.</summary>
public sealed record WhatIfDraft(PlanCard Card, JsonElement Json, string RuleHash)
{
    /// <param name="version">null where <paramref name="json"/> is given</param>
    public static (WhatIfDraft? Draft, Refusal? Refusal) Of(Plan plan, int? version, JsonElement? json)
    {
        if (version is { } number)
        {
            if (plan.Version(number) is { } published) return (new WhatIfDraft(published.Card, published.Json, published.RuleHash), null);
            return plan.Proposal is { } proposal && proposal.Number == number
                ? (new WhatIfDraft(proposal.Card, proposal.Json, proposal.RuleHash), null)
                : (null, new Refusal(Refuse.InvalidRequest, $"version {plan.Code} has no version {number}")
                    { Faults = [("version", $"{plan.Code} has no version {number}")] });
        }
        var (card, faults) = CardReading.Read(json!.Value);
        return card is null
            ? (null, Refusal.Of(Refuse.InvalidCard,
                [.. faults.Select(broken => (broken.Path.Length == 0 ? "card" : "card." + broken.Path, broken.Reason))]))
            : (new WhatIfDraft(card, json.Value, CardReading.Hash(json.Value)), null);
    }
}
