using System.ComponentModel;
using System.Net.NetworkInformation;

namespace RexecConformance.Captures.Live;

/// <summary>Live capture with nothing but Linux: an AF_PACKET socket (packet(7)).</summary>
public sealed class PacketSocketCaptures : ILiveCaptures
{
    /// <summary>The name that stands for all interfaces.</summary>
    public const string AllInterfaces = "any";

    /// <inheritdoc/>
    public string Name => "AF_PACKET";

    /// <inheritdoc/>
    public IPacketSource Open(string interfaceName, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new IOException("live capture needs Linux, or a build with SharpPcap: this one has neither");
        }

        var index = interfaceName == AllInterfaces ? 0 : PacketSocketCalls.InterfaceIndex(interfaceName);
        if (index < 0)
        {
            throw new IOException($"there is no interface '{interfaceName}', expected one of: {string.Join(", ", Names().Append(AllInterfaces))}");
        }

        var descriptor = PacketSocketCalls.Open(index, out var error);
        return descriptor >= 0 ? new PacketSocket(descriptor, interfaceName, cancel) : throw new IOException(error switch
        {
            PacketSocketCalls.NotPermitted or PacketSocketCalls.AccessDenied => "live capture needs root, or the capability CAP_NET_RAW",
            _ => $"the interface '{interfaceName}' cannot be captured on: {new Win32Exception(error).Message}",
        });
    }

    private static IEnumerable<string> Names()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces().Select(one => one.Name).Order(StringComparer.Ordinal);
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
