using System.Security.Claims;

namespace ClaimsEngine.Console.Doors;

/// <summary>
/// The engine's HTTP API, reached inside the process. A page asks and orders through it as the person who is signed in, so that nothing
/// is possible on a screen that the API would refuse. The host supplies it.
/// </summary>
public interface IApiDoor
{
    /// <summary>A client whose requests are made as this person. Its base address ends before <c>/api</c>.</summary>
    /// <param name="person">as the console's cookie says; who is not signed in is answered 401</param>
    HttpClient For(ClaimsPrincipal person);
}
