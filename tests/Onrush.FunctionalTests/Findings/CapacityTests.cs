using System.Globalization;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Findings;

/// <summary>onrush capacity against real targets whose limit follows from their switches.</summary>
public sealed partial class CapacityTests : IDisposable
{
    private const string LoadTest = """
        using Onrush;

        public sealed class Visitor : FastHttpUser
        {
            [Task]
            public async Task Visit() => await Client.GetAsync("/", name: "page");
        }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_users_that_a_target_holds_are_found_and_every_step_is_kept()
    {
        // 10 at a time for 0.1 s each: N users wait N / 100 s, so 25 users take 250 ms.
        var (code, text, run) = await SearchAsync("--threads 10 --delay-ms 100", "--slo", "p(95)<250,failed<1%", "--step-time", "2s", "--confidence", "1", "--max", "200");
        if (code == 97)
            Assert.Skip("this machine has no processor left for the generator");
        code.ShouldBe(0, text);
        int found = Found(text);
        found.ShouldBeInRange(15, 30, text);
        var again = await OnrushCommand.RunAsync(_folder, ["report", "latest"]);
        again.Output.ShouldContain($"The target holds {found} users");
        run.Errors.ShouldContain("capacity: 10 users:");
    }

    [Theory]
    [InlineData("'onrush capacity' needs --slo", "capacity", "-f", "loadtest.cs")]
    [InlineData("is no rule of a service level", "capacity", "-f", "loadtest.cs", "--slo", "p95<3")]
    [InlineData("--slo belongs to 'onrush capacity'", "-f", "loadtest.cs", "--slo", "p(95)<3")]
    [InlineData("--run-time has no place in 'onrush capacity'", "capacity", "-f", "loadtest.cs", "--slo", "p(95)<3", "-t", "3s")]
    [InlineData("--users and --profile both say how many", "-f", "loadtest.cs", "--profile", "spike:users=3", "-u", "4")]
    [InlineData("is no profile", "-f", "loadtest.cs", "--profile", "peak:users=3")]
    public async Task What_does_not_go_together_is_refused(string message, params string[] arguments)
    {
        _folder.Write("loadtest.cs", LoadTest);
        var run = await OnrushCommand.RunAsync(_folder, [.. arguments, "--headless"], limit: TimeSpan.FromMinutes(2));
        run.ExitCode.ShouldBe(104, run.Everything);
        run.Errors.ShouldContain(message);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Code, string Text, Finished Run)> SearchAsync(string switches, params string[] options)
    {
        var (process, url) = await SampleTarget.StartAsync("CouponService", _folder, ["--store", "memory", .. switches.Split(' ')]);
        await using (process)
        {
            var run = await OnrushCommand.RunAsync(
                _folder, ["capacity", "-f", _folder.Write("loadtest.cs", LoadTest), "-H", url.AbsoluteUri.TrimEnd('/'), "--headless", "--only-summary", .. options],
                limit: TimeSpan.FromMinutes(10));
            return (run.ExitCode, run.Output, run);
        }
    }

    private static int Found(string text) => int.Parse(Holds().Match(text).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"The target holds ([\d,]+) users")]
    private static partial Regex Holds();
}
