using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>Which column carries which property, in both directions.</summary>
internal static class ColumnTypes
{
    /// <exception cref="NotSupportedException">No column can carry the property's type.</exception>
    public static ReadModelColumn For(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var required = property.PropertyType.IsValueType && type == property.PropertyType;

        if (type == typeof(Guid)) return Plain<Guid>(property, "uuid", NpgsqlDbType.Uuid, required,
            (copy, value) => copy.Write(value!.Value));
        if (type == typeof(long)) return Plain<long>(property, "bigint", NpgsqlDbType.Bigint, required,
            (copy, value) => copy.Write(value!.Value));
        if (type == typeof(int)) return Plain<int>(property, "integer", NpgsqlDbType.Integer, required,
            (copy, value) => copy.Write(value!.Value));
        if (type == typeof(bool)) return Plain<bool>(property, "boolean", NpgsqlDbType.Boolean, required,
            (copy, value) => copy.Write(value!.Value));
        if (type == typeof(string)) return Text(property, required, value => value, value => value);
        if (type == typeof(Money))
            return Value<long>(property, "bigint", NpgsqlDbType.Bigint, required,
                value => Expression.Property(value, nameof(Money.Fen)),
                    value => Expression.New(typeof(Money).GetConstructor([typeof(long)])!, value),
                (copy, value) => copy.Write(value!.Value));
        if (type == typeof(LocalDate))
            return Value<DateOnly>(property, "date", NpgsqlDbType.Date, required, Call(nameof(ToDate)), Call(nameof(FromDate)),
                (copy, value) => copy.Write(value!.Value));
        if (type == typeof(Instant))
            return Value<DateTime>(property, "timestamptz", NpgsqlDbType.TimestampTz, required, Call(nameof(ToTimestamp)),
                Call(nameof(FromTimestamp)),
                (copy, value) => copy.Write(value!.Value));
        if (Implements(type, typeof(IId<>)))
            return Value<Guid>(property, "uuid", NpgsqlDbType.Uuid, required, value => Expression.Property(value, "Value"),
                Call(nameof(FromGuid), type),
                (copy, value) => copy.Write(value!.Value));
        if (Implements(type, typeof(ITextValue<>))) return Text(property, required, Call(nameof(ToText), type),
            Call(nameof(FromText), type));
        if (type.IsEnum) return Text(property, required, Call(nameof(ToName), type), Call(nameof(FromName), type));
        if (ReadModelColumn.Said<JsonColumnAttribute>(property) is not null && !type.IsValueType)
            return new ReadModelColumn<string?>(property, "jsonb", NpgsqlDbType.Jsonb, required, Call(nameof(ToJson), type),
                Call(nameof(FromJson), type), (copy, value) => copy.WriteJson(value));

        throw new NotSupportedException(
            $"{property.DeclaringType!.Name}.{property.Name}: no column carries {property.PropertyType}. A row has Guid, id, "
            + "text value, string, enum, Money, LocalDate, Instant, int, long and bool, each also nullable; a class marked [JsonColumn] "
            + "becomes jsonb.");
    }

    private static bool Implements(Type type, Type definition) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    private static ReadModelColumn<T?> Plain<T>(
        PropertyInfo property, string sqlType, NpgsqlDbType dbType, bool required, Action<BinaryCopy, T?> copy) where T : struct =>
        Value(property, sqlType, dbType, required, value => value, value => value, copy);

    private static ReadModelColumn<T?> Value<T>(PropertyInfo property, string sqlType, NpgsqlDbType dbType, bool required,
        Func<Expression, Expression> toStored, Func<Expression, Expression> toProperty, Action<BinaryCopy, T?> copy) where T : struct =>
        new(property, sqlType, dbType, required, toStored, toProperty, copy);

    private static ReadModelColumn<string?> Text(PropertyInfo property, bool required,
        Func<Expression, Expression> toStored, Func<Expression, Expression> toProperty) =>
        new(property, "text", NpgsqlDbType.Text, required, toStored, toProperty, (copy, value) => copy.Write(value));

    private static Func<Expression, Expression> Call(string method, params Type[] types)
    {
        var found = typeof(ColumnTypes).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!;
        if (types.Length > 0) found = found.MakeGenericMethod(types);
        return value => Expression.Call(found, value);
    }

    private static DateOnly ToDate(LocalDate date) => date.ToDateOnly();

    private static LocalDate FromDate(DateOnly date) => LocalDate.FromDateOnly(date);

    // Whole microseconds, as PostgreSQL keeps them: a row loaded again is the row that was written.
    private static DateTime ToTimestamp(Instant instant) => instant.ToDateTimeUtc() is var at ? at.AddTicks(-(at.Ticks % 10)) : default;

    private static Instant FromTimestamp(DateTime timestamp) => Instant.FromDateTimeUtc(timestamp);

    private static T FromGuid<T>(Guid value) where T : struct, IId<T> => T.From(value);

    private static string ToText<T>(T value) where T : struct, ITextValue<T> => value.ToString()!;

    private static T FromText<T>(string text) where T : struct, ITextValue<T> => T.Of(text);

    private static string? ToJson<T>(T? value) where T : class =>
        value is null ? null : JsonSerializer.Serialize(value, ClaimsJson.Options);

    private static T? FromJson<T>(string? json) where T : class =>
        json is null ? null : JsonSerializer.Deserialize<T>(json, ClaimsJson.Options);

    private static string ToName<T>(T value) where T : struct, Enum => EnumNames<T>.NameOf.TryGetValue(value, out var name) ? name
        : value.ToString();

    private static T FromName<T>(string name) where T : struct, Enum =>
        EnumNames<T>.ValueOf.TryGetValue(name, out var value) ? value : throw new FormatException($"'{name}' is no {typeof(T).Name}");

    private static class EnumNames<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> NameOf = Enum.GetValues<T>().Distinct()
            .ToFrozenDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, T> ValueOf = NameOf.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }
}
