using System.Text.Json;

namespace ClaimsEngine.Console.Parts;

/// <summary>A column of a list of the API.</summary>
/// <param name="Name">in the JSON</param>
/// <param name="Type">of the value, without nullability</param>
public sealed record ListColumn(string Name, Type Type)
{
    /// <summary>The class of its cells.</summary>
    public string? Look => IsAmount || IsNumber ? "number"
        : Type == typeof(LocalDate) || Type == typeof(Instant) || Type == typeof(RegionCode)
            || Name is "number" or "certificateNumber" or "claimNumber" or "memberName" or "payeeName" or "applicantName" ? "short"
        : Name is "name" or "nameZh" or "nameEn" or "sponsor" or "organiser" or "payer" or "events" ? "wide"
        : Name is "plan" or "programme" or "code" or "fund" ? "code" : null;

    public bool IsAmount => Type == typeof(Money);
    public bool IsNumber => Type == typeof(int) || Type == typeof(long) || Type == typeof(decimal);
}

/// <summary>What the engine's lists have: their columns and filters, as the modules declare them.</summary>
public static class Lists
{
    /// <summary>The list at a route.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static ListRoute At(string route) => Engine.Modules.SelectMany(module => module.Lists).Single(list => list.Route == route);

    /// <summary>A column by its name; those that the store adds and the person's name are columns too.</summary>
    /// <exception cref="InvalidOperationException">The list has no such column.</exception>
    public static ListColumn Column(ListRoute list, string name)
    {
        if (list.Person?.Shown == name) return new ListColumn(name, typeof(string));
        if (name is "id") return new ListColumn(name, typeof(Guid));
        if (name is "version") return new ListColumn(name, typeof(long));
        if (name is "recordedFrom") return new ListColumn(name, typeof(Instant));
        var property = list.Model.RowType.GetProperties()
            .Single(own => JsonNamingPolicy.CamelCase.ConvertName(own.Name) == name);
        return new ListColumn(name, Plain(property.PropertyType));
    }

    /// <summary>The type of a filter's value.</summary>
    public static Type TypeOf(ListRoute list, ListFilter filter) => filter.Match switch
    {
        ListMatch.From or ListMatch.To or ListMatch.Before => typeof(LocalDate),
        ListMatch.Payer => typeof(string),
        _ => Plain(list.Model.RowType.GetProperty(filter.Property)?.PropertyType ?? typeof(string)),
    };

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
