namespace ClaimsEngine.Console.People;

/// <summary>How people sign in to this host.</summary>
/// <param name="HasIssuer">whether an OpenID Connect issuer is configured</param>
/// <param name="Samples">people who do not exist, in Development; empty elsewhere</param>
public sealed record WaysIn(bool HasIssuer, IReadOnlyList<SamplePerson> Samples);

/// <summary>One of the sample people.</summary>
/// <param name="Zh">what this person does</param>
public sealed record SamplePerson(string Name, Role Role, string Region, string Zh, string En);
