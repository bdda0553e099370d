using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Newtonsoft.Json;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace ClaimsEngine.Host.Tests.OpenApi;

/// <summary>A client that NSwag makes from the description alone, compiled in memory: what somebody else's program would use.</summary>
internal sealed class GeneratedClient
{
    private readonly Type type;

    private GeneratedClient(Type type) => this.type = type;

    /// <summary>The operations that it can call.</summary>
    public IReadOnlyCollection<string> Operations =>
        [.. type.GetMethods().Where(IsOperation).Select(method => method.Name[..^"Async".Length]).Distinct()];

    public static async Task<GeneratedClient> From(string description)
    {
        var settings = new CSharpClientGeneratorSettings { ClassName = "Client", GenerateOptionalParameters = true };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        // What NSwag writes for System.Text.Json sends the names of its own enums; for Newtonsoft it sends those of the description.
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.NewtonsoftJson;
        var code = new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(description), settings).GenerateFile();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compiled = CSharpCompilation.Create($"Generated-{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(code)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var made = compiled.Emit(assembly);
        Assert.True(made.Success, string.Join('\n', made.Diagnostics.Where(told => told.Severity == DiagnosticSeverity.Error).Take(10)));
        return new GeneratedClient(Assembly.Load(assembly.ToArray()).GetType("Generated.Client")!);
    }

    /// <summary>Calls an operation as a program would: by its name, with its parameters by theirs.</summary>
    /// <param name="body">is put into the client's own type of the body first</param>
    /// <returns>what the client made of the answer</returns>
    /// <exception cref="TargetInvocationException">never: what the client throws is thrown as it is</exception>
    public async Task<object?> Call(HttpClient http, string operation, IReadOnlyDictionary<string, object?> given, JsonNode? body)
    {
        var client = Activator.CreateInstance(type, http)!;
        if (type.GetProperty("BaseUrl") is { } address) address.SetValue(client, http.BaseAddress!.ToString());
        var method = type.GetMethods().Where(IsOperation).Where(method => method.Name == $"{operation}Async")
            .MaxBy(method => method.GetParameters().Length) ?? throw new InvalidOperationException($"the client has no {operation}");
        var left = given.Keys.ToHashSet();
        var arguments = Array.ConvertAll(method.GetParameters(), parameter =>
        {
            if (parameter.ParameterType == typeof(CancellationToken)) return TestContext.Current.CancellationToken;
            var name = given.Keys.FirstOrDefault(key => Plain(key) == Plain(parameter.Name!));
            if (name is not null)
            {
                left.Remove(name);
                return Converted(given[name], parameter.ParameterType);
            }
            if (parameter.Name is "body" or "file" && body is not null) return Converted(body, parameter.ParameterType);
            return parameter.HasDefaultValue ? parameter.DefaultValue
                : throw new InvalidOperationException($"{operation} needs {parameter.Name}");
        });
        Assert.True(left.Count == 0, $"{operation} does not take {string.Join(", ", left)}");
        var task = (Task)method.Invoke(client, arguments)!;
        await task;
        return task.GetType().GetProperty("Result") is { } result && method.ReturnType.IsGenericType ? result.GetValue(task) : null;
    }

    private object? Converted(object? value, Type wanted) => value switch
    {
        null => null,
        JsonValue text when wanted.Name == "FileParameter" => Activator.CreateInstance(
            wanted, new MemoryStream(System.Text.Encoding.UTF8.GetBytes((string)text!)), "example.csv", "text/csv"),
        _ when wanted.IsInstanceOfType(value) => value,
        _ when (Nullable.GetUnderlyingType(wanted) ?? wanted) is { IsEnum: true } names => names.GetFields().Single(field =>
            field.GetCustomAttribute<EnumMemberAttribute>()?.Value == (string)value).GetValue(null),
        JsonNode json => JsonConvert.DeserializeObject(json.ToJsonString(), wanted, Json),
        _ => JsonConvert.DeserializeObject(JsonConvert.SerializeObject(value), wanted, Json),
    };

    /// <summary>The client's own way with JSON.</summary>
    private JsonSerializerSettings Json => (JsonSerializerSettings)type
        .GetProperty("JsonSerializerSettings", BindingFlags.Instance | BindingFlags.NonPublic)!
        .GetValue(Activator.CreateInstance(type, new HttpClient()))!;

    private static bool IsOperation(MethodInfo method) =>
        method is { IsPublic: true, IsStatic: false } && method.Name.EndsWith("Async", StringComparison.Ordinal)
        && typeof(Task).IsAssignableFrom(method.ReturnType);

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal)
        .Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
