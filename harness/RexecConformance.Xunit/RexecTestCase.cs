using System.ComponentModel;
using RexecConformance.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace RexecConformance.Xunit;

/// <summary>One row as a test of xunit 2; runners keep it by its name.</summary>
internal sealed class RexecTestCase : XunitTestCase
{
    private const string Key = "Row";
    private string _name = "";

    /// <summary>For a runner that brings it back.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("called by a runner that brings the test back")]
    public RexecTestCase()
    {
    }

    public RexecTestCase(
        IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod testMethod, string name)
        : base(messages, display, displayOptions, testMethod) => _name = name;

    /// <inheritdoc/>
    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(Key, _name);
    }

    /// <inheritdoc/>
    public override void Deserialize(IXunitSerializationInfo data)
    {
        base.Deserialize(data);
        _name = data.GetValue<string>(Key);
        MethodRows.Of(TestMethod).Choose(_name);
    }

    /// <inheritdoc/>
    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator, CancellationTokenSource cancellationTokenSource)
    {
        object?[] arguments = [null];
        try
        {
            arguments = [MethodRows.Of(TestMethod).Row(_name)];
        }
        catch (RexecDataException e)
        {
            aggregator.Add(e);
        }

        var bus = new SkippingBus(messageBus);
        RunSummary summary = await new XunitTestCaseRunner(
            this, DisplayName, SkipReason, constructorArguments, arguments!, bus, aggregator, cancellationTokenSource).RunAsync();
        summary.Failed -= bus.Skipped;
        summary.Skipped += bus.Skipped;
        return summary;
    }

    /// <inheritdoc/>
    protected override void Initialize()
    {
        base.Initialize();
        DisplayName = _name;
        if (MethodRows.Of(TestMethod).All.Rows.FirstOrDefault(row => row.Name == _name) is { } row)
        {
            Traits["Level"] = [row.Level.ToString().ToLowerInvariant()];
            Traits["Tag"] = [.. row.Tags];
        }
    }

    /// <inheritdoc/>
    protected override string GetUniqueID() => $"{base.GetUniqueID()}-{_name}";
}
