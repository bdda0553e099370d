namespace ClaimsEngine.Members;

/// <summary>What a person is barred from.</summary>
public enum BarScope
{
    Enrolment,

    /// <summary>To apply for a benefit, and to be paid one.</summary>
    Claim,

    Both,
}

/// <summary>A bar that was confirmed and not lifted, as the rules ask for it: without its reason.</summary>
/// <param name="Region">it holds in it and below</param>
/// <param name="To">last day, inclusive</param>
public sealed record HeldBar(BarId Bar, BarScope Scope, RegionCode Region, LocalDate From, LocalDate To);

public static class HeldBars
{
    /// <summary>Why this person may not enter, or apply, there and then: until when, and never why. Null where no bar holds.</summary>
    /// <param name="what">what is asked for: <see cref="BarScope.Enrolment"/> or <see cref="BarScope.Claim"/></param>
    /// <param name="region">where the certificate belongs</param>
    /// <param name="day">of the entry or the application</param>
    /// <param name="field">of the request that names the person; null where none does</param>
    public static Refusal? Against(
        this IReadOnlyList<HeldBar> bars, BarScope what, RegionCode region, LocalDate day, string? field)
    {
        LocalDate[] until = [.. bars
            .Where(bar => (bar.Scope == what || bar.Scope == BarScope.Both) && bar.Region.Contains(region)
                && bar.From <= day && day <= bar.To)
            .Select(bar => bar.To)];
        return until.Length == 0 ? null : new Refusal(Refuse.Barred, $"the person is barred until {until.Max():uuuu-MM-dd}", field);
    }
}
