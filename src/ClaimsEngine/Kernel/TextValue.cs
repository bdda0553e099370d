namespace ClaimsEngine.Kernel;

/// <summary>A value that travels as one string and is checked when it is read.</summary>
public interface ITextValue<TSelf> where TSelf : struct, ITextValue<TSelf>
{
    /// <summary>Reads the value, or says in <paramref name="error"/> which rule the text breaks.</summary>
    static abstract bool TryParse(string text, out TSelf value, out string error);

    string ToString();

    /// <summary>Reads a value known to be good (constants, seeds, specs).</summary>
    /// <exception cref="FormatException">The text breaks the rule.</exception>
    static virtual TSelf Of(string text) => TSelf.TryParse(text, out var value, out var error) ? value : throw new FormatException(error);
}

/// <summary>An id of one kind of thing. In JSON and in the database a plain GUID.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
