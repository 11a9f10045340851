using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Outputs.Influx;

/// <summary>The number that k6 gives a kind of error: <c>error_code</c>.</summary>
internal static class K6ErrorCode
{
    /// <summary>The number; null where k6 has none because the request itself went well.</summary>
    /// <param name="outcome">How the request ended.</param>
    /// <param name="status">HTTP status; 0 when there was no response.</param>
    public static string? Of(Outcome outcome, short status) => outcome switch
    {
        Outcome.Success or Outcome.Check => null,
        Outcome.Status => status >= 400 ? (1000 + status).ToString(CultureInfo.InvariantCulture) : null,
        Outcome.ReadTimeout => "1050",
        Outcome.Dns => "1101",
        Outcome.Connect => "1210",
        Outcome.ConnectTimeout => "1211",
        Outcome.Refused => "1212",
        Outcome.Reset => "1220",
        Outcome.Tls => "1300",
        _ => "1000",
    };
}
