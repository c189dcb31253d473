using System.Text;
using RexecConformance.Captures.Recording;

namespace RexecConformance.Tests.Captures.Recording;

public sealed class HeldPortFieldTests
{
    [Theory]
    [InlineData("1234|\0user", "56789", "5678|9\0user")]
    [InlineData("1|2|3|4|\0|user", "56789", "5|6|7|8|9\0", "user")]
    [InlineData("12345\0user\0", "99", "99\0user\0")]
    [InlineData("1|2|3|4|5|\0", "99", "9|9|\0")]
    [InlineData("40000\0", "40001", "40001\0")]
    public void A_field_is_replaced_and_cut_as_the_client_cut_it(string sent, string field, string expected, string? later = null)
    {
        var held = new HeldPortField();
        string[] segments = sent.Split('|');
        int taken = 0;
        while (!held.Complete)
        {
            held.Add(Encoding.Latin1.GetBytes(segments[taken++]));
        }

        Assert.Equal(expected, string.Join('|', held.With(Encoding.Latin1.GetBytes(field)).Select(Encoding.Latin1.GetString)));
        Assert.Equal(later is null ? [] : [later], segments[taken..]);
    }

    [Theory]
    [InlineData("\0good\0", 0)]
    [InlineData("0\0", 0)]
    [InlineData("65536\0", 0)]
    [InlineData("65537\0", 1)]
    [InlineData("00514\0", 514)]
    [InlineData("-1\0", 65_507)]
    public void The_port_is_what_a_server_arrives_at(string sent, int port)
    {
        var held = new HeldPortField();
        held.Add(Encoding.Latin1.GetBytes(sent));
        Assert.True(held.Complete);
        Assert.Equal(port, held.Port);
    }

    [Fact]
    public void A_field_without_end_is_not_waited_for_for_ever()
    {
        var held = new HeldPortField();
        for (int i = 0; i < 5; i++)
        {
            Assert.False(held.TooLong);
            held.Add(Encoding.Latin1.GetBytes(new string('1', 1000)));
        }

        Assert.True(held.TooLong);
        Assert.Equal(0, held.Port);
        Assert.Equal(5, held.Unchanged.Count);
    }
}
