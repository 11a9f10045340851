using System.Text.RegularExpressions;
using Onrush.Testing.Targets.Hostile;

namespace Onrush.FunctionalTests.Running;

/// <summary>Tells from the text of a failure at which stage the request ended: the texts of the failures table begin alike.</summary>
internal static partial class EndingText
{
    public static Endings Of(string text) => text switch
    {
        _ when text.StartsWith("connection refused", StringComparison.Ordinal) => Endings.Refused,
        _ when text.StartsWith("no connection within", StringComparison.Ordinal) => Endings.ConnectTimeout,
        _ when text.StartsWith("TLS: ", StringComparison.Ordinal) => Endings.Tls,
        _ when Late().IsMatch(text) => Endings.ReadTimeout,
        _ when Cut().IsMatch(text) => Endings.Reset,
        _ when Status().IsMatch(text) => Endings.Status,
        _ => Endings.Protocol,
    };

    [GeneratedRegex("^(nothing received for|no complete response within) ")]
    private static partial Regex Late();

    [GeneratedRegex(@"^connection (closed|reset) |ConnectionReset")]
    private static partial Regex Cut();

    [GeneratedRegex(@"^\d{3}\b")]
    private static partial Regex Status();
}
