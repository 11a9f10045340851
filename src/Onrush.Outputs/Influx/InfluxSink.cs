using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Onrush.Outputs.Http;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Influx;

/// <summary>Writes points to InfluxDB. Points have fixed times and tags, so writing them twice stores them once.</summary>
internal sealed partial class InfluxSink : IOutputSink
{
    private static readonly MediaTypeHeaderValue Text = new("text/plain", "utf-8");

    private readonly InfluxApi _api;
    private readonly IInfluxPoints _points;
    private readonly HttpClient _client;
    private readonly LineBuilder _lines = new();
    private readonly bool _gzip;

    private InfluxSink(string name, InfluxApi api, IInfluxPoints points, K6RequestPoints? requests, TimeSpan period, bool gzip)
    {
        (Name, _api, _points, Requests, Period, _gzip) = (name, api, points, requests, period, gzip);
        _client = OutputHttp.Client(api.Authorization);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Records => "points";

    /// <inheritdoc/>
    public TimeSpan Period { get; }

    /// <inheritdoc/>
    public bool IsIdempotent => true;

    /// <inheritdoc/>
    public IRequestEncoder? Requests { get; }

    /// <inheritdoc/>
    public IEnumerable<string> Remarks => _points.Remarks.Select(remark => $"{Name}: {remark}");

    /// <summary>Reads its options.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context)
    {
        var api = InfluxApi.Of(options);
        var mode = options.Choice("mode", InfluxMode.Aggregated, ("aggregated", InfluxMode.Aggregated), ("k6", InfluxMode.K6), ("k6-full", InfluxMode.K6Full));
        var period = options.Length("period", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "push-interval");
        // Packing single requests costs more than they save on the way to a server on the same machine.
        var gzip = options.Flag("gzip", mode != InfluxMode.K6Full || !api.Base.IsLoopback);
        var requests = InfluxPoints.RequestsOf(mode, options, context, gzip);
        return new InfluxSink(options.Shown, api, InfluxPoints.Of(mode, options, context), requests, period, gzip);
    }

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(CancellationToken cancel)
    {
        if (!_api.Creates)
            return null;
        using var answer = await CreateAsync(cancel).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
            throw new OutputException($"{Name}: user or password is wrong ({await OutputHttp.WhyAsync(answer, cancel).ConfigureAwait(false)})");
        return answer.IsSuccessStatusCode ? null : $"the database cannot be created: {await OutputHttp.WhyAsync(answer, cancel).ConfigureAwait(false)}";
    }

    /// <inheritdoc/>
    public IEnumerable<OutputBatch> Encode(FoldedInterval interval)
    {
        List<OutputBatch> batches = [];
        _lines.Clear();
        _points.Write(interval, _lines, Flush);
        Flush(1);
        return batches;

        void Flush(int least)
        {
            if (_lines.Points < least)
                return;
            batches.Add(InfluxBatch.Of(_lines.Bytes, _lines.Points, _gzip));
            _lines.Clear();
        }
    }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutputBatch batch, CancellationToken cancel)
    {
        using var content = new ReadOnlyMemoryContent(batch.Body);
        content.Headers.ContentType = Text;
        if (_gzip)
            content.Headers.ContentEncoding.Add("gzip");
        using var answer = await _client.PostAsync(_api.Write, content, cancel).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound && _api.Creates)
        {
            using var created = await CreateAsync(cancel).ConfigureAwait(false);
            return created.IsSuccessStatusCode
                ? new Delivery(DeliveryKind.Failed, "the database was missing") { AtOnce = true }
                : new Delivery(DeliveryKind.Failed, $"the database is missing and cannot be created: {await OutputHttp.WhyAsync(created, cancel).ConfigureAwait(false)}");
        }

        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
        {
            var text = await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
            var why = await OutputHttp.WhyAsync(answer, cancel).ConfigureAwait(false);
            // Such an answer may mean that most points are stored; sending them again would help none of the others.
            return LostOf(text) is > 0 and var lost ? new Delivery(DeliveryKind.PartlyStored, why) { Lost = lost } : new Delivery(DeliveryKind.Refused, why);
        }

        return await OutputHttp.DeliveryAsync(answer, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IReadOnlyList<OutputBatch> Split(OutputBatch batch) => InfluxBatch.Split(batch, _gzip);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>How many points a server says it did not take; 0 when it does not say that the others were taken.</summary>
    internal static long LostOf(string answer)
    {
        // Version 1 and 2: "partial write: field type conflict: ... dropped=3", "partial write: unable to parse 'a': missing fields".
        if (Dropped().Match(answer) is { Success: true } dropped)
            return long.Parse(dropped.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        if (answer.Contains("partial write", StringComparison.OrdinalIgnoreCase) && Unparsed().Count(answer) is > 0 and var lines)
            return lines;
        if (!answer.Contains("partial write of line protocol", StringComparison.OrdinalIgnoreCase))
            return 0;
        try
        {
            // Version 3 lists the lines.
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array ? data.GetArrayLength() : 1;
        }
        catch (JsonException)
        {
            return 1;
        }
    }

    private Task<HttpResponseMessage> CreateAsync(CancellationToken cancel)
    {
        var quoted = _api.Database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var query = new FormUrlEncodedContent([new("q", $"CREATE DATABASE \"{quoted}\"")]);
        return _client.PostAsync(new Uri(_api.Base, "query"), query, cancel);
    }

    [GeneratedRegex(@"\bdropped=(\d+)")]
    private static partial Regex Dropped();

    [GeneratedRegex("unable to parse")]
    private static partial Regex Unparsed();
}
