using System.Buffers;

namespace Onrush.Http.Wire;

/// <summary>The grammar of one header line, without its line end.</summary>
internal static class HeaderLine
{
    private const string Token = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The characters of which header names and methods are made.</summary>
    public static readonly SearchValues<char> TokenChars = SearchValues.Create(Token);

    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(Token));

    /// <summary>Splits a line at its colon; false when the name is missing or has a byte that no name may have.</summary>
    /// <param name="line">The line without its line end.</param>
    /// <param name="name">What stands before the colon, without white space.</param>
    /// <param name="value">What stands behind the colon, not trimmed.</param>
    public static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        // The colon is no token character: one search both finds it and judges the name.
        int end = line.IndexOfAnyExcept(TokenBytes);
        if (end <= 0) return false;
        int colon = end;
        while (line[colon] is (byte)' ' or (byte)'\t')
            if (++colon == line.Length) return false;

        if (line[colon] != ':') return false;
        name = line[..end];
        value = line[(colon + 1)..];
        return true;
    }

    /// <summary>Without the spaces and tabs at both ends.</summary>
    /// <param name="value">Value of a header.</param>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        int start = 0;
        int end = value.Length;
        while (start < end && value[start] is (byte)' ' or (byte)'\t') start++;
        while (end > start && value[end - 1] is (byte)' ' or (byte)'\t') end--;
        return value[start..end];
    }
}
