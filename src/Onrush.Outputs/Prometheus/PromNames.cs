using Onrush.Outputs.Options;
using Onrush.Outputs.Prometheus.Names;

namespace Onrush.Outputs.Prometheus;

/// <summary>Reads under which names metrics are shown.</summary>
internal static class PromNames
{
    /// <summary>The names that the options ask for.</summary>
    public static IPromNames Of(OutputOptions options, OutputContext context, bool native)
    {
        var testId = options.Text("testid") ?? context.RunId;
        return options.Choice<Func<IPromNames>>(
            "names", () => new OnrushNames(context.RunId, context.LoadTest, context.Host),
            ("onrush", () => new OnrushNames(context.RunId, context.LoadTest, context.Host)),
            ("k6", () => new K6Names(testId, native)),
            ("locust", () => new LocustNames()))();
    }

    /// <summary>The label that tells runs apart where several write to one server: k6's names have testid instead, Locust's none.</summary>
    public static IEnumerable<(string, string?)> RunLabel(OutputOptions options, OutputContext context) =>
        (options.Text("names") ?? "onrush").Equals("onrush", StringComparison.OrdinalIgnoreCase) ? [("run", context.RunId)] : [];
}
