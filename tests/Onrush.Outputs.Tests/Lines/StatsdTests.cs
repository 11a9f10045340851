using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Onrush.Outputs.Tests.Pipeline;

namespace Onrush.Outputs.Tests.Lines;

public sealed class StatsdTests
{
    [Fact]
    public async Task Datagrams_add_up_to_the_requests_and_stay_small()
    {
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var run = new PlayedRun();
        var context = new OutputContext { RunId = "r", LoadTest = "t", Directory = ".", Console = TextWriter.Null, Warn = _ => { } };
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse($"statsd=127.0.0.1:{((IPEndPoint)receiver.LocalEndPoint!).Port}&points=5")], context);
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
            length.ShouldBeLessThanOrEqualTo(1400);
            lines.AddRange(Encoding.UTF8.GetString(buffer, 0, length).Split('\n'));
        }

        lines.Count.ShouldBe((int)set.Ledgers.Single().Delivered);
        double Sum(string metric) => lines.Where(line => line.StartsWith(metric + ":", StringComparison.Ordinal)).Sum(line => double.Parse(line.Split(':', '|')[1], CultureInfo.InvariantCulture));
        Sum("onrush.requests").ShouldBe(126);
        lines.ShouldContain("onrush.requests:2|c|#scenario:s,method:GET,name:쿠폰 a_b_c_d_e_");
        lines.Count(line => line.StartsWith("onrush.response_time:", StringComparison.Ordinal) && line.Contains("|ms|@0.125|#", StringComparison.Ordinal)).ShouldBe(15);
    }
}
