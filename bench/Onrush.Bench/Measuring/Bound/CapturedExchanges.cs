using System.Buffers.Binary;

namespace Onrush.Bench.Measuring.Bound;

/// <summary>Finds requests and their responses in a capture file: Ethernet, IPv4, one request at a time on a connection, each in one packet.</summary>
internal static class CapturedExchanges
{
    private const uint NanosecondMagic = 0xa1b23c4d;
    private const int FileHeader = 24;
    private const int PacketHeader = 16;
    private const int EthernetHeader = 14;

    /// <param name="file">Content of the file, in the byte order of this machine.</param>
    /// <param name="serverPort">Port that the requests go to.</param>
    /// <returns>From each request to the first packet of its response, in nanoseconds.</returns>
    public static List<double> Read(ReadOnlySpan<byte> file, int serverPort)
    {
        if (file.Length < FileHeader || BinaryPrimitives.ReadUInt32LittleEndian(file) != NanosecondMagic)
            throw new BenchException("tcpdump wrote a file of another kind");
        var asked = new Dictionary<int, long>();
        var times = new List<double>();
        for (var rest = file[FileHeader..]; rest.Length > PacketHeader;)
        {
            var atNs = BinaryPrimitives.ReadUInt32LittleEndian(rest) * 1_000_000_000L + BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var kept = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
            if (rest.Length < PacketHeader + kept)
                break;
            var (source, destination, payload) = Ports(rest.Slice(PacketHeader + EthernetHeader, kept - EthernetHeader));
            rest = rest[(PacketHeader + kept)..];
            if (payload <= 0)
                continue;
            if (destination == serverPort)
                asked[source] = atNs;
            else if (asked.Remove(destination, out var askedNs))
                times.Add(atNs - askedNs);
        }
        return times;
    }

    private static (int Source, int Destination, int Payload) Ports(ReadOnlySpan<byte> ip)
    {
        var ipHeader = (ip[0] & 15) * 4;
        var total = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        var tcp = ip[ipHeader..];
        return (BinaryPrimitives.ReadUInt16BigEndian(tcp), BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]), total - ipHeader - (tcp[12] >> 4) * 4);
    }
}
