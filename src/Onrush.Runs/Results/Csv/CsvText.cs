using System.Globalization;
using System.Text;

namespace Onrush.Runs.Results.Csv;

/// <summary>Lines of comma-separated values as RFC 4180 has them: CRLF at the end, quotes only where they are needed.</summary>
internal static class CsvText
{
    /// <summary>Appends a line.</summary>
    public static StringBuilder Line(this StringBuilder text, params ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            string field = fields[i];
            if (field.AsSpan().IndexOfAny(",\"\r\n") < 0)
                text.Append(field);
            else
                text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        return text.Append("\r\n");
    }

    /// <summary>A whole number.</summary>
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with as many decimals as it has, at most six.</summary>
    public static string Of(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A number with six decimals, as rates have in Locust's files.</summary>
    public static string Rate(double value) => value.ToString("F6", CultureInfo.InvariantCulture);

    /// <summary>An instant in UTC, to the millisecond.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
