using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace ClaimsEngine.Kernel;

/// <summary>A type of event, and the streams that it belongs to.</summary>
/// <param name="Aggregate">the type of the streams' state</param>
/// <param name="StreamType">its name, <c>claim</c></param>
public sealed record EventKind(Type Type, Type Aggregate, string StreamType);

/// <summary>The published names of events: snake_case of the record's name, as Marten writes them, or the name that
/// <see cref="PublishedNameAttribute"/> gives.</summary>
public sealed class EventTypes
{
    private readonly FrozenDictionary<string, Type> typeOf;
    private readonly FrozenDictionary<Type, string> nameOf;
    private readonly FrozenDictionary<Type, EventKind> kinds;

    /// <exception cref="ArgumentException">Two types share a name, or one is named twice.</exception>
    public EventTypes(IEnumerable<EventKind> events)
    {
        kinds = events.ToFrozenDictionary(kind => kind.Type);
        typeOf = kinds.Keys.ToFrozenDictionary(NameFor);
        nameOf = kinds.Keys.ToFrozenDictionary(type => type, NameFor);
    }

    public IEnumerable<Type> All => nameOf.Keys;

    /// <summary>The name of the stream type that an event belongs to; empty for a type that is not registered.</summary>
    public string StreamTypeOf(Type type) => kinds.TryGetValue(type, out var kind) ? kind.StreamType : "";

    /// <exception cref="KeyNotFoundException">The type is no registered event.</exception>
    public string NameOf(Type type) => nameOf.TryGetValue(type, out var name)
        ? name : throw new KeyNotFoundException($"{type} is not registered as an event");

    /// <exception cref="KeyNotFoundException">No registered event has this name.</exception>
    public Type TypeOf(string name) => typeOf.TryGetValue(name, out var type)
        ? type : throw new KeyNotFoundException($"no event is registered under the name '{name}'");

    /// <summary><c>ClaimSubmitted</c> → <c>claim_submitted</c>.</summary>
    public static string NameFor(Type type)
    {
        if (type.GetCustomAttribute<PublishedNameAttribute>() is { } published) return published.Name;
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

/// <summary>The name under which an event is published, where the record has another name today.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublishedNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
