using System.Buffers.Binary;
using System.Text;

namespace Onrush.Outputs.Tests.Otlp;

/// <summary>A message of Protocol Buffers taken apart by the numbers of its fields, whoever wrote it.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[]? Block)> _fields = [];

    public ProtoMessage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            ulong tag = Varint(ref bytes);
            var (field, kind) = ((int)(tag >> 3), tag & 7);
            switch (kind)
            {
                case 0:
                    _fields.Add((field, Varint(ref bytes), null));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes), null));
                    bytes = bytes[8..];
                    break;
                case 2:
                    int length = (int)Varint(ref bytes);
                    _fields.Add((field, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                default:
                    throw new FormatException($"wire type {kind}");
            }
        }
    }

    public IEnumerable<int> Fields => _fields.Select(f => f.Field).Distinct().Order();

    public IEnumerable<ProtoMessage> All(int field) => _fields.Where(f => f.Field == field).Select(f => new ProtoMessage(f.Block));

    public ProtoMessage One(int field) => All(field).Single();

    public string Text(int field) => Encoding.UTF8.GetString(_fields.Single(f => f.Field == field).Block!);

    public ulong Number(int field) => _fields.Where(f => f.Field == field).Select(f => f.Number).SingleOrDefault();

    public long Signed(int field) => (long)(Number(field) >> 1) ^ -(long)(Number(field) & 1);

    public double Real(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    public IReadOnlyList<ulong> Packed(int field)
    {
        List<ulong> numbers = [];
        ReadOnlySpan<byte> bytes = _fields.Single(f => f.Field == field).Block;
        while (bytes.Length > 0)
            numbers.Add(Varint(ref bytes));
        return numbers;
    }

    /// <summary>The pairs of key and value in a field, as name=value.</summary>
    public string Attributes(int field) => string.Join(' ', All(field)
        .Select(pair => $"{pair.Text(1)}={(pair.One(2).Fields.Single() == 1 ? pair.One(2).Text(1) : pair.One(2).Number(3).ToString(System.Globalization.CultureInfo.InvariantCulture))}").Order(StringComparer.Ordinal));

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; ; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }
    }
}
