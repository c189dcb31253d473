using RexecConformance.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace RexecConformance.Xunit;

/// <summary>Finds the rows of a method; xunit makes it by its name. What can't be found is one red test that says why.</summary>
/// <param name="messages">Is told of what goes wrong at discovery.</param>
public sealed class RexecTheoryDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        TestMethodDisplay display = discoveryOptions.MethodDisplayOrDefault();
        TestMethodDisplayOptions displayOptions = discoveryOptions.MethodDisplayOptionsOrDefault();
        List<IParameterInfo> parameters = [.. testMethod.Method.GetParameters()];
        if (parameters is not [{ ParameterType.Name: var type }] || type != typeof(RexecRow).FullName)
        {
            return [new ExecutionErrorTestCase(
                messages, display, displayOptions, testMethod, $"a method with [RexecTheory] has one parameter, a {nameof(RexecRow)}")];
        }

        try
        {
            return [.. MethodRows.Of(testMethod).All.Rows.Select(row => new RexecTestCase(messages, display, displayOptions, testMethod, row.Name))];
        }
        catch (RexecDataException e)
        {
            return [new ExecutionErrorTestCase(messages, display, displayOptions, testMethod, e.Message)];
        }
    }
}
