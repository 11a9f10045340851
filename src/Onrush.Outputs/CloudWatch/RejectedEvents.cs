using System.Text.Json;
using Onrush.Outputs.Aws;

namespace Onrush.Outputs.CloudWatch;

/// <summary>How many lines an answer to PutLogEvents says were not stored although the rest was.</summary>
internal static class RejectedEvents
{
    /// <param name="answer">A good answer.</param>
    /// <param name="sent">Lines that were sent.</param>
    public static long Of(AwsAnswer answer, long sent)
    {
        using var json = answer.Json();
        if (!json.RootElement.TryGetProperty("rejectedLogEventsInfo", out var info) || info.ValueKind != JsonValueKind.Object)
            return 0;
        // Too old and expired are the lines before an index, too new those from one on.
        long old = Math.Max(Index(info, "tooOldLogEventEndIndex") ?? 0, Index(info, "expiredLogEventEndIndex") ?? 0);
        long young = sent - (Index(info, "tooNewLogEventStartIndex") ?? sent);
        return Math.Clamp(old + young, 0, sent);
    }

    private static long? Index(JsonElement info, string name) => info.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}
