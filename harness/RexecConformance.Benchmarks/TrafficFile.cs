using System.Buffers.Binary;

namespace RexecConformance.Benchmarks;

/// <summary>Makes a capture of any size: rexec sessions and other connections side by side, whole packets on Ethernet, no loss.</summary>
/// <remarks>The same size gives the same file on every machine. Half of the connections are to port 512, half to port 80.</remarks>
internal sealed class TrafficFile
{
    private const int Ethernet = 14;
    private const int Headers = Ethernet + 20 + 20;
    private const int AtOnce = 64;

    private readonly Random _random = new(512);
    private readonly byte[] _record = new byte[16 + Headers + 1460];
    private long _microseconds = 1_780_000_000_000_000;
    private int _sessions;

    /// <summary>Packets written.</summary>
    public long Packets { get; private set; }

    /// <summary>Rexec sessions that were begun.</summary>
    public int RexecSessions { get; private set; }

    /// <summary>Writes a file of at least this many bytes.</summary>
    public void Write(Stream file, long size)
    {
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        file.Write(header);
        long written = header.Length;
        var sessions = Enumerable.Range(0, AtOnce).Select(_ => Begin()).ToArray();
        while (written < size)
        {
            var at = _random.Next(AtOnce);
            var length = sessions[at].Next(this);
            file.Write(_record, 0, length);
            written += length;
            Packets++;
            if (sessions[at].IsOver)
            {
                sessions[at] = Begin();
            }
        }
    }

    private Session Begin()
    {
        var rexec = _sessions % 2 == 0;
        RexecSessions += rexec ? 1 : 0;
        return new Session(_sessions++, rexec, output: 20_000 + _random.Next(400_000));
    }

    private int Packet(int session, int port, bool fromClient, uint sequence, uint ack, byte flags, ReadOnlySpan<byte> data)
    {
        var record = _record.AsSpan(0, 16 + Headers + data.Length);
        record.Clear();
        var frame = record[16..];
        _microseconds += 3;
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(_microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(_microseconds % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], frame.Length);
        frame[12] = 8;
        var ip = frame[Ethernet..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(40 + data.Length));
        (ip[8], ip[9]) = (64, 6);
        var client = 0x0a000000 + (session / 50_000) + 2;
        BinaryPrimitives.WriteInt32BigEndian(ip[12..], fromClient ? client : 0x0a000001);
        BinaryPrimitives.WriteInt32BigEndian(ip[16..], fromClient ? 0x0a000001 : client);
        var (own, other) = ((ushort)(1024 + (session % 50_000)), (ushort)port);
        BinaryPrimitives.WriteUInt16BigEndian(ip[20..], fromClient ? own : other);
        BinaryPrimitives.WriteUInt16BigEndian(ip[22..], fromClient ? other : own);
        BinaryPrimitives.WriteUInt32BigEndian(ip[24..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(ip[28..], ack);
        (ip[32], ip[33], ip[34]) = (0x50, flags, 0xff);
        data.CopyTo(ip[40..]);
        return record.Length;
    }

    // SYN, SYN+ACK, ACK, request, NUL, output with an acknowledgment for every second segment, FIN both ways.
    private sealed class Session(int number, bool rexec, int output)
    {
        private const byte Syn = 2;
        private const byte Ack = 16;
        private const byte FinAck = 17;
        private readonly int _port = rexec ? 512 : 80;
        private uint _client = 1000;
        private uint _server = 5000;
        private int _step;
        private int _sent;
        private bool _acknowledge;

        public bool IsOver { get; private set; }

        public int Next(TrafficFile file)
        {
            var request = rexec ? "0\0rxalice\0secret\0seq 1 20000\0"u8 : "GET / HTTP/1.1\r\nHost: example\r\n\r\n"u8;
            switch (_step++)
            {
                case 0: return Client(file, Syn, []);
                case 1: return Server(file, Syn | Ack, []);
                case 2: return Client(file, Ack, []);
                case 3: return Client(file, Ack, request);
                case 4: return Server(file, Ack, rexec ? "\0"u8 : "H"u8);
            }

            if (_acknowledge)
            {
                _acknowledge = false;
                return Client(file, Ack, []);
            }

            if (_sent < output)
            {
                // 40 to 1459 bytes: with the bare acknowledgments between them 550 on average.
                var length = 40 + file._random.Next(1420);
                _sent += length;
                _acknowledge = file._random.Next(2) == 0;
                Span<byte> data = stackalloc byte[length];
                data.Fill((byte)('a' + (_sent % 26)));
                return Server(file, Ack, data);
            }

            if (_sent < int.MaxValue)
            {
                _sent = int.MaxValue;
                return Server(file, FinAck, []);
            }

            IsOver = true;
            return Client(file, FinAck, []);
        }

        private int Client(TrafficFile file, byte flags, ReadOnlySpan<byte> data)
        {
            var length = file.Packet(number, _port, true, _client, _server, flags, data);
            _client += (uint)data.Length + (flags is Syn or FinAck ? 1u : 0);
            return length;
        }

        private int Server(TrafficFile file, byte flags, ReadOnlySpan<byte> data)
        {
            var length = file.Packet(number, _port, false, _server, _client, flags, data);
            _server += (uint)data.Length + (flags is (Syn | Ack) or FinAck ? 1u : 0);
            return length;
        }
    }
}
