using System.Globalization;

namespace Onrush.Dashboard;

/// <summary>How far a reader of the stream has come: the run it knows and the beginning of the last point it has.</summary>
internal readonly record struct StreamPosition(string RunId, int Second)
{
    /// <summary>Reads what a browser sends back; null when it is no position.</summary>
    public static StreamPosition? Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int second)
            ? new StreamPosition(text[..colon], second)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RunId}:{Second}");
}
