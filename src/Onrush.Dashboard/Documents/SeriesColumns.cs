using System.Globalization;
using System.Text;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>The course of one endpoint in the points of the run; times are null where none of its requests finished.</summary>
internal sealed record SeriesColumns(int[] StartSecond, int[] LengthSeconds, int[] Requests, int[] Failures, double?[] P50Ms, double?[] P95Ms, double?[] P99Ms)
{
    /// <summary>The columns of an endpoint; null when its course is not known.</summary>
    public static SeriesColumns? Of(RunView run, EndpointKey key)
    {
        if (run.Course.Points(key) is not { } known)
            return null;
        var points = new Dictionary<int, CoursePoint>(known.Count);
        foreach (var point in known)
            points[point.Start] = point;
        var seconds = run.Snapshot.Seconds;
        return new SeriesColumns(
            [.. seconds.Select(s => s.StartSecond)],
            [.. seconds.Select(s => s.LengthSeconds)],
            [.. seconds.Select(s => points.GetValueOrDefault(s.StartSecond).Requests)],
            [.. seconds.Select(s => points.GetValueOrDefault(s.StartSecond).Failures)],
            Times(p => p.P50Ms),
            Times(p => p.P95Ms),
            Times(p => p.P99Ms));

        double?[] Times(Func<CoursePoint, double> value) =>
            [.. seconds.Select(s => points.TryGetValue(s.StartSecond, out var point) ? Numbers.Short(value(point)) : (double?)null)];
    }

    /// <summary>How the page names an endpoint: scenario, method and name as JSON, character by character as a browser writes it.</summary>
    public static string NameOf(EndpointKey key)
    {
        var text = new StringBuilder("[");
        Append(text, key.Scenario).Append(',');
        Append(text, key.Method).Append(',');
        return Append(text, key.Name).Append(']').ToString();
    }

    private static StringBuilder Append(StringBuilder text, string value)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            if (pair)
                text.Append(c).Append(value[++i]);
            else if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if ("\b\t\n\f\r".IndexOf(c, StringComparison.Ordinal) is var place and >= 0)
                text.Append('\\').Append("btnfr"[place]);
            else if (c < ' ' || char.IsSurrogate(c))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                text.Append(c);
        }

        return text.Append('"');
    }
}
