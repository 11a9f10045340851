namespace Onrush.Outputs.Tests.Prometheus;

/// <summary>A reader of Snappy's format, written from its description.</summary>
internal static class SnappyReader
{
    public static byte[] Read(byte[] packed)
    {
        int at = 0, shift = 0, length = 0;
        do
        {
            length |= (packed[at] & 0x7f) << shift;
            shift += 7;
        }
        while ((packed[at++] & 0x80) != 0);
        List<byte> plain = new(length);
        while (at < packed.Length)
        {
            var tag = packed[at++];
            if ((tag & 3) == 0)
            {
                var less = tag >> 2;
                if (less >= 60)
                {
                    var bytes = less - 59;
                    less = 0;
                    for (var i = 0; i < bytes; i++)
                        less |= packed[at++] << (8 * i);
                }

                plain.AddRange(packed.AsSpan(at, less + 1));
                at += less + 1;
                continue;
            }

            (tag & 3).ShouldBe(2);
            var distance = packed[at] | (packed[at + 1] << 8);
            at += 2;
            distance.ShouldBeInRange(1, plain.Count);
            for (var i = 0; i <= tag >> 2; i++)
                plain.Add(plain[^distance]);
        }

        plain.Count.ShouldBe(length);
        return [.. plain];
    }
}
