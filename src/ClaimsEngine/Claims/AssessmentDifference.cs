using System.Text.Json;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>What a later assessment of one claim says otherwise than the one before it.</summary>
/// <param name="Difference">after less before; below 0.00 where less is payable now</param>
/// <param name="Facts">what was known of the case otherwise; empty where only the rules changed</param>
/// <param name="Steps">the steps that came out otherwise, or that one of the two has alone, in their order</param>
public sealed record AssessmentDifference(
    Money Before, Money After, Money Difference, IReadOnlyList<FieldDifference> Facts, IReadOnlyList<StepDifference> Steps)
{
    /// <returns>null where the claim was not assessed twice, or its last assessment no longer holds</returns>
    public static AssessmentDifference? Of(Claim claim) => claim is { Assessments: [.., var before, var after], Assessment: not null }
        ? new AssessmentDifference(
            before.Amount, after.Amount, after.Amount - before.Amount,
            FactsOf(before.Facts, after.Facts), [.. StepsOf(before.Steps, after.Steps)])
        : null;

    private static IReadOnlyList<FieldDifference> FactsOf(CaseFacts before, CaseFacts after) => FieldDifference.Between(
        JsonSerializer.SerializeToElement(before, ClaimsJson.Options), JsonSerializer.SerializeToElement(after, ClaimsJson.Options));

    /// <summary>A rule stands in an assessment as often as it was applied: once for each stay in hospital.</summary>
    private static IEnumerable<StepDifference> StepsOf(IReadOnlyList<Step> before, IReadOnlyList<Step> after)
    {
        var (old, now) = (Numbered(before), Numbered(after));
        return old.Keys.Union(now.Keys)
            .Select(rule => new StepDifference(rule.Rule, old.GetValueOrDefault(rule), now.GetValueOrDefault(rule)))
            .Where(step => step.Before != step.After);
    }

    private static Dictionary<(string Rule, int Time), Step> Numbered(IReadOnlyList<Step> steps) => steps
        .GroupBy(step => step.Rule)
        .SelectMany(group => group.Select((step, time) => ((group.Key, time), step)))
        .ToDictionary(pair => pair.Item1, pair => pair.step);
}

/// <param name="Before">null where only the later assessment has this step</param>
/// <param name="After">null where only the earlier one has it</param>
public sealed record StepDifference(string Rule, Step? Before, Step? After);
