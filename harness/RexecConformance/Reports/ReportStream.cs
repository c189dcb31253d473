namespace RexecConformance.Reports;

/// <summary>A report as a stream that is only written to.</summary>
internal sealed class ReportStream(ReportFile file) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => file.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => file.Write(buffer.AsSpan(offset, count));

    // The file is flushed when it is complete.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
