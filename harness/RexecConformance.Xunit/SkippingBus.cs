using RexecConformance.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace RexecConformance.Xunit;

/// <summary>xunit 2 has no way to skip a test that runs: what failed in order to be skipped is told as skipped.</summary>
internal sealed class SkippingBus(IMessageBus inner) : IMessageBus
{
    /// <summary>How many were.</summary>
    public int Skipped { get; private set; }

    /// <inheritdoc/>
    public bool QueueMessage(IMessageSinkMessage message)
    {
        if (message is ITestFailed { ExceptionTypes: [var type, ..], Messages: [var text, ..] } failed && type == typeof(RexecSkippedException).FullName)
        {
            Skipped++;
            return inner.QueueMessage(new TestSkipped(failed.Test, RexecSkippedException.ReasonIn(text)));
        }

        return inner.QueueMessage(message);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The bus is the runner's.
    }
}
