using System.Text.RegularExpressions;
using Onrush.Outputs.Aws;
using Onrush.Outputs.Options;

namespace Onrush.Outputs.CloudWatch;

/// <summary>What is written to the log.</summary>
internal enum LogStyle
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>A line for each request name and interval.</summary>
    Aggregated,

    /// <summary>Single requests of each, drawn from the distribution.</summary>
    Sampled,
}

/// <summary>How metrics get to CloudWatch.</summary>
internal enum MetricsWay
{
    /// <summary>By PutMetricData.</summary>
    Api,

    /// <summary>In the embedded metric format on standard output, where an agent takes them.</summary>
    EmfConsole,

    /// <summary>In the embedded metric format by PutLogEvents.</summary>
    EmfLogs,
}

/// <summary>What an output to CloudWatch was asked for.</summary>
internal sealed partial record CloudWatchSettings
{
    /// <summary>Which AWS.</summary>
    public required AwsPlace Place { get; init; }

    /// <summary>Namespace of the metrics.</summary>
    public required string Namespace { get; init; }

    /// <summary>The dimension Host.</summary>
    public required string Host { get; init; }

    /// <summary>Length of an interval.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>False sends nothing before the run is over.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Most request names.</summary>
    public required int Names { get; init; }

    /// <summary>How metrics go.</summary>
    public required MetricsWay Way { get; init; }

    /// <summary>What is logged.</summary>
    public required LogStyle Logs { get; init; }

    /// <summary>Lines of <see cref="LogStyle.Sampled"/> for each name and interval.</summary>
    public required int Sample { get; init; }

    /// <summary>Log group.</summary>
    public required string Group { get; init; }

    /// <summary>Log stream.</summary>
    public required string Stream { get; init; }

    /// <summary>What of the run is passed over, from its start.</summary>
    public required TimeSpan From { get; init; }

    /// <summary>Profile of the keys.</summary>
    public string? Profile { get; init; }

    /// <summary>Role that is taken on.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether points are kept by the second: below a minute only that keeps them apart.</summary>
    public bool IsFine => Period < TimeSpan.FromMinutes(1);

    /// <summary>Reads the options.</summary>
    /// <exception cref="OutputException">One of them is wrong.</exception>
    public static CloudWatchSettings Read(OutputOptions options, OutputContext context)
    {
        if (options.Target.Length > 0)
            throw options.Error("give region=REGION and other options, separated by &; an address goes into endpoint=");
        var way = options.Choice("mode", MetricsWay.Api, ("metrics", MetricsWay.Api), ("emf", MetricsWay.EmfConsole));
        var to = options.Choice("to", MetricsWay.EmfConsole, ("stdout", MetricsWay.EmfConsole), ("logs", MetricsWay.EmfLogs));
        var (region, endpoint) = (options.Text("region"), options.Text("endpoint"));
        var settings = new CloudWatchSettings
        {
            Way = way == MetricsWay.Api ? MetricsWay.Api : to,
            Place = way != MetricsWay.Api && to == MetricsWay.EmfConsole ? new AwsPlace("", null) : Guarded(options, () => AwsPlace.Of(region, endpoint)),
            Namespace = options.Text("namespace") ?? "onrush/loadtests",
            Host = AsciiName.Encode(options.Text("host") ?? context.Host ?? ""),
            Period = options.Length("period", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            IsLive = options.Flag("live", true) || context.IsReplay,
            Names = options.Int("names", 200, 1, 10_000),
            Logs = options.Choice("logs", LogStyle.Off, ("off", LogStyle.Off), ("aggregated", LogStyle.Aggregated), ("sampled", LogStyle.Sampled)),
            Sample = options.Int("sample", 5, 1, 100),
            Group = options.Text("log-group") ?? "LocustTests",
            Stream = options.Text("log-stream") ?? $"load-generator_{context.RunId.Replace(':', '-').Replace('*', '-')}",
            From = options.Length("from", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(14)),
            Profile = options.Text("profile"),
            RoleArn = options.Text("role-arn"),
        };
        settings.Check(options, context);
        return settings;
    }

    private void Check(OutputOptions options, OutputContext context)
    {
        if (!SpaceName().IsMatch(Namespace) || Namespace.StartsWith("AWS/", StringComparison.OrdinalIgnoreCase))
            throw options.Error($"namespace: '{Namespace}' is no name CloudWatch takes: up to 255 of letters, digits and . - _ / # :, not beginning with AWS/");
        if (!GroupName().IsMatch(Group))
            throw options.Error($"log-group: '{Group}' is no name CloudWatch takes: up to 512 of letters, digits and . - _ / #");
        if (Stream.Length > 512 || Stream.AsSpan().ContainsAny(':', '*'))
            throw options.Error($"log-stream: '{Stream}' is no name CloudWatch takes: up to 512 characters without : and *");
        if (RoleArn is not null && !Role().IsMatch(RoleArn))
            throw options.Error($"role-arn: '{RoleArn}' is not a role such as arn:aws:iam::123456789012:role/loadtest");
        if (Way != MetricsWay.Api && Logs != LogStyle.Off)
            throw options.Error("mode=emf writes lines of its own: leave logs out");
        if (!IsLive && context.Journal is null)
            throw options.Error("live=false sends what the journal has at the end, and this run is not kept (--no-journal)");
    }

    private static T Guarded<T>(OutputOptions options, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OutputException e)
        {
            throw options.Error(e.Message);
        }
    }

    [GeneratedRegex(@"^[0-9A-Za-z.\-_/#:]{1,255}$")]
    private static partial Regex SpaceName();

    [GeneratedRegex(@"^[.\-_/#A-Za-z0-9]{1,512}$")]
    private static partial Regex GroupName();

    [GeneratedRegex("^arn:[a-z-]+:iam::[0-9]{12}:role/.{1,512}$")]
    private static partial Regex Role();
}
