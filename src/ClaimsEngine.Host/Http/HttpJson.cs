
namespace ClaimsEngine.Host.Http;

/// <summary>HTTP bodies speak the dialect of <see cref="ClaimsJson"/>.</summary>
public static class HttpJson
{
    /// <summary>Copies the dialect into the options of minimal APIs, which cannot be replaced as a whole. Harmless when called twice.</summary>
    public static void AddClaimsJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(http =>
    {
        var (target, source) = (http.SerializerOptions, ClaimsJson.Options);
        target.Encoder = source.Encoder;
        target.NumberHandling = source.NumberHandling;
        target.UnmappedMemberHandling = source.UnmappedMemberHandling;
        target.DefaultIgnoreCondition = source.DefaultIgnoreCondition;
        target.PropertyNameCaseInsensitive = source.PropertyNameCaseInsensitive;
        target.RespectNullableAnnotations = source.RespectNullableAnnotations;
        target.RespectRequiredConstructorParameters = source.RespectRequiredConstructorParameters;
        foreach (var converter in source.Converters.Where(converter => !target.Converters.Contains(converter))) target.Converters.Add(converter);
    });
}
