namespace Rexecd;

/// <summary>The defects that a server is told to have, and what they keep between its sessions.</summary>
internal sealed class Defects(IReadOnlySet<Defect> defects) : IDisposable
{
    private readonly List<IDisposable> _left = [];
    private byte[] _username = [];

    /// <summary>A server without any.</summary>
    public static Defects None { get; } = new(new HashSet<Defect>());

    /// <summary>Connections and descriptors that sessions have left open.</summary>
    public int Left
    {
        get
        {
            lock (_left)
            {
                return _left.Count;
            }
        }
    }

    /// <summary>Of these options; those of a server that has none are shared.</summary>
    public static Defects Of(RexecServerOptions options) => options.Defects.Count == 0 ? None : new Defects(options.Defects);

    public bool Has(Defect defect) => defects.Count > 0 && defects.Contains(defect);

    /// <summary>The auxiliary connection, as the session gets it.</summary>
    public IConnection Auxiliary(IConnection aux)
    {
        if (!Has(Defect.AuxLeftOpen))
        {
            return aux;
        }

        Leave(aux);
        return new UnclosedConnection(aux);
    }

    /// <summary>A login was refused.</summary>
    public void Refused()
    {
        if (Has(Defect.LeakedDescriptor))
        {
            Leave(File.OpenHandle(OperatingSystem.IsWindows() ? "NUL" : "/dev/null"));
        }
    }

    /// <summary>The user name as the server takes it.</summary>
    /// <exception cref="ServerEndException">The server ends at it.</exception>
    public ReadOnlyMemory<byte> Username(ReadOnlyMemory<byte> name)
    {
        if (Has(Defect.EndsAtEightBit) && name.Span.IndexOfAnyInRange((byte)0x80, (byte)0xff) >= 0)
        {
            throw new ServerEndException();
        }

        if (!Has(Defect.KeptUserName))
        {
            return name;
        }

        lock (_left)
        {
            return _username = [.. name.Span, .. _username.AsSpan(Math.Min(name.Length, _username.Length))];
        }
    }

    public void Dispose()
    {
        lock (_left)
        {
            _left.ForEach(one => one.Dispose());
            _left.Clear();
        }
    }

    private void Leave(IDisposable one)
    {
        lock (_left)
        {
            _left.Add(one);
        }
    }
}
