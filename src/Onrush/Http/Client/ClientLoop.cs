namespace Onrush.Http.Client;

/// <summary>What the users of one class on one loop share.</summary>
internal sealed class ClientLoop
{
    /// <summary>Where bodies go that nobody looks at. Several may be read into it at once: what stands in it means nothing.</summary>
    public byte[] Discarded { get; } = GC.AllocateUninitializedArray<byte>(16 * 1024);

    /// <summary>URIs that were asked for before.</summary>
    public UriCache Uris { get; } = new();
}
