using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Samples;

/// <summary>The four echo servers answer alike.</summary>
public sealed class SocketServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("single")]
    [InlineData("process")]
    [InlineData("thread")]
    [InlineData("async")]
    public async Task Sends_back_what_it_got_and_closes(string kind)
    {
        var (process, url) = await SampleTarget.StartAsync("SocketServers", _folder, kind);
        await using var _ = process;
        for (var i = 0; i < 20; i++)
            (await AskAsync(url, "GET / HTTP/1.1\r\n\r\n")).ShouldBe("HTTP/1.1 200 OK\nContent-Type: text/html\n\nGET / HTTP/1.1\r\n\r\n");
    }

    [Theory]
    [InlineData("single")]
    [InlineData("thread")]
    public async Task Says_how_long_its_answer_is_when_it_is_told_to(string kind)
    {
        var (process, url) = await SampleTarget.StartAsync("SocketServers", _folder, kind, "--content-length", "on");
        await using var _ = process;
        (await AskAsync(url, "hi")).ShouldBe("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 2\nConnection: close\n\nhi");
    }

    [Theory]
    [InlineData("single", 1)]
    [InlineData("process", 4)]
    [InlineData("thread", 20)]
    [InlineData("async", 20)]
    public async Task Works_on_as_many_at_once_as_it_can(string kind, int atOnce)
    {
        const int work = 200, requests = 20;
        var (process, url) = await SampleTarget.StartAsync("SocketServers", _folder, kind, "--work-ms", work.ToString(CultureInfo.InvariantCulture), "--workers", "4");
        await using var _ = process;
        await AskAsync(url, "first");
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => AskAsync(url, "hi")));
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        took.ShouldBeGreaterThan(requests / atOnce * work * 0.95);
        if (atOnce == requests)
            took.ShouldBeLessThan(requests * work, "they did not wait for each other");
    }

    [Fact]
    public async Task Takes_its_workers_with_it()
    {
        var (process, _) = await SampleTarget.StartAsync("SocketServers", _folder, "process", "--workers", "2");
        await using var __ = process;
        int[] workers = [];
        using (var limit = new CancellationTokenSource(Deadline.Default))
            while ((workers = Children(process.Id)).Length < 2)
                await Task.Delay(10, limit.Token);
        process.Send(Signal.Kill);
        using (var limit = new CancellationTokenSource(Deadline.Default))
            while (workers.Any(Lives))
                await Task.Delay(10, limit.Token);
    }

    [Theory]
    [InlineData("fork", "usage:")]
    [InlineData("single --work-ms long", "--work-ms: long is no whole number")]
    [InlineData("single --content-length maybe", "neither on nor off")]
    public async Task Refuses_a_switch_that_is_wrong(string arguments, string why)
    {
        var built = Path.Combine(Repository.Root, "artifacts", "bin", "SocketServers", Repository.Configuration, "SocketServers.dll");
        await using var process = RunningProgram.Start(Programs.Dotnet, [built, .. arguments.Split(' ')], _folder.Path);
        (await process.ExitAsync()).ShouldBe(2);
        process.Errors.ShouldContain(why);
    }

    public void Dispose() => _folder.Dispose();

    private static int[] Children(int process) => [.. Directory.GetDirectories($"/proc/{process}/task").SelectMany(ChildrenOfThread).Select(int.Parse)];

    // A thread may have ended since it was listed.
    private static string[] ChildrenOfThread(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }

    // One that has ended and that nobody has asked for yet is still listed.
    private static bool Lives(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<string> AskAsync(Uri url, string request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, url.Port, Deadline.Token);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[1000];
        for (int length; (length = await socket.ReceiveAsync(buffer, Deadline.Token)) > 0;)
            answer.Append(Encoding.ASCII.GetString(buffer, 0, length));
        return answer.ToString();
    }
}
