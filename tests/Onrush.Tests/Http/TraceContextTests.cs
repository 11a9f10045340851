using System.Text;
using System.Text.RegularExpressions;
using Onrush.Http;
using Onrush.Http.Wire;
using Onrush.Measurement;

namespace Onrush.Tests.Http;

public sealed partial class TraceContextTests
{
    [Theory]
    [InlineData(1, 2000, 2000)]
    [InlineData(0.25, 350, 650)]
    [InlineData(0.0001, 0, 20)]
    public void Every_request_has_a_trace_of_its_own_and_the_share_is_marked(double share, int least, int most)
    {
        var trace = new TraceContext(share);
        var writer = new RequestWriter();
        HashSet<string> ids = [];
        var marked = 0;
        for (var i = 0; i < 2000; i++)
        {
            writer.Reset();
            var sample = default(RequestSample);
            trace.Write(writer, ref sample);
            var match = Line().Match(Encoding.ASCII.GetString(writer.Written));
            match.Success.ShouldBeTrue(Encoding.ASCII.GetString(writer.Written));
            ids.Add(match.Groups[1].Value).ShouldBeTrue();
            (sample.TraceLow != 0).ShouldBe(match.Groups[2].Value == "01");
            if (sample.TraceLow == 0)
                continue;
            marked++;
            $"{sample.TraceHigh:x16}{sample.TraceLow:x16}".ShouldBe(match.Groups[1].Value);
        }

        marked.ShouldBeInRange(least, most);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var trace = new TraceContext(0.5);
        var writer = new RequestWriter();
        var sample = default(RequestSample);
        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Once();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Once()
        {
            writer.Reset();
            trace.Write(writer, ref sample);
        }
    }

    [GeneratedRegex("^traceparent: 00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(0[01])\r\n$")]
    private static partial Regex Line();
}
