namespace Onrush.Testing.Targets.Net;

/// <summary>
/// Keeps written bytes until they are let go, so that a server decides what arrives together: for instance several TLS records at once, or half of one.
/// Everything passes until the first <see cref="Hold"/>.
/// </summary>
public sealed class GatheringStream(Stream inner) : WriteStream(inner)
{
    private readonly List<byte> _held = [];
    private bool _holds;

    /// <summary>Bytes kept now.</summary>
    public int Held => _held.Count;

    /// <summary>Keeps what is written from now on.</summary>
    public void Hold() => _holds = true;

    /// <summary>Sends the first <paramref name="count"/> bytes kept, in one write.</summary>
    public async Task LetGoAsync(int count)
    {
        var bytes = _held[..count].ToArray();
        _held.RemoveRange(0, count);
        await Inner.WriteAsync(bytes);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_holds)
            _held.AddRange(buffer.Span);
        else
            await Inner.WriteAsync(buffer, cancellationToken);
    }
}
