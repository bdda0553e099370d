using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Host.Tests.Auth;

/// <summary>Keeps every line that is logged, with its category, its exception and the values that it was made of.</summary>
public sealed class KeptLog : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> lines = [];

    /// <param name="Text">the message as it is written, what structured logging keeps beside it, and the exception with all that it
    /// wraps</param>
    public sealed record Line(LogLevel Level, string Category, string Text)
    {
        public override string ToString() => $"{Level} {Category}: {Text}";
    }

    public IReadOnlyCollection<Line> Lines => lines;

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, lines);

    /// <summary>Keeps a line that came by another way.</summary>
    public void Keep(LogLevel level, string category, string text) => lines.Enqueue(new Line(level, category, text));

    public void Dispose()
    {
    }

    private sealed class Category(string name, ConcurrentQueue<Line> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs
                ? string.Join(' ', pairs.Where(pair => pair.Key != "{OriginalFormat}").Select(pair => pair.Value)) : "";
            lines.Enqueue(new Line(logLevel, name, $"{formatter(state, exception)} {values} {exception}"));
        }
    }
}
