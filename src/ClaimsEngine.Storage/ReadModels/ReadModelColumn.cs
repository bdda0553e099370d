using System.Linq.Expressions;
using System.Reflection;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>One property of a row, and the column that carries it.</summary>
public abstract class ReadModelColumn
{
    private protected ReadModelColumn(PropertyInfo property, string sqlType, NpgsqlDbType dbType, bool required)
    {
        Name = Snake(property.Name);
        Property = property;
        SqlType = sqlType;
        DbType = dbType;
        Required = required;
        Comment = Said<ColumnAttribute>(property)?.Comment;
    }

    /// <summary>The column's name, snake_case of the property's.</summary>
    public string Name { get; }

    /// <summary>The property of the row type.</summary>
    public PropertyInfo Property { get; }

    /// <summary>PostgreSQL's type: <c>uuid</c>, <c>text</c>, <c>bigint</c> (money: fen), <c>integer</c>, <c>boolean</c>, <c>date</c>,
    /// <c>timestamptz</c>.</summary>
    public string SqlType { get; }

    /// <summary>What the values mean, if the definition says so.</summary>
    public string? Comment { get; }

    /// <summary>Whether the column is NOT NULL: the property is a value that cannot be missing.</summary>
    public bool Required { get; }

    internal NpgsqlDbType DbType { get; }

    /// <summary>The values of many rows as one array.</summary>
    internal abstract NpgsqlParameter Values(IReadOnlyList<object> rows);

    internal abstract void Copy(BinaryCopy copy, object row);

    /// <summary>An expression of the property's type that reads the column.</summary>
    internal abstract Expression Read(ParameterExpression reader, int ordinal);

    /// <summary>What is said of a property, at itself or at the parameter of a constructor that makes it: there a record says it.</summary>
    internal static T? Said<T>(PropertyInfo property) where T : Attribute =>
        property.GetCustomAttribute<T>()
        ?? property.DeclaringType!.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))
            .Select(parameter => parameter.GetCustomAttribute<T>()).FirstOrDefault(said => said is not null);

    internal static string Snake(string name)
    {
        var snake = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0
                && !(char.IsUpper(name[i - 1]) && (i + 1 == name.Length || char.IsUpper(name[i + 1])))) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}

/// <summary>A column whose values travel as <typeparamref name="TStored"/>: a nullable value or a string.</summary>
internal sealed class ReadModelColumn<TStored> : ReadModelColumn
{
    private readonly Func<object, TStored> get;
    private readonly Func<Expression, Expression> toProperty;
    private readonly Action<BinaryCopy, TStored> write;

    /// <param name="toStored">from the property's value, to <typeparamref name="TStored"/></param>
    /// <param name="toProperty">from the value as Npgsql reads it (never null), to the property's type without its nullability</param>
    /// <param name="write">writes a value that is not null</param>
    public ReadModelColumn(PropertyInfo property, string sqlType, NpgsqlDbType dbType, bool required,
        Func<Expression, Expression> toStored, Func<Expression, Expression> toProperty, Action<BinaryCopy, TStored> write)
        : base(property, sqlType, dbType, required)
    {
        this.toProperty = toProperty;
        this.write = write;
        var row = Expression.Parameter(typeof(object));
        Expression value = Expression.Property(Expression.Convert(row, property.DeclaringType!), property);
        var nullable = Nullable.GetUnderlyingType(property.PropertyType) is not null;
        Expression stored = nullable
            ? Expression.Condition(Expression.Property(value, "HasValue"),
                Expression.Convert(toStored(Expression.Property(value, "Value")), typeof(TStored)), Expression.Default(typeof(TStored)))
            : Expression.Convert(toStored(value), typeof(TStored));
        get = Expression.Lambda<Func<object, TStored>>(stored, row).Compile();
    }

    internal override NpgsqlParameter Values(IReadOnlyList<object> rows)
    {
        var values = new TStored[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = get(rows[i]);
        return new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | DbType, Value = values };
    }

    internal override void Copy(BinaryCopy copy, object row)
    {
        var value = get(row);
        if (value is null) copy.WriteNull();
        else write(copy, value);
    }

    internal override Expression Read(ParameterExpression reader, int ordinal)
    {
        var column = Expression.Constant(ordinal);
        var read = Expression.Call(reader, nameof(NpgsqlDataReader.GetFieldValue),
            [Nullable.GetUnderlyingType(typeof(TStored)) ?? typeof(TStored)], column);
        return Expression.Condition(Expression.Call(reader, nameof(NpgsqlDataReader.IsDBNull), null, column),
            Expression.Default(Property.PropertyType), Expression.Convert(toProperty(read), Property.PropertyType));
    }
}
