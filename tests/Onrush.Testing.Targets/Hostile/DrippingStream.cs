using Onrush.Testing.Targets.Net;

namespace Onrush.Testing.Targets.Hostile;

/// <summary>Hands written bytes on one by one, with a pause before each.</summary>
internal sealed class DrippingStream(Stream inner, TimeSpan pause) : WriteStream(inner)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < buffer.Length; i++)
        {
            await Task.Delay(pause, cancellationToken);
            await Inner.WriteAsync(buffer.Slice(i, 1), cancellationToken);
        }
    }
}
