namespace ClaimsEngine.Host.Http;

/// <summary>What a route's template says.</summary>
internal static class RouteTemplates
{
    /// <summary>The names of the values in its path, without their constraints.</summary>
    public static IReadOnlyList<string> Values(string route) =>
        [.. route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}').Split(':')[0])];

    /// <summary>Its last segment as a name: <c>/api/payment-batches</c> is <c>PaymentBatches</c>.</summary>
    public static string LastName(string route) =>
        string.Concat(route.Split('/')[^1].Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
