using System.IO.Compression;
using System.Net.Http.Headers;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Otlp;

/// <summary>Sends metrics by OTLP over HTTP, to an OpenTelemetry collector or whoever else takes it.</summary>
internal sealed class OtlpSink : IOutputSink
{
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly OutputContext _context;
    private readonly Uri _url;
    private readonly OtlpTotals _totals;
    private readonly OtlpAttributes _resource;
    private readonly bool _isDelta;
    private readonly int _names;
    private long? _startMs;
    private bool _told;

    private OtlpSink(OutputOptions options, OutputContext context)
    {
        _context = context;
        _url = Address(options);
        Name = $"otlp {_url.Authority}";
        Period = options.Length("period", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        _isDelta = options.Choice("temporality", false, ("cumulative", false), ("delta", true));
        _names = options.Int("names", 500, 1, 10_000);
        foreach (var (name, value) in options.Tags("headers"))
        {
            if (!_client.DefaultRequestHeaders.TryAddWithoutValidation(name, value))
                throw options.Error($"headers: '{name}' is no header");
        }

        _totals = new OtlpTotals(context.Host, _isDelta, _names);
        _resource = new OtlpAttributes(
        [
            ("service.name", options.Text("service") ?? "onrush"), ("onrush.run.id", context.RunId), ("onrush.load_test", context.LoadTest),
            .. options.Tags("tags").Select(tag => (tag.Key, (object)tag.Value)),
        ]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Records => "points";

    /// <inheritdoc/>
    public TimeSpan Period { get; }

    // A cumulative point replaces the one before; a difference that comes twice counts twice.
    /// <inheritdoc/>
    public bool IsIdempotent => !_isDelta;

    /// <summary>Makes one.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context) => new OtlpSink(options, context);

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(CancellationToken cancel)
    {
        // An empty request is a good one: it tells whether somebody listens there who understands.
        var delivery = await PostAsync(Pack([]), 0, cancel).ConfigureAwait(false);
        return delivery.Kind switch
        {
            DeliveryKind.Stored => null,
            DeliveryKind.Refused => throw new OutputException($"{Name} refuses: {delivery.Why}"),
            _ => delivery.Why,
        };
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        var runStartMs = _startMs ??= interval.StartUnixMs;
        var metrics = _totals.Add(interval);
        if (_totals.HasOther && !_told)
        {
            _told = true;
            _context.Warn($"output {Name}: there are more than {_names} request names; the rest is sent as (other). Give requests that differ only by an id a common name, or set names=.");
        }

        var body = OtlpRequest.Write(_resource, metrics, _isDelta ? interval.StartUnixMs : runStartMs, interval.EndUnixMs, _isDelta);
        yield return new OutputBatch(Pack(body), metrics.Sum(metric => metric.Points.Count));
    }

    /// <inheritdoc/>
    public Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel) => PostAsync(batch.Body, batch.Records, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Delivery> PostAsync(ReadOnlyMemory<byte> body, long records, CancellationToken cancel)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await _client.PostAsync(_url, content, cancel).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            var rejected = OtlpAnswer.Rejected(await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
            return rejected.Points > 0 ? new Delivery(DeliveryKind.PartlyStored, rejected.Why) { Lost = Math.Min(rejected.Points, records) } : Delivery.Stored;
        }

        // Which may be tried again is laid down by OTLP; a gateway may have lost the answer of a collector that took it.
        return status is 429 or 502 or 503 or 504
            ? new Delivery(status is 502 or 504 ? DeliveryKind.Unanswered : DeliveryKind.Failed, $"{status} {response.ReasonPhrase}") { After = response.Headers.RetryAfter?.Delta }
            : new Delivery(DeliveryKind.Refused, $"{status} {response.ReasonPhrase}");
    }

    private static Uri Address(OutputOptions options)
    {
        var target = options.Target.Length > 0 ? options.Target : "http://127.0.0.1:4318";
        if (!Uri.TryCreate(target, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw options.Error($"'{target}' is not a URL such as http://127.0.0.1:4318");
        return url.AbsolutePath == "/" ? new Uri(url, "/v1/metrics") : url;
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return packed.ToArray();
    }
}
