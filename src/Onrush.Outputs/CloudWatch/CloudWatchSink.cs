using System.Globalization;
using System.Text;
using Onrush.Outputs.Aws;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.CloudWatch;

/// <summary>Sends metrics and lines of the log to Amazon CloudWatch, with the names, units and dimensions of the Locust connector.</summary>
internal sealed class CloudWatchSink : IOutputSink
{
    private const int MostValues = 150;
    private static readonly TimeSpan KeysPatience = TimeSpan.FromSeconds(20);

    private readonly CloudWatchSettings _settings;
    private readonly OutputContext _context;
    private readonly RequestNames _names;
    private readonly IntervalMetrics _metrics;
    private readonly MetricPacker _packer;
    private readonly LogPacker _events;
    private readonly LogLines _lines;
    private readonly AwsLogin _login;
    private readonly Lazy<AwsClient> _cloudWatch;
    private readonly Lazy<AwsClient> _logs;
    private readonly CloudWatchUse _use = new();
    private long? _startUnixMs;
    private bool _hasStream;
    private bool _toldNames;

    private CloudWatchSink(CloudWatchSettings settings, OutputContext context)
    {
        (_settings, _context) = (settings, context);
        _names = new RequestNames(settings.Names);
        _metrics = new IntervalMetrics(_names, settings.Way == MetricsWay.Api ? MostValues : EmfLines.MostValues);
        _packer = new MetricPacker(settings.Namespace, settings.Host, settings.IsFine);
        _events = new LogPacker(settings.Group, settings.Stream);
        _lines = new LogLines(settings, _metrics);
        _login = new AwsLogin(settings.Place, settings.Profile, settings.RoleArn);
        _cloudWatch = new(() => new AwsClient(AwsService.CloudWatch, settings.Place, _login, context.Time));
        _logs = new(() => new AwsClient(AwsService.Logs, settings.Place, _login, context.Time));
        Name = settings.Way == MetricsWay.EmfConsole ? "cloudwatch (EMF)" : $"cloudwatch {settings.Place.Region}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Records => _settings.Logs == LogStyle.Off ? "data" : "data and lines";

    /// <inheritdoc/>
    public TimeSpan Period => _settings.Period;

    // There is no token by which CloudWatch could tell a call that comes again.
    /// <inheritdoc/>
    public bool IsIdempotent => false;

    /// <inheritdoc/>
    public IEnumerable<string> Remarks
    {
        get
        {
            if (_use.Text(_settings, _names.Count) is { } used)
                yield return $"{Name}: {used}";
            if (_names.LeftOut > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"{Name}: {_names.LeftOut:#,0} request names past the first {_settings.Names} were sent as {RequestNames.Other}.");
        }
    }

    /// <summary>Makes one.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context) => new CloudWatchSink(CloudWatchSettings.Read(options, context), context);

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(CancellationToken cancel)
    {
        _context.Tell($"output {Name}: {CloudWatchUse.Estimate(_settings)}");
        if (_settings.Way == MetricsWay.EmfConsole)
            return null;
        // Whoever has the wrong keys should know before the run, and whoever gives them may take some seconds: longer than outputs are waited for otherwise.
        await _login.KeysAsync().WaitAsync(KeysPatience, cancel.IsCancellationRequested ? cancel : CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval) => _settings.IsLive ? Batches(interval) : [];

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> EncodeEnd()
    {
        if (!_settings.IsLive)
        {
            foreach (var batch in JournalIntervals.Read(_context.Journal!(), Period).SelectMany(Batches))
                yield return batch;
        }

        foreach (var batch in _events.End())
            yield return batch;
    }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel)
    {
        var call = (CloudWatchCall)batch.Extra!;
        if (call.Kind == CloudWatchCallKind.Console)
        {
            await _context.Console.WriteAsync(Encoding.UTF8.GetString(batch.Body.Span).AsMemory(), cancel).ConfigureAwait(false);
            await _context.Console.FlushAsync(cancel).ConfigureAwait(false);
            return Delivery.Stored;
        }

        try
        {
            return await PutAsync(call, new AwsBody(batch.Body, call.IsPacked), batch.Records, cancel).ConfigureAwait(false);
        }
        catch (OutputException exception)
        {
            // Keys that were there before the run may come back.
            return new Delivery(DeliveryKind.Failed, exception.Message);
        }
    }

    private Task<Delivery> PutAsync(CloudWatchCall call, AwsBody body, long records, CancellationToken cancel) =>
        call.Kind == CloudWatchCallKind.Metrics ? PutMetricsAsync(body, records, cancel) : PutEventsAsync(body, records, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_cloudWatch.IsValueCreated)
            _cloudWatch.Value.Dispose();
        if (_logs.IsValueCreated)
            _logs.Value.Dispose();
        _login.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<OutputBatch> Batches(FoldedInterval interval)
    {
        _startUnixMs ??= interval.StartUnixMs;
        if (interval.StartUnixMs - _startUnixMs < _settings.From.TotalMilliseconds)
            return [];
        var data = _metrics.Of(interval).ToList();
        if (_names.LeftOut > 0 && !_toldNames)
        {
            _toldNames = true;
            _context.Warn($"output {Name}: there are more than {_settings.Names} request names; the rest is sent as {RequestNames.Other}. Give requests that differ only by an id a common name, or set names=.");
        }

        return _settings.Way switch
        {
            MetricsWay.Api => _packer.Pack(data, interval.StartUnixMs).Concat(_settings.Logs == LogStyle.Off ? [] : _events.Add(_lines.Of(interval))),
            MetricsWay.EmfLogs => _events.Add(EmfLines.Of(data, _settings, interval.StartUnixMs).Select(line => new LogEvent(interval.StartUnixMs, line))),
            _ => [Lines(EmfLines.Of(data, _settings, interval.StartUnixMs))],
        };
    }

    private static OutputBatch Lines(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        return new OutputBatch(Encoding.UTF8.GetBytes(string.Join('\n', all) + "\n"), all.Length, new CloudWatchCall(CloudWatchCallKind.Console, false));
    }

    private async Task<Delivery> PutMetricsAsync(AwsBody body, long records, CancellationToken cancel)
    {
        var answer = await _cloudWatch.Value.CallAsync("PutMetricData", body, cancel).ConfigureAwait(false);
        _use.Metrics(records, body.Bytes.Length);
        return Judge(answer);
    }

    private async Task<Delivery> PutEventsAsync(AwsBody body, long records, CancellationToken cancel)
    {
        if (!_hasStream && await MakeStreamAsync(cancel).ConfigureAwait(false) is { } problem)
            return problem;
        _hasStream = true;
        (string, string)? format = _settings.Way == MetricsWay.EmfLogs ? ("x-amzn-logs-format", "json/emf") : null;
        var answer = await _logs.Value.CallAsync("PutLogEvents", body, cancel, format).ConfigureAwait(false);
        _use.Logs(records, body.Bytes.Length);
        if (answer.Error().Code == "ResourceNotFoundException")
        {
            // Somebody deleted it meanwhile.
            _hasStream = false;
            return new Delivery(DeliveryKind.Failed, "the log stream is gone") { AtOnce = true };
        }

        var delivery = Judge(answer);
        return delivery.Kind == DeliveryKind.Stored && RejectedEvents.Of(answer, records) is > 0 and var lost
            ? new Delivery(DeliveryKind.PartlyStored, "CloudWatch Logs takes no lines older than 14 days, past the retention of the group, or two hours ahead") { Lost = lost }
            : delivery;
    }

    // The group is there more often than not; asking for the stream first saves a call.
    private async Task<Delivery?> MakeStreamAsync(CancellationToken cancel)
    {
        for (int attempt = 0; ; attempt++)
        {
            var answer = await _logs.Value.CallAsync("CreateLogStream", Text($$"""{"logGroupName":"{{_settings.Group}}","logStreamName":{{System.Text.Json.JsonSerializer.Serialize(_settings.Stream)}}}"""), cancel).ConfigureAwait(false);
            _use.Other();
            var code = answer.Error().Code;
            if (answer.IsGood || code == "ResourceAlreadyExistsException")
                return null;
            if (code != "ResourceNotFoundException" || attempt > 0)
                return Judge(answer);
            var group = await _logs.Value.CallAsync("CreateLogGroup", Text($$"""{"logGroupName":"{{_settings.Group}}"}"""), cancel).ConfigureAwait(false);
            _use.Other();
            if (!group.IsGood && group.Error().Code != "ResourceAlreadyExistsException")
                return Judge(group);
        }
    }

    private Delivery Judge(AwsAnswer answer)
    {
        if (AwsDelivery.IsExpired(answer))
            _login.Renew();
        return AwsDelivery.Of(answer);
    }

    private static AwsBody Text(string json) => new(Encoding.UTF8.GetBytes(json), false);
}
