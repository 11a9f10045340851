using System.Globalization;
using System.Text;
using System.Text.Json;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Watching;

/// <summary>A number in a JSON document that a server answers with, or an answer that is nothing but a number.</summary>
internal sealed class JsonReader : IWatchReader
{
    private readonly HttpAsker _asker;
    private readonly Uri _url;
    private readonly JsonPath? _path;
    private readonly string _name;
    private readonly string? _unit;
    private readonly TimeProvider _time;

    private JsonReader(WatchText text, JsonPath? path, string name, TimeProvider time)
    {
        var url = text.Url();
        _asker = new HttpAsker(url, text.Options.GetValueOrDefault("token"));
        _url = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        (_path, _name, _unit, _time) = (path, name, text.Unit, time);
    }

    /// <summary><c>http=URL[&amp;path=PATH][&amp;token=BEARER]</c>.</summary>
    public static Watch Watch(WatchText text)
    {
        text.CheckOptions("path", "token");
        string shown = RunPlan.WithoutPassword(text.Url().ToString())!;
        var path = text.Options.TryGetValue("path", out var given) ? JsonPath.Parse(given) : null;
        string source = path is null ? shown : $"{shown} {path.Text}";
        return new Watch(source, text.Period(Watching.Watch.UsualPeriod), time => new JsonReader(text, path, text.Name ?? path?.Text ?? shown, time));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WatchReading>> ReadAsync(CancellationToken end)
    {
        var body = await _asker.GetAsync(_url, end).ConfigureAwait(false);
        return [WatchReading.Single(_time.GetUtcNow().ToUnixTimeMilliseconds(), _name, _path is null ? Plain(body) : _path.Number(body), _unit)];
    }

    /// <inheritdoc/>
    public void Dispose() => _asker.Dispose();

    private static double Plain(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body).Trim();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new InvalidOperationException($"the answer '{(text.Length > 40 ? text[..40] + "…" : text)}' is no number; &path= says where in a JSON document the number stands");
    }
}
