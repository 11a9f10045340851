using System.Buffers.Binary;
using System.Security.Cryptography;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Http;

/// <summary>
/// Gives requests the header <c>traceparent</c> of W3C Trace Context, so that what the target traces can be found again. Some are marked to be recorded there;
/// only those are remembered here. Belongs to a loop; allocates nothing.
/// </summary>
/// <param name="recorded">Share of the requests that are marked to be recorded, 0 to 1.</param>
internal sealed class TraceContext(double recorded)
{
    /// <summary>Name of the header.</summary>
    public const string Header = "traceparent";

    // Not from the seed of the run: two runs with the same one must not have the same traces.
    private ulong _state = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    /// <summary>Writes the header line, and notes the trace if the request is marked to be recorded.</summary>
    public void Write(RequestWriter writer, ref RequestSample sample)
    {
        var (high, low, span) = (Next(), NotZero(), NotZero());
        // 53 bits, as many as a double holds.
        var isRecorded = (Next() >> 11) * (1.0 / (1UL << 53)) < recorded;
        writer.Write("traceparent: 00-"u8);
        Hex(writer, high);
        Hex(writer, low);
        writer.Write("-"u8);
        Hex(writer, span);
        writer.Write(isRecorded ? "-01\r\n"u8 : "-00\r\n"u8);
        if (isRecorded)
            (sample.TraceHigh, sample.TraceLow) = (high, low);
    }

    private static void Hex(RequestWriter writer, ulong value)
    {
        var digits = writer.GetSpan(16);
        for (var i = 0; i < 16; i++)
            digits[i] = "0123456789abcdef"u8[(int)(value >> (60 - 4 * i)) & 15];
        writer.Advance(16);
    }

    private ulong NotZero()
    {
        ulong value;
        do
            value = Next();
        while (value == 0);
        return value;
    }

    // SplitMix64.
    private ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
