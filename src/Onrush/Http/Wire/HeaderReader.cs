using System.Text;

namespace Onrush.Http.Wire;

/// <summary>
/// Walks over the header lines of a head as <see cref="ResponseReader"/> gives it (status line first, folds already replaced by
/// spaces). Lines that are no header are passed over.
/// </summary>
/// <param name="head">The head, status line included.</param>
internal ref struct HeaderReader(ReadOnlySpan<byte> head)
{
    private ReadOnlySpan<byte> _rest = SkipLine(head);

    /// <summary>Name of the header at hand.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Value of the header at hand, without white space around it.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes on to the next header; false at the end.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            int end = _rest.IndexOf((byte)'\n');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (!HeaderLine.TrySplit(line, out var name, out var value)) continue;
            Name = name;
            Value = HeaderLine.Trim(value);
            return true;
        }

        return false;
    }

    /// <summary>Looks up the first header of that name, in any case.</summary>
    /// <param name="head">The head, status line included.</param>
    /// <param name="name">Name in ASCII.</param>
    /// <param name="value">Its trimmed value; empty when there is none.</param>
    public static bool TryFind(ReadOnlySpan<byte> head, ReadOnlySpan<char> name, out ReadOnlySpan<byte> value)
    {
        var reader = new HeaderReader(head);
        while (reader.MoveNext())
        {
            if (!Ascii.EqualsIgnoreCase(reader.Name, name)) continue;
            value = reader.Value;
            return true;
        }

        value = default;
        return false;
    }

    private static ReadOnlySpan<byte> SkipLine(ReadOnlySpan<byte> head)
    {
        int end = head.IndexOf((byte)'\n');
        return end < 0 ? default : head[(end + 1)..];
    }
}
