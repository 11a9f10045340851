using System.Globalization;
using System.Text;

namespace Onrush.Runs.Store;

/// <summary>The name of a run's folder: <c>20261121T095403Z-coupon-3f9a2c1b</c>. Sorted by name, folders are sorted by time.</summary>
internal readonly record struct RunName(DateTimeOffset Created, string Name, string Id)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int MostName = 40;
    private const int IdLength = 8;

    /// <summary>The name of a new run. Its time is in whole seconds, as in the text.</summary>
    public static RunName Of(DateTimeOffset created, string loadTest, Random random) =>
        new(new DateTimeOffset(created.Ticks - created.Ticks % TimeSpan.TicksPerSecond, created.Offset), Shortened(loadTest), random.NextInt64(1L << 32).ToString("x8", CultureInfo.InvariantCulture));

    /// <summary>Reads the name of a folder. False when it is not that of a run.</summary>
    public static bool TryParse(string folder, out RunName name)
    {
        name = default;
        var (first, last) = (folder.IndexOf('-', StringComparison.Ordinal), folder.LastIndexOf('-'));
        if (first < 0 || last == first || folder.Length - last - 1 != IdLength || !folder[(last + 1)..].All(char.IsAsciiHexDigitLower)
            || !DateTimeOffset.TryParseExact(folder[..first], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created))
            return false;
        name = new RunName(created, folder[(first + 1)..last], folder[(last + 1)..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Created.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{Name}-{Id}";

    private static string Shortened(string loadTest)
    {
        var text = new StringBuilder();
        foreach (var c in Path.GetFileNameWithoutExtension(loadTest.Split(',')[0]).Take(MostName))
            text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-');
        var name = text.ToString().Trim('-');
        return name.Length > 0 ? name : "run";
    }
}
