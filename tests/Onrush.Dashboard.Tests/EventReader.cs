using System.Text.Json;

namespace Onrush.Dashboard.Tests;

/// <summary>Reads server-sent events as a browser does.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream stream) => (_response, _lines) = (response, new StreamReader(stream));

    /// <summary>Connects; with the id of the last event when there was one.</summary>
    public static async Task<EventReader> OpenAsync(Served served, string? lastId = null, string query = "")
    {
        var response = lastId is null
            ? await served.SendAsync("GET", "api/v1/stream" + query)
            : await served.SendAsync("GET", "api/v1/stream" + query, ("Last-Event-ID", lastId));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of a kind.</summary>
    public async Task<(string Id, JsonElement Data)> NextAsync(string kind)
    {
        while (true)
        {
            var (name, id, data) = await NextAsync().WaitAsync(Served.Patience);
            if (name == kind)
                return (id, JsonDocument.Parse(data).RootElement);
        }
    }

    /// <summary>The next event that fits.</summary>
    public async Task<(string Id, JsonElement Data)> NextAsync(string kind, Func<JsonElement, bool> fits)
    {
        while (true)
        {
            var next = await NextAsync(kind);
            if (fits(next.Data))
                return next;
        }
    }

    /// <summary>Waits until an event of either kind says that the test is in a state.</summary>
    public async Task UntilStateAsync(string state)
    {
        while (true)
        {
            var (name, _, data) = await NextAsync().WaitAsync(Served.Patience);
            var root = JsonDocument.Parse(data).RootElement;
            if ((name == "run" ? root.GetProperty("session") : root).GetProperty("state").GetString() == state)
                return;
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async Task<(string Name, string Id, string Data)> NextAsync()
    {
        string name = "", id = "", data = "";
        while (true)
        {
            var line = await _lines.ReadLineAsync() ?? throw new EndOfStreamException("The stream has ended.");
            if (line.Length == 0 && name.Length > 0)
                return (name, id, data);
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
        }
    }
}
