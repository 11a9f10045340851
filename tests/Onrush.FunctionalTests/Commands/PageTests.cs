using System.Net;
using System.Text;
using System.Text.Json;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Commands;

/// <summary>The real command with its page: runs that are started, changed, stopped and started again over the network.</summary>
public sealed class PageTests : RunFixture
{
    // The command compiles, serves and runs; a loaded machine takes its time for that.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_run_is_steered_over_the_network_and_every_number_is_the_same_everywhere()
    {
        await using var target = CountingServer.Start();
        await using var command = OnrushCommand.Start(Folder, PageArguments(target.Url, "--web-port", "0", "--csv", "out"));
        using var client = await ClientAsync(command);

        (await PostAsync(client, "api/v1/start", """{"users":4,"spawnRate":50}""")).ShouldContain("\"ok\":true");
        await UntilAsync(client, run => Users(run) == 4 && Requests(run) > 0);
        await PostAsync(client, "api/v1/change", """{"users":9,"spawnRate":100}""");
        await UntilAsync(client, run => Users(run) == 9);
        await PostAsync(client, "api/v1/stop", """{"wait":true}""");
        var first = await RunAsync(client);
        first.GetProperty("phase").GetString().ShouldBe("stopped");
        target.Counts.Answered.ShouldBe(Requests(first));
        (await StatsAsync(client)).ShouldBe(Requests(first));

        await PostAsync(client, "swarm", "user_count=2&spawn_rate=10", "application/x-www-form-urlencoded");
        await UntilAsync(client, run => Users(run) == 2 && Requests(run) > 0);
        await PostAsync(client, "stop", "", "application/x-www-form-urlencoded");
        var second = await RunAsync(client);
        target.Counts.Answered.ShouldBe(Requests(first) + Requests(second));
        string csv = await client.GetStringAsync("stats/requests/csv");
        csv.ShouldContain($",Aggregated,{Requests(second)},0,");

        command.Send(Signal.Interrupt);
        (await command.ExitAsync(Long)).ShouldBe(0, command.Errors);
        (await File.ReadAllTextAsync(Path.Combine(Folder.Path, "out_stats.csv"))).ShouldBe(csv);
        ConsoleOutput.Parse(command.Output).Aggregated.Requests.ShouldBe(Requests(second));
    }

    [Fact]
    public async Task A_signal_during_a_run_stops_it_first()
    {
        await using var target = CountingServer.Start();
        await using var command = OnrushCommand.Start(Folder, PageArguments(target.Url, "--web-port", "0", "--autostart", "-u", "3", "-r", "50"));
        using var client = await ClientAsync(command);
        await UntilAsync(client, run => Requests(run) > 0);
        command.Send(Signal.Terminate);
        (await command.ExitAsync(Long)).ShouldBe(0, command.Errors);
        ConsoleOutput.Parse(command.Output).Aggregated.Requests.ShouldBe(target.Counts.Answered);
    }

    [Fact]
    public async Task It_starts_and_quits_by_itself_where_that_is_asked_for()
    {
        await using var target = CountingServer.Start();
        var ended = await EndedAsync(PageArguments(target.Url, "--web-port", "0", "--autostart", "--autoquit", "0", "-t", "2", "-u", "2", "-r", "50"));
        ended.ExitCode.ShouldBe(0, ended.Everything);
        ended.Console.Aggregated.Requests.ShouldBe(target.Counts.Answered);
    }

    [Fact]
    public async Task A_headless_run_can_have_a_page_beside_it()
    {
        await using var target = CountingServer.Start();
        await using var command = OnrushCommand.Start(Folder, PageArguments(target.Url, "--headless", "--with-page", "--web-port", "0", "-t", "4", "-u", "2", "-r", "50"));
        using var client = await ClientAsync(command);
        await UntilAsync(client, run => Requests(run) > 0);
        (await command.ExitAsync(Long)).ShouldBe(0, command.Errors);
    }

