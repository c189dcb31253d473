namespace RexecConformance.Testing;

/// <summary>Rows for <c>[MemberData]</c>, which any version of xunit takes; for xunit 2 the package RexecConformance.Xunit has an attribute.</summary>
public static class RexecRows
{
    /// <summary>All rows of a dialect, without the slow ones.</summary>
    /// <exception cref="RexecDataException">There is no such dialect.</exception>
    public static IEnumerable<object[]> Of(string dialect) => Of(new RexecSelection(dialect));

    /// <summary>The rows of a selection, each the one argument of a test.</summary>
    /// <exception cref="RexecDataException">There is no such dialect, nothing matches, or a scenario file is wrong.</exception>
    public static IEnumerable<object[]> Of(RexecSelection selection) => RexecRowSet.Of(selection).Rows.Select(row => new object[] { row });
}
