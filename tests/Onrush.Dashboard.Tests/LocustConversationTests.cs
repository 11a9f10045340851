using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Onrush.Dashboard.Tests;

/// <summary>
/// A recorded conversation of a script for Locust, from the first question to the last file, as it stands in Golden/locust-conversation.txt: lines with &gt; are
/// what it asks, lines with &lt; what it has to get. In what it gets "*" is anything of some kind, and fields that are not named may come as well.
/// </summary>
public sealed class LocustConversationTests
{
    [Fact]
    public async Task A_recorded_conversation_passes()
    {
        await using var served = await Served.StartAsync();
        int exchanges = 0;
        foreach (var exchange in Exchanges())
        {
            if (exchange.Seconds > 0)
                served.Run.Play(exchange.Seconds);
            using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), exchange.Path);
            if (exchange.Type is not null)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(exchange.Body));
                request.Content.Headers.TryAddWithoutValidation("Content-Type", exchange.Type);
            }

            using var response = await served.Client.SendAsync(request);
            string text = await response.Content.ReadAsStringAsync();
            string where = $"{exchange.Method} {exchange.Path} {exchange.Body}: {text}";
            ((int)response.StatusCode).ShouldBe(exchange.Status, where);
            response.Content.Headers.ContentType!.MediaType.ShouldBe(exchange.Media, where);
            if (exchange.Expected.StartsWith('{'))
                Fits(JsonDocument.Parse(exchange.Expected).RootElement, JsonDocument.Parse(text).RootElement, where);
            else
                text.ShouldStartWith(exchange.Expected, Case.Sensitive, where);
            exchanges++;
        }

        exchanges.ShouldBeGreaterThan(30);
        Served.HelloUser.ShopId = 7;
    }

    private static void Fits(JsonElement expected, JsonElement found, string where)
    {
        if (expected.ValueKind == JsonValueKind.String && expected.GetString() == "*")
        {
            found.ValueKind.ShouldNotBe(JsonValueKind.Undefined, where);
            return;
        }

        found.ValueKind.ShouldBe(expected.ValueKind, where);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in expected.EnumerateObject())
                {
                    found.TryGetProperty(property.Name, out var value).ShouldBeTrue($"{property.Name} is missing in {where}");
                    Fits(property.Value, value, where);
                }

                break;
            case JsonValueKind.Array:
                found.GetArrayLength().ShouldBeGreaterThanOrEqualTo(expected.GetArrayLength(), where);
                foreach (var (element, other) in expected.EnumerateArray().Zip(found.EnumerateArray()))
                    Fits(element, other, where);
                break;
            default:
                found.GetRawText().ShouldBe(expected.GetRawText(), where);
                break;
        }
    }

    private static IEnumerable<Exchange> Exchanges([CallerFilePath] string test = "")
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(test)!, "Golden", "locust-conversation.txt"));
        foreach (string block in string.Join('\n', lines.Where(line => !line.StartsWith('#'))).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var all = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            int seconds = all[0].StartsWith('=') ? int.Parse(all[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            var asked = all.Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..]).ToList();
            var got = all.Where(line => line.StartsWith("< ", StringComparison.Ordinal)).Select(line => line[2..]).ToList();
            var (request, status) = (asked[0].Split(' ', 3), got[0].Split(' '));
            yield return new Exchange(
                seconds, request[0], request[1], request.ElementAtOrDefault(2), string.Join('\n', asked.Skip(1)),
                int.Parse(status[0], System.Globalization.CultureInfo.InvariantCulture), status[1], string.Join('\n', got.Skip(1)));
        }
    }

    private sealed record Exchange(int Seconds, string Method, string Path, string? Type, string Body, int Status, string Media, string Expected);
}
