namespace ClaimsEngine.Claims;

/// <summary>The step that a claim waits for. Of all but <see cref="Supplement"/> the office answers for the time.</summary>
public enum ClaimStep
{
    /// <summary>The papers are not complete, and nobody was asked for what is missing.</summary>
    Check,

    /// <summary>The claimant was asked for papers. The office's clock stands still.</summary>
    Supplement,

    /// <summary>The papers are complete.</summary>
    Assessment,

    /// <summary>A second person approves or refuses.</summary>
    Decision,

    /// <summary>An appeal against a refusal is to be decided.</summary>
    AppealDecision,
}

/// <summary>Until when a step is to be done. It is reckoned once, when the step begins, and kept with the fact that begins it.</summary>
/// <param name="DueOn">the last day in time, Asia/Shanghai</param>
/// <param name="Rules">the organiser's rules that say so, <c>default/1</c></param>
/// <param name="Calendar">the working days that it was reckoned with, <c>cn-2026/1</c></param>
public sealed record Deadline(ClaimStep Step, LocalDate DueOn, string Rules, string Calendar)
{
    /// <summary>Of a step that begins.</summary>
    /// <param name="left">days that are left of a step that stood still; null for all of its time</param>
    public static Deadline For(ClaimStep step, RegionCode region, LocalDate begins, int? left = null)
    {
        var rules = HandlingRules.For(region, begins);
        var limit = rules.LimitOf(step);
        var due = (left is { } days ? limit with { Days = days } : limit).EndsOn(begins);
        return new Deadline(step, due, rules.Name, WorkingDays.CalendarOf(due.Year));
    }

    /// <summary>Days that are left on a day, in the unit of the rule.</summary>
    public int Left(RegionCode region, LocalDate today) => HandlingRules.For(region, today).LimitOf(Step).Left(today, DueOn);
}
