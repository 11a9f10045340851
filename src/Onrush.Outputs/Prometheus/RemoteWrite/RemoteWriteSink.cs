using System.Net.Http.Headers;
using Onrush.Outputs.Http;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;
using Onrush.Outputs.Prometheus.Names;

namespace Onrush.Outputs.Prometheus.RemoteWrite;

/// <summary>
/// Writes to Prometheus, Mimir, Thanos and the like. What is sent are sums since the start of the run, so a sample that is lost costs resolution and no
/// requests; the same sample sent twice is stored once. At the end each series gets the mark that it has ended.
/// </summary>
internal sealed class RemoteWriteSink : IOutputSink
{
    private const int MostSeries = 2000;

    private static readonly MediaTypeHeaderValue Protobuf = new("application/x-protobuf");

    private readonly Uri _url;
    private readonly HttpClient _client;
    private readonly IPromNames _names;
    private readonly (string, string?)[] _more;
    private readonly bool _classic;
    private readonly bool _native;
    private readonly PromTotals _totals = new();
    private readonly WriteRequest _request = new();
    // The series there were, and whether they are native histograms.
    private readonly Dictionary<(string Name, PromLabels Labels, string? Bound), bool> _seen = [];
    private readonly HashSet<string> _described = [];
    private long _lastMs;

    private RemoteWriteSink(OutputOptions options, OutputContext context)
    {
        _url = options.Url("prometheus-rw=http://127.0.0.1:9090/api/v1/write");
        Name = options.Shown;
        Period = options.Length("period", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "push-interval");
        var histograms = options.Text("histograms") ?? "classic";
        if (histograms is not ("classic" or "native" or "both"))
            throw options.Error($"histograms: '{histograms}' is none of classic, native, both");
        (_classic, _native) = (histograms != "native", histograms != "classic");
        _names = PromNames.Of(options, context, _native);
        _more = [.. options.Tags("labels").Select(label => (label.Key, (string?)label.Value)), .. PromNames.RunLabel(options, context)];
        var token = options.Secret("token");
        _client = OutputHttp.Client(token is null ? OutputHttp.Basic(options.Text("username", "user"), options.Secret("password")) : new AuthenticationHeaderValue("Bearer", token));
        foreach (var (name, value) in options.Tags("headers"))
            _client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        _client.DefaultRequestHeaders.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Records => "samples";

    /// <inheritdoc/>
    public TimeSpan Period { get; }

    /// <inheritdoc/>
    public bool IsIdempotent => true;

    /// <summary>Reads its options.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context) => new RemoteWriteSink(options, context);

    /// <summary>A message without a series asks nothing but whether the door is open.</summary>
    public async Task<string?> PrepareAsync(CancellationToken cancel)
    {
        using var answer = await PostAsync(Snappy.Compress([]), cancel).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
            return null;
        var why = await OutputHttp.WhyAsync(answer, cancel).ConfigureAwait(false);
        return (int)answer.StatusCode switch
        {
            401 or 403 => throw new OutputException($"{Name}: it may not be written to ({why})"),
            404 or 405 => throw new OutputException($"{Name}: nothing takes remote writes there ({why}); Prometheus needs --web.enable-remote-write-receiver"),
            _ => why,
        };
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        _totals.Add(interval);
        _lastMs = interval.EndUnixMs;
        List<OutputBatch> batches = [];
        foreach (var family in _names.Families(_totals))
        {
            if (family.Samples.Count > 0 && _described.Add(family.Name))
                _request.Describe(family);
            foreach (var sample in family.Samples)
                Add(family, sample with { Labels = sample.Labels.With(_more) }, batches);
        }

        Flush(1, batches);
        return batches;
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> EncodeEnd()
    {
        List<OutputBatch> batches = [];
        foreach (var ((name, labels, bound), isNative) in _seen)
        {
            _request.End(name, labels, bound, isNative, _lastMs + 1);
            Flush(MostSeries, batches);
        }

        Flush(1, batches);
        return batches;
    }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel)
    {
        using var answer = await PostAsync(batch.Body, cancel).ConfigureAwait(false);
        return await OutputHttp.DeliveryAsync(answer, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Add(PromFamily family, PromSample sample, List<OutputBatch> batches)
    {
        if (sample.Distribution is not { } distribution)
        {
            One(family.SampleName, sample.Labels, null, sample.Value);
        }
        else
        {
            if (_native)
            {
                _seen[(family.Name, sample.Labels, null)] = true;
                _request.AddNative(family.Name, sample, _lastMs);
            }

            if (_classic)
            {
                foreach (var (bound, count) in ClassicBuckets.Of(distribution, sample.PerUnit))
                    One(family.Name + "_bucket", sample.Labels, WriteRequest.Bound(bound), count);
                One(family.Name + "_sum", sample.Labels, null, (double)distribution.Sum / sample.PerUnit);
                One(family.Name + "_count", sample.Labels, null, distribution.Count);
            }
        }

        Flush(MostSeries, batches);

        void One(string name, PromLabels labels, string? bound, double value)
        {
            _seen[(name, labels, bound)] = false;
            _request.Add(name, labels, bound, value, _lastMs);
        }
    }

    private void Flush(int least, List<OutputBatch> batches)
    {
        if (_request.Series < least)
            return;
        batches.Add(new OutputBatch(Snappy.Compress(_request.Bytes), _request.Series));
        _request.Clear();
    }

    private Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Protobuf;
        content.Headers.ContentEncoding.Add("snappy");
        return _client.PostAsync(_url, content, cancel);
    }
}
