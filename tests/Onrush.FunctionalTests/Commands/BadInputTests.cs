using System.Net;
using System.Net.Sockets;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Commands;

/// <summary>Whatever a person gets wrong is answered with a short, clear error before the first request.</summary>
public sealed class BadInputTests : RunFixture
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Fact]
    public Task A_file_that_does_not_compile() => ShouldFailAsync(
        104, LoadTests.Hello.Replace("await Client", "await Clint", StringComparison.Ordinal), ["-H", "http://127.0.0.1:9"], "loadtest.cs(8,40): ", "Clint");

    [Fact]
    public Task Several_mistakes_are_all_shown() => ShouldFailAsync(
        104, LoadTests.Hello.Replace("WaitTime.Between", "WaitTime.Amid", StringComparison.Ordinal).Replace("Client", "Clint", StringComparison.Ordinal),
        ["-H", "http://127.0.0.1:9"], "Amid", "Clint");

    [Fact]
    public Task A_file_without_users() => ShouldFailAsync(104, "public sealed class Nothing;", ["-H", "http://127.0.0.1:9"], "no user class", "FastHttpUser");

    [Fact]
    public Task A_class_without_tasks() => ShouldFailAsync(
        104, "using Onrush;\npublic sealed class Idle : FastHttpUser;", ["-H", "http://127.0.0.1:9"], "Idle", "task");

    [Fact]
    public Task An_empty_file() => ShouldFailAsync(104, "", ["-H", "http://127.0.0.1:9"], "user");

    [Fact]
    public async Task A_missing_file()
    {
        var run = await OnrushCommand.RunAsync(Folder, ["-f", "nosuch.cs", "--headless", "-H", Nowhere.AbsoluteUri]);
        ShouldBeOneError(run, 104, "nosuch.cs");
    }

    [Fact]
    public async Task A_missing_default_file()
    {
        var run = await OnrushCommand.RunAsync(Folder, ["--headless", "-H", Nowhere.AbsoluteUri]);
        ShouldBeOneError(run, 104, "loadtest.cs");
    }

    [Fact]
    public Task An_unknown_class_names_the_nearest() => ShouldFailAsync(104, LoadTests.Hello, ["HeloUser", "-H", "http://127.0.0.1:9"], "HeloUser", "HelloUser");

    [Fact]
    public Task No_host() => ShouldFailAsync(104, LoadTests.Hello, [], "host", "-H");

    [Theory]
    [InlineData("--hots", "x", "--hots", "--host")]
    [InlineData("-u", "-5", "-u: -5", "from 1 to 10,000,000")]
    [InlineData("-u", "0", "-u: 0", "from 1 to 10,000,000")]
    [InlineData("-u", "99999999999", "99999999999", "from 1 to 10,000,000")]
    [InlineData("--users", "many", "--users: 'many'", "whole number")]
    [InlineData("-r", "0", "-r: 0", "above 0")]
    [InlineData("-r", "-1", "-r: -1", "above 0")]
    [InlineData("--spawn-rate", "NaN", "--spawn-rate: 'NaN'", "number")]
    [InlineData("-t", "soon", "-t: 'soon'", "1h20m")]
    [InlineData("-t", "-3s", "-t: '-3s'", "1h20m")]
    [InlineData("-s", "-1", "-s: '-1'", "1h20m")]
    [InlineData("--seed", "one", "--seed: 'one'", "whole number")]
    [InlineData("--transport", "pigeon", "pigeon", "portable")]
    [InlineData("--local-addresses", "999.1.1.1", "--local-addresses", "999.1.1.1")]
    [InlineData("-H", "ftp://127.0.0.1", "ftp://127.0.0.1", "http nor")]
    [InlineData("-H", "http://", "'http://'", "URL")]
    [InlineData("--config", "nosuch.toml", "--config", "nosuch.toml")]
    public Task A_bad_option(string option, string value, string shown, string hint) =>
        ShouldFailAsync(104, LoadTests.Hello, ["-H", "http://127.0.0.1:9", option, value], shown, hint);

    [Theory]
    [InlineData("onrush.toml", "users = \"many\"", "onrush.toml(1)")]
    [InlineData("onrush.conf", "host = http://127.0.0.1:9\nusres = 3", "onrush.conf(2)")]
    public Task A_bad_configuration_file(string name, string text, string place)
    {
        Folder.Write(name, text);
        return ShouldFailAsync(104, LoadTests.Hello, ["-H", "http://127.0.0.1:9"], place, "users");
    }

    [Fact]
    public async Task A_bad_environment_variable()
    {
        var run = await OnrushCommand.RunAsync(
            Folder, [.. Arguments(LoadTests.Hello, Nowhere), "-t", "1s"], new Dictionary<string, string> { ["ONRUSH_USERS"] = "many" });
        ShouldBeOneError(run, 104, "ONRUSH_USERS", "many");
    }

    [Fact]
    public async Task A_host_that_does_not_resolve_is_a_named_failure()
    {
        var run = await RunAsync(LoadTests.Hello, new Uri("http://no-such-host.invalid"), "-u", "2", "-r", "2", "-t", "3s", "-s", "30");
        run.ExitCode.ShouldBe(104, run.Everything);
        run.ShouldShowNoStackTrace();
        run.Everything.ShouldContain("no-such-host.invalid");
    }

    [Fact]
    public async Task A_target_that_refuses_is_a_named_failure()
    {
        // Held but not listening: nobody else can take the port, and every connect is refused.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)held.LocalEndPoint!).Port;
        var run = await RunAsync(LoadTests.Hello, new Uri($"http://127.0.0.1:{port}"), "-u", "2", "-r", "2", "-t", "2s");
        run.ExitCode.ShouldBe(1, run.Everything);
        run.ShouldShowNoStackTrace();
        run.Console.Aggregated.Failures.ShouldBe(run.Console.Aggregated.Requests);
        run.Console.Aggregated.Failures.ShouldBeGreaterThan(2);
        run.Console.Errors.ShouldHaveSingleItem().Text.ShouldContain("refused", Case.Insensitive);
    }

    private async Task ShouldFailAsync(int code, string loadTest, string[] options, params string[] texts)
    {
        var file = Folder.Write("loadtest.cs", loadTest);
        var run = await OnrushCommand.RunAsync(Folder, ["-f", file, "--headless", "-t", "1s", .. options]);
        ShouldBeOneError(run, code, texts);
    }

    private static void ShouldBeOneError(Finished run, int code, params string[] texts)
    {
        run.ExitCode.ShouldBe(code, run.Everything);
        run.ShouldShowNoStackTrace();
        foreach (var text in texts)
            run.Errors.ShouldContain(text, Case.Insensitive);
        run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeLessThanOrEqualTo(3, run.Errors);
        run.Output.ShouldBeEmpty("an error belongs on standard error");
    }
}
