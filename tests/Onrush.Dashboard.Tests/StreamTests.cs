using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Onrush.Dashboard.Tests;

public sealed class StreamTests
{
    [Fact]
    public async Task Each_second_comes_once_it_is_folded()
    {
        await using var served = await Served.StartAsync();
        using var reader = await EventReader.OpenAsync(served);
        (await reader.NextAsync("session")).Data.GetProperty("state").GetString().ShouldBe("ready");
        await served.Session.StartAsync(new Runs.StartOptions());
        for (int second = 0; second < 3; second++)
        {
            served.Run.Play();
            var (id, data) = await reader.NextAsync("run", d => Starts(d).LastOrDefault(-1) == second);
            id.ShouldEndWith($":{second}");
            data.GetProperty("session").GetProperty("state").GetString().ShouldBe("running");
            data.GetProperty("run").GetProperty("aggregated").GetProperty("requests").GetInt64().ShouldBe(9 * (second + 1));
            data.GetProperty("run").GetProperty("series")[0].TryGetProperty("phases", out _).ShouldBeFalse();
            foreach (var row in data.GetProperty("run").GetProperty("series").EnumerateArray())
            {
                // Where none failed, the times of the good ones are those of all.
                var anyFailed = row.GetProperty("failures").GetInt64() > 0;
                row.TryGetProperty("failed", out _).ShouldBe(anyFailed);
                row.TryGetProperty("successes", out _).ShouldBe(anyFailed);
            }
            data.GetProperty("endpoints").GetProperty("rows").GetArrayLength().ShouldBe(2);
        }

        served.Run.Stop("enough");
        await reader.UntilStateAsync("stopped");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_was_away_gets_what_it_missed_and_no_more(bool byHeader)
    {
        await using var served = await Served.RunningAsync(5);
        string known;
        using (var first = await EventReader.OpenAsync(served))
        {
            var (id, data) = await first.NextAsync("run");
            data.GetProperty("full").GetBoolean().ShouldBeTrue();
            Starts(data).ShouldBe([0, 1, 2, 3, 4]);
            known = id;
        }

        served.Run.Play(60);
        using var again = byHeader ? await EventReader.OpenAsync(served, known) : await EventReader.OpenAsync(served, null, "?after=" + Uri.EscapeDataString(known));
        var (next, later) = await again.NextAsync("run");
        later.GetProperty("full").GetBoolean().ShouldBeFalse();
        // The last two that were known may have changed since.
        Starts(later).ShouldBe(Enumerable.Range(3, 62));
        later.GetProperty("heat").GetProperty("cells").GetArrayLength().ShouldBe(62);
        next.ShouldEndWith(":64");
    }

    [Theory]
    [InlineData("another-run:3")]
    [InlineData("nonsense")]
    [InlineData(":")]
    [InlineData("x:99999999999999999999")]
    public async Task An_id_of_another_run_gets_everything(string id)
    {
        await using var served = await Served.RunningAsync(5);
        using var reader = await EventReader.OpenAsync(served, id);
        var (_, data) = await reader.NextAsync("run");
        data.GetProperty("full").GetBoolean().ShouldBeTrue();
        Starts(data).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Fifty_pages_get_the_same()
    {
        await using var served = await Served.RunningAsync(2);
        var readers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => EventReader.OpenAsync(served)));
        foreach (var reader in readers)
            await reader.NextAsync("run");
        served.Run.Play();
        var got = await Task.WhenAll(readers.Select(reader => reader.NextAsync("run", d => Starts(d).Contains(2))));
        got.Select(g => g.Data.GetProperty("run").GetProperty("aggregated").GetRawText()).Distinct().Count().ShouldBe(1);
        foreach (var reader in readers)
            reader.Dispose();
    }

    [Fact]
    public async Task A_page_that_does_not_read_holds_nobody()
    {
        await using var served = await Served.RunningAsync(2);
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync(IPAddress.Loopback, served.Server.Address.Port);
        await deaf.SendAsync(Encoding.ASCII.GetBytes("GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        using var reader = await EventReader.OpenAsync(served);

        // Many times what a socket buffers, played from the thread a run would use: it must come back at once.
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 2000; i++)
            served.Run.Play();
        watch.Elapsed.ShouldBeLessThan(Served.Patience);

        await reader.NextAsync("run", d => Starts(d).LastOrDefault() == 2001);
    }

    [Fact]
    public async Task A_stream_ends_with_the_server()
    {
        var served = await Served.RunningAsync();
        var reader = await EventReader.OpenAsync(served);
        await reader.NextAsync("run");
        await served.Server.DisposeAsync().AsTask().WaitAsync(Served.Patience);
        await Should.ThrowAsync<Exception>(() => reader.NextAsync("run"));
        reader.Dispose();
        await served.DisposeAsync();
    }

    private static int[] Starts(JsonElement data) => [.. data.GetProperty("seconds").GetProperty("startSecond").EnumerateArray().Select(e => e.GetInt32())];
}
