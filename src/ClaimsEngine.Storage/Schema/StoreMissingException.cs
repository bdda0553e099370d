using Npgsql;

namespace ClaimsEngine.Storage.Schema;

/// <summary>The database has none of the engine's tables, and the caller wanted one that has. Nothing was made.</summary>
public sealed class StoreMissingException : Exception
{
    internal StoreMissingException(string connectionString, string schema) : base(
        $"The database {new NpgsqlConnectionStringBuilder(connectionString).Database} has no events of the engine in the schema {schema}, "
        + "and nothing was made there.")
    {
    }
}
