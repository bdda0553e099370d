using System.Text.RegularExpressions;

namespace ClaimsEngine.Storage;

/// <summary>Where the events live.</summary>
/// <param name="ConnectionString">Npgsql connection string of the owner of the tables; the engine itself runs as
/// <paramref name="ApplicationRole"/></param>
/// <param name="Schema">schema of Marten's and Wolverine's tables and of everything else that only the engine writes</param>
/// <param name="ReadSchema">schema of the read models, made for SQL and BI tools</param>
/// <param name="ApplicationRole">role of the engine's sessions: may add events, never change them</param>
public sealed partial record StorageOptions(
    string ConnectionString, string Schema = "claims", string ReadSchema = "read", string ApplicationRole = "claims_app")
{
    /// <summary>False where a database without the engine's tables is a mistake: opening it makes nothing there and throws.</summary>
    public bool MayMake { get; init; } = true;

    /// <summary>How long a write whose reply was lost looks for PostgreSQL before it gives up and throws.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>At most so many events are projected in one transaction.</summary>
    public int ProjectionPage { get; init; } = 2000;

    /// <summary>All connections of this process together. PostgreSQL allows 100 by default, for everybody.</summary>
    public int Connections { get; init; } = 60;

    /// <summary>How long a node of the cluster may be silent before its work is given to another.</summary>
    public TimeSpan NodeSilence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether text messages can be sent. If not, a notice is unsent from the start, and a person of the office tells
    /// it.</summary>
    public bool SendsNotices { get; init; }

    /// <summary>Codes of the banks that are told of released batches over a gateway. Finance hands over the others' files.</summary>
    public IReadOnlyList<string> ToldBanks { get; init; } = [];

    /// <summary>Fills the names into an SQL text: they are identifiers, which no parameter can carry.</summary>
    internal string Fill(string sql) => sql.Replace("{schema}", Schema).Replace("{read}", ReadSchema).Replace("{role}", ApplicationRole);

    /// <exception cref="ArgumentException">A name is no plain identifier.</exception>
    public void Check()
    {
        foreach (var name in (string[])[Schema, ReadSchema, ApplicationRole])
            if (!Identifier().IsMatch(name))
                throw new ArgumentException($"'{name}' is no plain identifier of lower-case letters, digits and underscores");
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,40}$")]
    internal static partial Regex Identifier();
}
