namespace ClaimsEngine.Contributions;

/// <summary>A payer is asked for what it owes on certificates of a programme. The lines follow in parts.</summary>
/// <param name="Payer">word for word as in the funding</param>
/// <param name="Employer">code of the employer whose certificates are meant; null is all</param>
/// <param name="Region">smallest region that holds all its certificates</param>
/// <param name="DueOn">last day in time, Asia/Shanghai</param>
/// <param name="Count">certificates, 1 to 50,000</param>
/// <param name="Total">what is called for</param>
/// <param name="OnBehalfOf">whose stand-in called; null for nobody's</param>
public sealed record ContributionCalled(
    ContributionCallId Call, string Number, string Plan, string Programme, string Payer, string? Employer, RegionCode Region,
    LocalDate CalledOn, LocalDate DueOn, int Count, Money Total, string By, string? OnBehalfOf = null);

/// <summary>A part of a call's lines, in the order of the certificates' numbers.</summary>
public sealed record CallLinesListed(IReadOnlyList<CallLine> Lines);

/// <param name="Amount">what was left of the payer's share then, above 0.00</param>
public sealed record CallLine(EnrolmentId Enrolment, string CertificateNumber, Money Amount);

/// <summary>Nothing is awaited under the call any more: what is still owed may be called for again.</summary>
public sealed record ContributionCallClosed(string Reason, string By);
