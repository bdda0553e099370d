using System.Collections.Frozen;
using System.Text;

namespace ClaimsEngine.Ports;

/// <summary>The published names of events: snake_case of the record's name, as Marten writes them.</summary>
public sealed class EventTypes
{
    private readonly FrozenDictionary<string, Type> typeOf;
    private readonly FrozenDictionary<Type, string> nameOf;

    /// <exception cref="ArgumentException">Two types share a name.</exception>
    public EventTypes(IEnumerable<Type> types)
    {
        var pairs = types.Select(type => (Name: NameFor(type), Type: type)).ToArray();
        typeOf = pairs.ToFrozenDictionary(pair => pair.Name, pair => pair.Type);
        nameOf = pairs.ToFrozenDictionary(pair => pair.Type, pair => pair.Name);
    }

    public IEnumerable<Type> All => nameOf.Keys;

    /// <exception cref="KeyNotFoundException">The type is no registered event.</exception>
    public string NameOf(Type type) => nameOf.TryGetValue(type, out var name)
        ? name : throw new KeyNotFoundException($"{type} is not registered as an event");

    /// <exception cref="KeyNotFoundException">No registered event has this name.</exception>
    public Type TypeOf(string name) => typeOf.TryGetValue(name, out var type)
        ? type : throw new KeyNotFoundException($"no event is registered under the name '{name}'");

    /// <summary><c>ClaimSubmitted</c> → <c>claim_submitted</c>.</summary>
    public static string NameFor(Type type)
    {
        var name = new StringBuilder();
        foreach (var letter in type.Name)
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }

    /// <summary>Marten's <c>mt_dotnet_type</c>: <c>Namespace.Type, Assembly</c>.</summary>
    public static string DotnetNameFor(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
