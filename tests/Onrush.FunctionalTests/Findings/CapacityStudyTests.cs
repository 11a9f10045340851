using System.Globalization;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Findings;

/// <summary>onrush capacity, again and again, against targets whose limit follows from their switches.</summary>
public sealed partial class CapacityStudyTests(ITestOutputHelper output)
{
    private const int Times = 5;
    private const double Within = 0.1;

    private static readonly string Samples = Path.Combine(Repository.Root, "samples", "loadtests");

    /// <summary>
    /// The study of document 001: users who wait 1 to 4 s, and 16 threads of 140 ms, which make 114.3 requests per second. With a response time of one second
    /// that is 114.3 x (2.5 + 1) = 400 users. Document 000: users who do not wait and 200 threads of half a second; 400 users take one second.
    /// </summary>
    [Theory(Explicit = true)]
    [InlineData("platform.cs", "--threads 16 --delay-ms 140")]
    [InlineData("hello-world.cs", "--threads 200 --delay-ms 500")]
    public async Task The_400_users_are_found_five_times_of_five(string loadTest, string switches)
    {
        int[] found = await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => SearchAsync(loadTest, switches, "users", "--slo", "p(95)<1000,failed<1%", "--step-time", "8s", "--max", "3000")));
        output.WriteLine($"{loadTest}: {string.Join(", ", found)} users");
        found.ShouldAllBe(users => Math.Abs(users - 400) <= 400 * Within);
    }

    /// <summary>20 threads of 50 ms do 400 requests per second, however many are asked for.</summary>
    [Fact(Explicit = true)]
    public async Task The_400_iterations_per_second_are_found()
    {
        int found = await SearchAsync("hello-world.cs", "--threads 20 --delay-ms 50", "iterations/s", "--metric", "rate", "--slo", "p(95)<500,failed<1%", "--step-time", "6s", "--max", "3000");
        output.WriteLine($"rate: {found}");
        found.ShouldBeInRange(360, 440);
    }

    /// <summary>A master and two workers are searched as one process is.</summary>
    [Fact(Explicit = true)]
    public async Task The_400_users_are_found_by_two_processes()
    {
        int found = await SearchAsync("hello-world.cs", "--threads 200 --delay-ms 500", "users", "--processes", "2", "--slo", "p(95)<1000,failed<1%", "--step-time", "6s", "--max", "3000");
        output.WriteLine($"two processes: {found}");
        found.ShouldBeInRange(360, 440);
    }

    private async Task<int> SearchAsync(string loadTest, string switches, string unit, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var (process, url) = await SampleTarget.StartAsync("CouponService", folder, ["--store", "memory", .. switches.Split(' ')]);
        await using (process)
        {
            var run = await OnrushCommand.RunAsync(
                folder, ["capacity", "-f", Path.Combine(Samples, loadTest), "-H", url.AbsoluteUri.TrimEnd('/'), "--headless", "--only-summary", .. options], limit: TimeSpan.FromMinutes(12));
            output.WriteLine(run.Output);
            run.ExitCode.ShouldBe(0, run.Everything);
            var match = Holds().Match(run.Output);
            match.Groups[2].Value.ShouldBe(unit, run.Output);
            return int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        }
    }

    [GeneratedRegex(@"The target holds ([\d,]+) (users|iterations/s)")]
    private static partial Regex Holds();
}
