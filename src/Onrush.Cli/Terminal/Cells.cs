using System.Globalization;
using System.Text;

namespace Onrush.Cli.Terminal;

/// <summary>Text as a terminal shows it: names and messages may come from the target, so they are neither trusted nor assumed narrow.</summary>
internal static class Cells
{
    // East Asian wide and full-width characters and emoji: two columns each.
    private static readonly (int From, int To)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x23E9, 0x23EC), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x26AA, 0x26AB),
        (0x2705, 0x2705), (0x274C, 0x274C), (0x2753, 0x2755), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
        (0xA000, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F),
        (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Columns the text takes.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    /// <summary>The text in one line without what could steer a terminal: control characters become a replacement mark.</summary>
    public static string Clean(string text)
    {
        if (!text.EnumerateRunes().Any(IsUnsafe))
            return text;
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.ReplaceLineEndings(" ").EnumerateRunes())
            clean.Append(IsUnsafe(rune) ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }

    /// <summary>The text in at most so many columns; what is too long loses its middle, since both ends of a URL tell something.</summary>
    public static string Fit(string text, int columns)
    {
        if (Width(text) <= columns)
            return text;
        if (columns <= 1)
            return "…"[..Math.Max(0, columns)];
        int head = (columns - 1) / 2, tail = columns - 1 - head;
        Rune[] runes = [.. text.EnumerateRunes()];
        int first = 0, last = runes.Length;
        while (first < runes.Length && head >= Width(runes[first]))
            head -= Width(runes[first++]);
        while (last > first && tail >= Width(runes[last - 1]))
            tail -= Width(runes[--last]);
        return string.Concat(runes[..first].Select(rune => rune.ToString())) + "…" + string.Concat(runes[last..].Select(rune => rune.ToString()));
    }

    /// <summary>The text filled up with blanks to so many columns.</summary>
    public static string Pad(string text, int columns, bool right)
    {
        string blanks = new(' ', Math.Max(0, columns - Width(text)));
        return right ? blanks + text : text + blanks;
    }

    private static int Width(Rune rune)
    {
        if (rune.Value < 0x300)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return 0;
        foreach ((int from, int to) in Wide)
            if (rune.Value >= from && rune.Value <= to)
                return 2;
        return 1;
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
