using System.Buffers.Text;
using System.Text;
using Onrush.Http;
using Onrush.Measurement;

namespace Onrush.Runs.Results.Requests;

/// <summary>A request as a line of JMeter's log (JTL) in CSV. Owned by one thread.</summary>
internal sealed class JtlLine
{
    /// <summary>Names of the columns, those of JMeter's default.</summary>
    public const string Columns =
        "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

    // Names, messages and statuses come again and again; past this many the texts are those of a target that makes them up.
    private const int MostTexts = 10_000;

    private readonly Dictionary<string, byte[]> _texts = [];
    private byte[] _line = new byte[1024];
    private int _length;

    /// <summary>Makes the line; it is good until the next call.</summary>
    /// <param name="entry">The request.</param>
    /// <param name="users">Users alive about then.</param>
    public ReadOnlySpan<byte> Of(in RequestEntry entry, int users)
    {
        _length = 0;
        long elapsed = Ms(entry.ResponseNs);
        bool good = entry.Outcome == Outcome.Success;
        Number(entry.EndUnixMs - elapsed);
        Number(elapsed);
        Text(entry.Series.Name);
        if (entry.Status > 0)
        {
            Number(entry.Status);
            Text(Reason(entry.Status));
        }
        else
        {
            // What has no status is no HTTP, or did not get so far.
            Text(good ? "" : entry.Outcome.ToString());
            Text(good ? "OK" : "");
        }
        Text(entry.Series.Scenario);
        Text("text");
        Text(good ? "true" : "false");
        Text(entry.Message ?? "");
        Number(entry.BytesReceived);
        Number(entry.BytesSent);
        Number(users);
        Number(users);
        Text("null");
        Number(Ms(entry.FirstByteNs));
        Number(0);
        Number(Ms(entry.ConnectionNs));
        _line[_length - 1] = (byte)'\n';
        return _line.AsSpan(0, _length);
    }

    private static long Ms(long ns) => (ns + 500_000) / 1_000_000;

    // "404 Not Found" without its number.
    private static string Reason(int status) => StatusText.For(status) is var text && text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? text[(space + 1)..] : "";

    private void Number(long value)
    {
        Reserve(32);
        Utf8Formatter.TryFormat(value, _line.AsSpan(_length), out int written);
        _length += written;
        _line[_length++] = (byte)',';
    }

    private void Text(string text)
    {
        if (!_texts.TryGetValue(text, out byte[]? bytes))
        {
            // JMeter's readers take a line for a request, so no text may have several.
            string flat = text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : text.ReplaceLineEndings(" ");
            bytes = Encoding.UTF8.GetBytes(flat.AsSpan().IndexOfAny(',', '"') < 0 ? flat : $"\"{flat.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            if (_texts.Count < MostTexts)
                _texts.Add(text, bytes);
        }
        Reserve(bytes.Length + 1);
        bytes.CopyTo(_line, _length);
        _length += bytes.Length;
        _line[_length++] = (byte)',';
    }

    private void Reserve(int more)
    {
        if (_length + more > _line.Length)
            Array.Resize(ref _line, Math.Max(_line.Length * 2, _length + more));
    }
}
