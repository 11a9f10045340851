using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>Fields that several messages have.</summary>
internal static class WireFields
{
    /// <summary>The most entries of one list.</summary>
    private const int MostEntries = 100_000;

    public static void Flag(this PackedWriter to, bool value) => to.Count(value ? 1 : 0);

    public static bool Flag(this ref PackedReader from) => from.Count(1) == 1;

    public static void Optional(this PackedWriter to, string? text)
    {
        to.Flag(text is not null);
        if (text is not null)
            to.Text(text);
    }

    public static string? Optional(this ref PackedReader from) => from.Flag() ? from.Text() : null;

    public static void Optional(this PackedWriter to, long? value)
    {
        to.Flag(value is not null);
        if (value is { } number)
            to.Signed(number);
    }

    public static long? OptionalNumber(this ref PackedReader from) => from.Flag() ? from.Signed64() : null;

    public static void Texts(this PackedWriter to, IReadOnlyCollection<string> texts)
    {
        to.Count(texts.Count);
        foreach (var text in texts)
            to.Text(text);
    }

    public static string[] Texts(this ref PackedReader from)
    {
        var texts = new string[from.Entries()];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = from.Text();
        return texts;
    }

    /// <summary>Number of entries that follow, each of a byte at least.</summary>
    public static int Entries(this ref PackedReader from) => from.CountUpTo(Math.Min(MostEntries, from.Left));

    public static int Int(this ref PackedReader from)
    {
        var value = from.Signed64();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new DamagedDataException("a number is too large");
    }

    /// <summary>A length of time, to the tick.</summary>
    public static void Length(this PackedWriter to, TimeSpan length) => to.Signed(length.Ticks);

    public static TimeSpan Length(this ref PackedReader from) => new(from.Signed64());

    public static T Choice<T>(this ref PackedReader from)
        where T : struct, Enum
    {
        var value = (T)Enum.ToObject(typeof(T), from.Count(255));
        return Enum.IsDefined(value) ? value : throw new DamagedDataException($"there is no such {typeof(T).Name}");
    }
}
