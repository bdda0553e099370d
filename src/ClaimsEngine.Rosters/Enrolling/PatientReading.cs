using System.Diagnostics;
using ClaimsEngine.Storage;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>
/// Asks again what PostgreSQL did not answer because it was away, for as long as a write looks for it (<see
/// cref="StorageOptions.Reconnect"/>).
/// </summary>
internal sealed class PatientReading(StorageOptions options, CancellationToken cancellation)
{
    /// <param name="question">may be asked any number of times</param>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL did not come back in time.</exception>
    public async Task<T> Ask<T>(Func<Task<T>> question)
    {
        var trouble = new Stopwatch();
        for (var pause = TimeSpan.FromMilliseconds(10); ; pause = TimeSpan.FromMilliseconds(Math.Min(500, pause.TotalMilliseconds * 2)))
        {
            try
            {
                return await question();
            }
            catch (Exception exception) when (
                Postgres.IsGone(exception) && trouble.Elapsed < options.Reconnect)
            {
                trouble.Start();
                await Task.Delay(pause, cancellation);
            }
        }
    }
}