    [Fact]
    public async Task The_report_of_a_run_and_of_its_journal_hold_the_same_requests()
    {
        await using var target = CountingServer.Start();
        var ended = await EndedAsync(PageArguments(target.Url, "--headless", "-t", "2", "-u", "2", "-r", "50", "--html", "now.html"));
        Assert.SkipWhen(ended.Errors.Contains("This build has no page", StringComparison.Ordinal), "the page was not built: npm is not installed (Debian package npm)");
        ended.ExitCode.ShouldBe(0, ended.Everything);
        var later = await EndedAsync(["report", "latest", "--html", "later.html"]);
        later.ExitCode.ShouldBe(0, later.Everything);
        InReport("now.html").ShouldBe(target.Counts.Answered);
        InReport("later.html").ShouldBe(target.Counts.Answered);
    }

    private long InReport(string file)
    {
        const string Before = "<script id=\"onrush-data\" type=\"application/json\">";
        string text = File.ReadAllText(Path.Combine(Folder.Path, file));
        int start = text.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return Requests(JsonDocument.Parse(text[start..text.IndexOf("</script>", start, StringComparison.Ordinal)]).RootElement.GetProperty("run"));
    }

    [Fact]
    public async Task What_would_let_others_in_or_is_taken_is_said_in_one_line()
    {
        await using var target = CountingServer.Start();
        var open = await EndedAsync(PageArguments(target.Url, "--web-host", "0.0.0.0"));
        (open.ExitCode, open.Errors.Trim()).ShouldBe((104, "onrush: --web-host 0.0.0.0 lets others in: give --web-token SECRET or --web-login USER:PASSWORD as well."));
        var taken = await EndedAsync(PageArguments(target.Url, "--web-port", target.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        taken.ExitCode.ShouldBe(104);
        taken.Errors.ShouldContain("the port is taken. Choose another with --web-port, or 0 for any free one.");
    }

    private Task<Finished> EndedAsync(string[] arguments) => OnrushCommand.RunAsync(Folder, arguments, limit: Long);

    private string[] PageArguments(Uri target, params string[] more) => ["-f", Folder.Write("loadtest.cs", LoadTests.Hello), "-H", target.AbsoluteUri.TrimEnd('/'), .. more];

    private static async Task<HttpClient> ClientAsync(RunningProgram command)
    {
        const string Before = "The page is at ";
        string line = command.Output.Split('\n').FirstOrDefault(l => l.StartsWith(Before, StringComparison.Ordinal))
            ?? await command.NextLineAsync(l => l.StartsWith(Before, StringComparison.Ordinal), "the address of the page", Long);
        return new HttpClient { BaseAddress = new Uri(line[Before.Length..].Split(' ')[0]), Timeout = Long };
    }

    private static async Task<string> PostAsync(HttpClient client, string path, string body, string type = "application/json")
    {
        using var response = await client.PostAsync(path, new StringContent(body, Encoding.UTF8, type));
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    private static async Task<JsonElement> RunAsync(HttpClient client) => JsonDocument.Parse(await client.GetStringAsync("api/v1/run")).RootElement.GetProperty("run");

    private static async Task<long> StatsAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync("stats/requests")).RootElement.GetProperty("stats").EnumerateArray().Last().GetProperty("num_requests").GetInt64();

    /// <summary>Follows the stream until a second fits.</summary>
    private static async Task UntilAsync(HttpClient client, Func<JsonElement, bool> fits)
    {
        using var patience = new CancellationTokenSource(Long);
        await using var stream = await client.GetStreamAsync("api/v1/stream", patience.Token);
        using var lines = new StreamReader(stream);
        string kind = "";
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line[7..];
            else if (kind == "run" && line.StartsWith("data: ", StringComparison.Ordinal) && fits(JsonDocument.Parse(line[6..]).RootElement.GetProperty("run")))
                return;
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    private static int Users(JsonElement run) => run.GetProperty("users").GetInt32();

    private static long Requests(JsonElement run) => run.GetProperty("aggregated").GetProperty("requests").GetInt64();
}
