using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Hostile;

namespace Onrush.FunctionalTests.Counts;

/// <summary>Every misbehaviour of a target is a named failure in the statistics: no crash, no hang, no unbounded memory.</summary>
public sealed class HostileTargetTests : RunFixture
{
    // Three bodies have no end. Each is kept up to the limit of 256 MB, in an array beside the one it grew out of, and the collector may not have come by yet:
    // at most 3 x (256 + 256) MB and the program itself. Without a limit it would be a gigabyte more for each second.
    private const long MostMemory = 2000L << 20;

    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public async Task Every_misbehaviour_has_its_row_and_its_reason(string transport)
    {
        await using var server = new HostileServer();
        var targets = HostileServer.All.Select(one => (one.Name, server[one.Name].Url)).ToArray();
        var trusted = Folder.Write("root.pem", server.Authority.RootPem);
        var file = Folder.Write("loadtest.cs", LoadTests.OnceEach(targets));
        var run = await OnrushCommand.RunAsync(
            Folder,
            ["-f", file, "-H", "http://127.0.0.1", "--headless", "--transport", transport],
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = trusted },
            TimeSpan.FromMinutes(3));

        run.ExitCode.ShouldBe(1, run.Everything);
        run.ShouldShowNoStackTrace();
        run.Console.Cancelled.ShouldBe(0, run.Everything);
        run.PeakMemory.ShouldBeInRange(1, MostMemory);
        var wrong = HostileServer.All.Select(one => Complaint(one, run.Console)).OfType<string>();
        string.Join('\n', wrong).ShouldBeEmpty(run.Everything);
    }

    private static string? Complaint(Misbehaviour misbehaviour, ConsoleOutput console)
    {
        var row = console.Series.SingleOrDefault(row => row.Name == misbehaviour.Name);
        if (row is not { Requests: 1 })
            return $"{misbehaviour.Name}: {row?.Requests ?? 0} requests instead of one";
        if (row.Failures == 0)
            return misbehaviour.Allowed.HasFlag(Endings.Success) ? null : $"{misbehaviour.Name}: counted as a success";
        var start = $"GET {misbehaviour.Name}: ";
        var reasons = console.Errors.Where(error => error.Text.StartsWith(start, StringComparison.Ordinal)).ToArray();
        if (reasons is not [{ Count: 1, Text: var text }])
            return $"{misbehaviour.Name}: {reasons.Length} reasons instead of one";
        var reason = text[start.Length..];
        return misbehaviour.Allowed.HasFlag(EndingText.Of(reason)) ? null : $"{misbehaviour.Name}: {misbehaviour.Allowed} expected, not: {reason}";
    }
}
