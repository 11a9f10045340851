using Onrush.Outputs.Files;
using Onrush.Outputs.Influx;
using Onrush.Outputs.Options;
using Onrush.Outputs.Own;
using Onrush.Outputs.Prometheus;
using Onrush.Outputs.Prometheus.RemoteWrite;
using Onrush.Users;

namespace Onrush.Outputs;

/// <summary>All types of output, once: a new one is a line here.</summary>
internal static class OutputTypes
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<OutputType> All { get; } =
    [
        new("influxdb", "influxdb=http://HOST:8086/DATABASE", InfluxSink.Make),
        new("prometheus", "prometheus=ADDRESS:9464", ScrapeSink.Make),
        new("prometheus-rw", "prometheus-rw=http://HOST:9090/api/v1/write", RemoteWriteSink.Make),
        new("json", "json=FILE", JsonLines.Make),
    ];

    /// <summary>The type that was asked for.</summary>
    /// <exception cref="OutputException">There is none of that name.</exception>
    public static OutputType Find(OutputSpec spec, OutputContext context)
    {
        if (All.FirstOrDefault(type => type.Name.Equals(spec.Type, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;
        if (context.Own.TryGetValue(spec.Type, out var make))
            return new OutputType(spec.Type, spec.Type, (options, run) => new OwnOutputSink(options, run, make));
        string[] known = [.. All.Select(type => type.Name), .. context.Own.Keys];
        throw new OutputException(
            $"there is no output '{spec.Type}'{Suggestion.For(spec.Type, known)} (there are {string.Join(", ", known)}, and classes of the load test that implement IOutput)");
    }
}
