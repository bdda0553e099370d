using ClaimsEngine.Storage.ReadModels;

namespace ClaimsEngine.Storage.Projections;

/// <summary>The read models of the engine, as tables.</summary>
public sealed class ReadModelSet
{
    private readonly Dictionary<string, Projection> byName;

    /// <exception cref="NotSupportedException">A read model's row has a property that no column carries.</exception>
    /// <exception cref="ArgumentException">A name is no plain identifier, or two tables would have the same.</exception>
    public ReadModelSet(IReadOnlyList<IReadModel> definitions, Sessions sessions, StorageOptions options, EventTypes types)
    {
        byName = definitions.ToDictionary(model => model.Table,
            model => new Projection(new ReadModelTable(model), sessions, options, types));
        if (byName.Values.SelectMany(model => TableDefinition.Names(model.Table)).GroupBy(name => name)
            .FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"two read models or totals would have the table {twice.Key}");
    }

    public IReadOnlyCollection<Projection> All => byName.Values;

    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public Projection Find(string readModel) => byName.TryGetValue(readModel, out var projection)
        ? projection : throw new KeyNotFoundException($"there is no read model '{readModel}'");

    /// <summary>The table of a read model, for those who write their own SELECTs over it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public ReadModelTable Table(string readModel) => Find(readModel).Table;
}
