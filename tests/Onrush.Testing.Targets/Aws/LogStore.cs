using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Onrush.Testing.Targets.Aws;

/// <summary>What CloudWatch Logs does with groups, streams and lines, with its limits.</summary>
public sealed partial class LogStore(TimeProvider time)
{
    private readonly Dictionary<string, Dictionary<string, List<(long Timestamp, string Message)>>> _groups = [];

    /// <summary>The lines of a stream, by time; null when there is none.</summary>
    public IReadOnlyList<(long Timestamp, string Message)>? Lines(string group, string stream)
    {
        lock (_groups)
            return _groups.TryGetValue(group, out var streams) && streams.TryGetValue(stream, out var lines) ? [.. lines.OrderBy(line => line.Timestamp)] : null;
    }

    /// <summary>Carries out an operation.</summary>
    /// <exception cref="AwsFaultException">It breaks a rule.</exception>
    public object Do(string operation, JsonElement request)
    {
        lock (_groups)
        {
            return operation switch
            {
                "CreateLogGroup" => CreateGroup(Name(request, "logGroupName", GroupName())),
                "CreateLogStream" => CreateStream(Name(request, "logGroupName", GroupName()), Name(request, "logStreamName", StreamName())),
                "PutLogEvents" => Put(Name(request, "logGroupName", GroupName()), Name(request, "logStreamName", StreamName()), request.GetProperty("logEvents")),
                _ => throw new AwsFaultException("UnknownOperationException", operation),
            };
        }
    }

    private object CreateGroup(string group) =>
        _groups.TryAdd(group, []) ? new { } : throw new AwsFaultException("ResourceAlreadyExistsException", "The specified log group already exists");

    private object CreateStream(string group, string stream) => Group(group).TryAdd(stream, [])
        ? new { }
        : throw new AwsFaultException("ResourceAlreadyExistsException", "The specified log stream already exists");

    private object Put(string group, string stream, JsonElement events)
    {
        if (!Group(group).TryGetValue(stream, out var lines))
            throw new AwsFaultException("ResourceNotFoundException", "The specified log stream does not exist.");
        if (events.GetArrayLength() is 0 or > 10_000)
            throw new AwsFaultException("InvalidParameterException", $"logEvents must be 1 to 10000; they are {events.GetArrayLength()}");
        long bytes = 0, before = long.MinValue, first = events[0].GetProperty("timestamp").GetInt64(), now = time.GetUtcNow().ToUnixTimeMilliseconds();
        int index = 0, old = 0;
        int? young = null;
        List<(long, string)> read = [];
        foreach (var one in events.EnumerateArray())
        {
            long at = one.GetProperty("timestamp").GetInt64();
            string message = one.GetProperty("message").GetString() is { Length: > 0 } text ? text : throw new AwsFaultException("InvalidParameterException", "message must have at least one character");
            int size = Encoding.UTF8.GetByteCount(message) + 26;
            bytes += size;
            if (size > 262_144)
                throw new AwsFaultException("InvalidParameterException", "Log event too large");
            if (at < before)
                throw new AwsFaultException("InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order.");
            if (at - first > 24L * 3600 * 1000)
                throw new AwsFaultException("InvalidParameterException", "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
            before = at;
            if (at < now - 14L * 24 * 3600 * 1000)
                old = index + 1;
            else if (at > now + 2 * 3600 * 1000)
                young ??= index;
            else
                read.Add((at, message));
            index++;
        }

        if (bytes > 1_048_576)
            throw new AwsFaultException("InvalidParameterException", $"Upload too large: {bytes} bytes exceeds limit of 1048576");
        lines.AddRange(read);
        return old == 0 && young is null
            ? new { nextSequenceToken = "1" }
            : new { nextSequenceToken = "1", rejectedLogEventsInfo = new { tooOldLogEventEndIndex = old == 0 ? (int?)null : old, tooNewLogEventStartIndex = young } };
    }

    private Dictionary<string, List<(long Timestamp, string Message)>> Group(string group) =>
        _groups.TryGetValue(group, out var found) ? found : throw new AwsFaultException("ResourceNotFoundException", "The specified log group does not exist.");

    private static string Name(JsonElement request, string property, Regex rule) =>
        request.TryGetProperty(property, out var value) && value.GetString() is { } name && rule.IsMatch(name)
            ? name
            : throw new AwsFaultException("InvalidParameterException", $"1 validation error detected: Value at '{property}' failed to satisfy constraint");

    [GeneratedRegex(@"^[.\-_/#A-Za-z0-9]{1,512}$")]
    private static partial Regex GroupName();

    [GeneratedRegex("^[^:*]{1,512}$")]
    private static partial Regex StreamName();
}
