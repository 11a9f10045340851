using System.Globalization;
using System.Text.RegularExpressions;

namespace Onrush.FunctionalTests.Running;

/// <summary>A line that the command prints while a run goes on, when its output is not a terminal.</summary>
/// <param name="Users">Users alive.</param>
/// <param name="RequestsPerSecond">In the last complete second.</param>
/// <param name="InFlight">Requests in flight.</param>
/// <param name="OldestSeconds">Age of the oldest of them, in seconds.</param>
internal sealed partial record LiveRow(int Users, double RequestsPerSecond, long InFlight, double OldestSeconds)
{
    /// <summary>Length of the run so far, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Reads a line; null when it is another one.</summary>
    public static LiveRow? Parse(string line) => Line().Match(line) is { Success: true } match
        ? new LiveRow(
            int.Parse(match.Groups["users"].Value, CultureInfo.InvariantCulture),
            double.Parse(match.Groups["rate"].Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
            long.Parse(match.Groups["inflight"].Value, CultureInfo.InvariantCulture),
            Age(match.Groups["oldest"].Value))
        {
            Seconds = Age(match.Groups["time"].Value),
        }
        : null;

    private static double Age(string text) => text.Split(' ', ':') switch
    {
        ["-"] => 0,
        [var number, "ms"] => double.Parse(number, CultureInfo.InvariantCulture) / 1000,
        [var number, "s"] => double.Parse(number, CultureInfo.InvariantCulture),
        var clock => clock.Aggregate(0.0, (sum, part) => sum * 60 + double.Parse(part, CultureInfo.InvariantCulture)),
    };

    [GeneratedRegex(@"^\s*(?<time>[\d:]+)  users (?<users>\d+)(/\d+)?  req/s (?<rate>[\d.,]+)  .*\bin flight (?<inflight>\d+)  oldest (?<oldest>-|[\d.]+ m?s|[\d:]+)(  |$)")]
    private static partial Regex Line();
}
