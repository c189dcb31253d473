namespace RexecConformance.Tests.Captures;

/// <summary>Bytes as they come through a pipe: a few at a time, forward only.</summary>
internal sealed class PieceStream(byte[] bytes, int largest) : Stream
{
    private int _place;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = Math.Min(Math.Min(count, 1 + (_place % largest)), bytes.Length - _place);
        Array.Copy(bytes, _place, buffer, offset, read);
        _place += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
