using System.Text;
using Onrush.FunctionalTests.Docs;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>The command of the guide against a receiver; what is in the messages is tested with the official SDK beside the output itself.</summary>
public sealed class OpenTelemetryTests : RunFixture
{
    [Fact]
    public async Task The_command_of_the_guide_sends_metrics()
    {
        await using var server = CountingServer.Start();
        await using var receiver = await OtlpServer.StartAsync();
        Folder.Write("loadtest.cs", LoadTests.Hello);
        string[] arguments = [.. Shell.Words(DocPages.Blocks("docs/guide/opentelemetry.md")[0].Text).Skip(1).Select(word => word
            .Replace("otlp=http://127.0.0.1:4318", $"otlp={receiver.Url}&period=1s", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8080", server.Url.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)
            .Replace("30s", "3s", StringComparison.Ordinal))];
        var run = await OnrushCommand.RunAsync(Folder, [.. arguments, "--require-outputs"], limit: TimeSpan.FromMinutes(2));
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Errors.ShouldMatch(@"output otlp 127\.0\.0\.1:\d+: \d+ points produced, \d+ delivered\.");
        receiver.Messages.Count.ShouldBeGreaterThanOrEqualTo(3);
        string last = Encoding.UTF8.GetString(receiver.Messages.Last());
        foreach (string text in (string[])["http.client.request.duration", "onrush.users", "service.name", "/hello", "server.address"])
            last.ShouldContain(text);
    }
}
