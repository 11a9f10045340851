using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>InfluxDB: the same line twice is one point.</summary>
internal sealed partial class InfluxBackend(int version) : Backend
{
    private readonly ConcurrentDictionary<string, bool> _lines = [];

    public override long Records => _lines.Count;

    public override double Requests => _lines.Keys.Select(line => Count().Match(line)).Where(match => match.Success).Sum(match => long.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    protected override (int Status, byte[] Body) ButOne => (400, Encoding.UTF8.GetBytes(version == 3
        ? """{"error":"partial write of line protocol occurred","data":[{"original_line":"a","line_number":1,"error_message":"bad"}]}"""
        : """{"error":"partial write: field type conflict: input field is type float dropped=1"}"""));

    public override string Out(string url) => version switch
    {
        1 => $"influxdb={url}/load&create=false",
        2 => $"influxdb={url}?org=team&bucket=load&token=t",
        _ => $"influxdb={url}/load&version=3&token=t",
    };

    protected override bool TryStore(byte[] body, bool butOne)
    {
        foreach (var line in Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(butOne ? 1 : 0))
            _lines[line] = true;
        return true;
    }

    [GeneratedRegex(@"^onrush_requests,.* count=(\d+)i")]
    private static partial Regex Count();
}
