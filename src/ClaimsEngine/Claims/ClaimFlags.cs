using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>What is no ground to refuse a claim and yet for an approver to look at. The reason of the approval answers it.</summary>
public static class ClaimFlags
{
    /// <summary>The incident, or a stay in hospital, began before the enrolment was recorded: only gifts and imports cover such
    /// days.</summary>
    public const string IncidentBeforeEnrolment = "incident-before-enrolment";

    /// <summary>Another claim of the member may be for the same (<see cref="Likeness"/>).</summary>
    public const string LikelyDuplicate = "likely-duplicate";

    /// <summary>One person did two steps under the organiser's rule for small offices.</summary>
    public const string FourEyesExempt = "four-eyes-exempt";

    /// <summary>These flags and one more, each once.</summary>
    public static IReadOnlyList<string> With(IReadOnlyList<string>? flags, string more) => [.. (flags ?? []).Union([more])];

    /// <summary>The flags of an incident under this certificate; null for none.</summary>
    /// <param name="resembles">other claims of the member that may be for the same; null for none</param>
    public static IReadOnlyList<string>? Of(Incident incident, Enrolment enrolment, IReadOnlyList<ClaimId>? resembles = null)
    {
        string?[] flags =
            [incident.FirstDay < enrolment.EnrolledOn ? IncidentBeforeEnrolment : null, resembles is null ? null : LikelyDuplicate];
        return flags.OfType<string>().ToArray() is { Length: > 0 } some ? some : null;
    }
}
