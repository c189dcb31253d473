using System.Text;
using Microsoft.Extensions.Logging;

namespace RexecConformance.Containers.Testcontainers;

/// <summary>Keeps what Testcontainers says; it would write it to the console.</summary>
internal sealed class BuildLog : ILogger
{
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
        {
            _ = _text.AppendLine(formatter(state, exception));
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lock)
        {
            return _text.ToString();
        }
    }
}
