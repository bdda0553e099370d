namespace ClaimsEngine.Host.Auth;

/// <summary>Why a token was not believed. The message goes to the caller: plain ASCII, nothing from the token itself.</summary>
public sealed class TokenRefused(string reason) : Exception(reason);

/// <summary>The issuer's keys cannot be had, so that no token of it can be judged: the fault is not the caller's.</summary>
public sealed class IssuerUnreachable(Exception inner) : Exception("the token issuer cannot be reached", inner);
