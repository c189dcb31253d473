using RexecConformance.Captures.Live;
using SharpPcap;
using SharpPcap.LibPcap;

namespace RexecConformance.Captures.SharpPcap;

/// <summary>Capture through SharpPcap: libpcap on Unix, Npcap on Windows.</summary>
public sealed class SharpPcapCaptures : ILiveCaptures
{
    // How long a cancelled capture may take to end, in milliseconds.
    private const int ReadTimeout = 100;

    // In bytes; more than comes on a fast loopback interface while a conversation is printed.
    private const int KernelBuffer = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => $"SharpPcap {typeof(LibPcapLiveDevice).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public IPacketSource Open(string interfaceName, CancellationToken cancel)
    {
        PcapDevice? device = null;
        try
        {
            var devices = LibPcapLiveDeviceList.New();
            device = devices.FirstOrDefault(one => one.Name == interfaceName || one.Interface?.FriendlyName == interfaceName)
                ?? throw new IOException($"there is no interface '{interfaceName}', expected one of: {string.Join(", ", devices.Select(one => one.Interface?.FriendlyName ?? one.Name))}");
            // Not "immediate": libpcap then gives each packet a slot as long as the snap length, and a burst of a dozen overflows them.
            device.Open(new DeviceConfiguration { Mode = DeviceModes.Promiscuous, ReadTimeout = ReadTimeout, Snaplen = CaptureReader.LargestPacket, BufferSize = KernelBuffer });
            return new SharpPcapSource(device, interfaceName, isLive: true, cancel);
        }
        catch (Exception e) when (Explain(e) is { } message)
        {
            device?.Dispose();
            throw new IOException($"the interface '{interfaceName}' cannot be captured on: {message}", e);
        }
    }

    /// <summary>Reads a file with libpcap: a second opinion on the suite's own reader.</summary>
    /// <param name="path">A capture that libpcap reads.</param>
    /// <exception cref="IOException">libpcap does not read it, or is not installed; the message is one line.</exception>
    public static IPacketSource OpenFile(string path)
    {
        var device = new CaptureFileReaderDevice(path);
        try
        {
            device.Open(new DeviceConfiguration { TimestampResolution = TimestampResolution.Nanosecond });
            return new SharpPcapSource(device, "SharpPcap", isLive: false, CancellationToken.None);
        }
        catch (Exception e) when (Explain(e) is { } message)
        {
            device.Dispose();
            throw new IOException($"{path}: {message}", e);
        }
    }

    // Without the system's library the error names Windows' one, whatever the system is.
    private static string? Explain(Exception e) => e switch
    {
        PcapException => e.Message.ReplaceLineEndings(" ").Trim(),
        _ when e.GetBaseException() is DllNotFoundException => "SharpPcap needs libpcap (Debian: libpcap0.8) or Npcap",
        _ => null,
    };
}
