using System.Text;
using Onrush.Measurement;
using Onrush.Outputs.Influx;

namespace Onrush.Outputs.Tests.Influx;

public sealed class K6RequestPointsTests
{
    private const long Ms = 1_000_000;

    private readonly List<OutputBatch> _batches = [];

    private string[] Write(K6RequestPoints points, params RequestEntry[] entries)
    {
        foreach (var entry in entries)
            points.Add(entry, _batches.Add);
        points.End(_batches.Add);
        var lines = _batches.SelectMany(batch => Encoding.UTF8.GetString(batch.Body.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        lines.LongLength.ShouldBe(_batches.Sum(batch => batch.Records));
        return lines;
    }

    private static K6RequestPoints Points(params KeyValuePair<string, string>[] tags) => new(tags, gzip: false, TimeProvider.System);

    private static RequestEntry Entry(string name = "/hello", Outcome outcome = Outcome.Success, short status = 200, string? message = null) => new()
    {
        Series = new SeriesKey("s", "GET", name), Outcome = outcome, Status = status, Message = message, EndUnixMs = 1_700_000_000_123, ResponseNs = 12 * Ms,
        BlockedNs = 6 * Ms, DnsNs = 1 * Ms, ConnectNs = 2 * Ms, TlsNs = 3 * Ms, SendNs = Ms / 2, WaitNs = 4 * Ms, ReceiveNs = Ms,
    };

    [Fact]
    public void A_request_is_ten_points_of_k6()
    {
        const string tags = "expected_response=true,method=GET,name=/hello,scenario=s,status=200";
        Write(Points(new KeyValuePair<string, string>("testid", "t1")), Entry()).ShouldBe(
            new[]
            {
                "http_reqs 1", "http_req_failed 0", "http_req_duration 5.5", "http_req_blocked 6", "http_req_looking_up 1", "http_req_connecting 2",
                "http_req_tls_handshaking 3", "http_req_sending 0.5", "http_req_waiting 4", "http_req_receiving 1",
            }.Select(point => $"{point.Split(' ')[0]},testid=t1,{tags} value={point.Split(' ')[1]} 1700000000123000000"));
    }

    [Theory]
    [InlineData(Outcome.Status, 404, "1404")]
    [InlineData(Outcome.ReadTimeout, 0, "1050")]
    [InlineData(Outcome.Dns, 0, "1101")]
    [InlineData(Outcome.Refused, 0, "1212")]
    [InlineData(Outcome.ConnectTimeout, 0, "1211")]
    [InlineData(Outcome.Reset, 0, "1220")]
    [InlineData(Outcome.Protocol, 0, "1000")]
    public void A_failure_has_a_point_of_errors_and_says_why(Outcome outcome, short status, string code)
    {
        var lines = Write(Points(), Entry("/a b", outcome, status, "it is, \"so\""));
        lines.Length.ShouldBe(11);
        lines[0].ShouldStartWith($"errors,error=it\\ is\\,\\ \"so\",error_code={code},expected_response=false,method=GET,name=/a\\ b,scenario=s,status={status} value=1 ");
        lines.ShouldContain(line => line.StartsWith("http_req_failed,", StringComparison.Ordinal) && line.Contains(" value=1 ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_http_has_its_own_measurements()
    {
        var entry = Entry("publish", status: 0);
        entry.Series = entry.Series with { Tags = TagSet.Of([new(MetricTags.Protocol, MetricTags.MeasuredProtocol)]) };
        Write(Points(), entry).Select(line => line.Split(',')[0]).ShouldBe(["requests", "response_time"]);
    }

    /// <summary>The database takes points of one measurement, tags and time for the same: of every two something has to differ.</summary>
    [Fact]
    public void No_point_overwrites_another()
    {
        var random = new Random(1);
        string[] names = ["/a", "/b\nc", "/b c", "쿠폰"];
        var entries = Enumerable.Range(0, 5000).Select(_ =>
        {
            var entry = Entry(names[random.Next(names.Length)]);
            // Several loops hand on their requests in turn, so a later one may be older.
            entry.EndUnixMs += random.Next(5) - 2;
            return entry;
        }).ToArray();
        var lines = Write(Points(), entries);
        lines.Length.ShouldBe(50_000);
        lines.Select(line => (line[..line.IndexOf(" value=", StringComparison.Ordinal)], line[line.LastIndexOf(' ')..])).ShouldBeUnique();
        _batches.Count.ShouldBe(3);
    }

    [Fact]
    public void A_target_that_makes_up_errors_does_not_make_tags()
    {
        var lines = Write(Points(), [.. Enumerable.Range(0, 2000).Select(i => Entry(outcome: Outcome.Check, message: $"order {i} {new string('x', 300)}"))]);
        var errors = lines.Where(line => line.StartsWith("errors,", StringComparison.Ordinal)).ToArray();
        errors.Length.ShouldBe(2000);
        errors.Select(line => line[..line.IndexOf(",expected", StringComparison.Ordinal)]).Distinct().Count().ShouldBe(501);
        errors.Count(line => line.Contains("error=(other\\ errors)", StringComparison.Ordinal)).ShouldBe(1500);
        errors[0].Length.ShouldBeLessThan(400);
    }
}
