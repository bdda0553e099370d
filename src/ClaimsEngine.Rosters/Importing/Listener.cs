using ClaimsEngine.Storage.Bulk;

namespace ClaimsEngine.Rosters.Importing;

/// <summary>Told at once and in order; <see cref="Progress{T}"/> would tell some time later.</summary>
internal sealed class Listener(Action<ImportState> told) : IProgress<ImportState>
{
    public void Report(ImportState value) => told(value);
}
