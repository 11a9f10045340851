using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Onrush.Outputs.Tests.Pipeline;

namespace Onrush.Outputs.Tests.Lines;

public sealed class StatsdTests
{
    [Theory]
    [InlineData("", 8192)]
    [InlineData("&datagram=1400", 1400)]
    [InlineData("&datagram=100", 100)]
    public async Task Datagrams_add_up_to_the_requests_and_stay_small(string more, int most)
    {
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var run = new PlayedRun();
        var context = new OutputContext { RunId = "r", LoadTest = "t", Directory = ".", Console = TextWriter.Null, Warn = _ => { } };
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse($"statsd=127.0.0.1:{((IPEndPoint)receiver.LocalEndPoint!).Port}&points=5{more}")], context);
        set.Follow(run);
        var steps = new Steps();
        for (var i = 0; i < 3; i++)
            run.Play(steps.Next(40, worker => worker.Requests(2, name: "쿠폰 a|b,c:d#e\n")));
        await set.DrainAsync(TimeSpan.FromSeconds(30), null, TestContext.Current.CancellationToken);

        var buffer = new byte[65536];
        List<string> lines = [];
        receiver.ReceiveTimeout = 5000;
        while (lines.Count < set.Ledgers.Single().Produced)
        {
            var length = receiver.Receive(buffer);
            length.ShouldBeLessThanOrEqualTo(most);
            lines.AddRange(Encoding.UTF8.GetString(buffer, 0, length).Split('\n'));
        }

        lines.Count.ShouldBe((int)set.Ledgers.Single().Delivered);
        double Sum(string metric) => lines.Where(line => line.StartsWith(metric + ":", StringComparison.Ordinal)).Sum(line => double.Parse(line.Split(':', '|')[1], CultureInfo.InvariantCulture));
        Sum("onrush.requests").ShouldBe(126);
        // Each series says once that there are no failures.
        lines.Count(line => line.StartsWith("onrush.failures:0|c", StringComparison.Ordinal)).ShouldBe(2);
        lines.ShouldContain("onrush.requests:2|c|#scenario:s,method:GET,name:쿠폰 a_b_c_d_e_");
        lines.Count(line => line.StartsWith("onrush.response_time:", StringComparison.Ordinal) && line.Contains("|ms|@0.125|#", StringComparison.Ordinal)).ShouldBe(15);
    }

    /// <summary>UDP tells nobody what arrived; that nobody listens is told by the machine, one datagram later. It costs the run nothing.</summary>
    [Fact]
    public async Task Nobody_who_listens_is_told_and_the_account_still_adds_up()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        taken.Dispose();
        List<string> warnings = [];
        var run = new PlayedRun();
        var context = new OutputContext { RunId = "r", LoadTest = "t", Directory = ".", Console = TextWriter.Null, Warn = warnings.Add };
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse($"statsd=127.0.0.1:{port}")], context);
        set.Follow(run);
        var steps = new Steps();
        for (var i = 0; i < 5; i++)
            run.Play(steps.Next(10));
        await set.DrainAsync(TimeSpan.FromSeconds(30), null, TestContext.Current.CancellationToken);
        var ledger = set.Ledgers.Single();
        (ledger.Delivered + ledger.Dropped + ledger.Uncertain).ShouldBe(ledger.Produced);
        ledger.Retries.ShouldBeGreaterThan(0);
        warnings[0].ShouldContain("nobody listens there");
    }
}
