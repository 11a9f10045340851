using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// A threshold in one line, as options have it:
/// <code>
/// line  = selector ":" rule [ "abort" [ "after" duration ] ]     http_req_duration{name:call coupon}: p(95)&lt;500 abort after 10s
/// </code>
/// </summary>
internal static class ThresholdLine
{
    private const string Abort = "abort", After = "after";

    /// <summary>Takes a line apart; selector and rule are read later, when the metrics are known.</summary>
    /// <exception cref="ThresholdException">It is none; the message names the part.</exception>
    public static ThresholdText Parse(string line)
    {
        // What follows a filter begins behind its brace; without one the first colon ends the metric.
        var from = line.LastIndexOf('}') is var brace and >= 0 ? brace : 0;
        var colon = line.IndexOf(':', from);
        if (colon < 0)
            throw new ThresholdException($"'{line.Trim()}' has no colon between metric and rule; write for instance http_req_duration: p(95)<500");
        var metric = line[..colon].Trim();
        var (rule, abort, delay) = Parts(line[(colon + 1)..]);
        if (metric.Length == 0)
            throw new ThresholdException($"'{line.Trim()}' has no metric in front of the colon; name one, such as http_req_duration");
        return rule.Length > 0
            ? new ThresholdText(metric, rule, abort, delay)
            : throw new ThresholdException($"'{line.Trim()}' has no rule behind the colon; give it one, such as p(95)<500");
    }

    private static (string Rule, bool Abort, TimeSpan Delay) Parts(string text)
    {
        var at = text.IndexOf(Abort, StringComparison.Ordinal);
        if (at < 0)
            return (text.Trim(), false, TimeSpan.Zero);
        var rule = text[..at].Trim();
        var rest = text[(at + Abort.Length)..].Trim();
        if (rest.Length == 0)
            return (rule, true, TimeSpan.Zero);
        if (!rest.StartsWith(After, StringComparison.Ordinal))
            throw new ThresholdException($"'{rest}' stands behind 'abort'; write abort, or abort after 10s");
        return Duration.TryParse(rest[After.Length..].Trim(), out var delay)
            ? (rule, true, delay)
            : throw new ThresholdException($"'{rest[After.Length..].Trim()}' behind 'abort after' is no length of time such as 10s or 1m30s");
    }
}
