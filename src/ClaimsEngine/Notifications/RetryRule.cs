namespace ClaimsEngine.Notifications;

/// <summary>When something that could not be delivered is tried again: exponentially later, with jitter, so that many do not come back at
/// once. Webhooks, notices and banks share it.</summary>
/// <param name="First">from the first try to the second, without jitter</param>
/// <param name="Factor">each further pause is so many times as long</param>
/// <param name="Attempts">tries in all; afterwards it is dead until somebody sends it again</param>
/// <param name="Jitter">share of the pause that it may be shorter or longer, 0 to 1</param>
public sealed record RetryRule(Duration First, double Factor = 3.5, int Attempts = 8, double Jitter = 0.25)
{
    /// <summary>Eight tries over about 21 hours: after 30 s, 1¾ min, 6 min, 21 min, 75 min, 4½ h and 15 h.</summary>
    public static readonly RetryRule Standard = new(Duration.FromSeconds(30));

    /// <summary>The pause before the next try; null when there is none left.</summary>
    /// <param name="tried">tries so far, from 1</param>
    /// <param name="random">0 to below 1</param>
    public Duration? After(int tried, double random) =>
        tried >= Attempts ? null : First * Math.Pow(Factor, tried - 1) * (1 + Jitter * (2 * random - 1));
}
