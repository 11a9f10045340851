using System.Globalization;
using System.Text.Json;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Findings;

/// <summary>Real targets with a known limit: the command says first what it is.</summary>
public sealed class SickTargetTests(ITestOutputHelper output) : IDisposable
{
    private const int Runs = 10, Enough = 9, Tries = 2;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Short => [.. SickTarget.Short.Select(t => t.Name)];

    public static TheoryData<string> All => [.. SickTarget.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Short))]
    public async Task What_limits_the_target_stands_first(string name)
    {
        var target = SickTarget.Short.Single(t => t.Name == name);
        IReadOnlyList<string> found = [];
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            found = await FindAsync(target);
            if (found is not ["generator-bound", ..])
                break;
        }

        // Then the finding is right, and there is nothing to be learnt about the target.
        if (found is ["generator-bound", ..])
            Assert.Skip("this machine has no processor left for the generator");
        found.ShouldNotBeEmpty();
        found[0].ShouldBe(target.Finding, string.Join(", ", found));
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(All))]
    public async Task What_limits_the_target_stands_first_nine_times_of_ten(string name)
    {
        var target = SickTarget.All.Single(t => t.Name == name);
        int right = 0;
        for (int run = 1; run <= Runs; run++)
        {
            var found = await FindAsync(target);
            right += found.Count > 0 && found[0] == target.Finding ? 1 : 0;
            output.WriteLine($"{target.Name}, run {run}: {(found.Count == 0 ? "nothing" : string.Join(", ", found))}");
        }

        output.WriteLine($"{target.Name}: {right} of {Runs}");
        right.ShouldBeGreaterThanOrEqualTo(Enough);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IReadOnlyList<string>> FindAsync(SickTarget target)
    {
        var (process, url) = await SampleTarget.StartAsync(target.Project, _folder, target.Switches.Split(' '));
        await using (process)
        {
            string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
            var run = await OnrushCommand.RunAsync(
                _folder,
                ["-f", _folder.Write("loadtest.cs", target.LoadTest), "-H", url.AbsoluteUri.TrimEnd('/'), "--headless", "-u", Number(target.Users), "-r", Number(target.SpawnRate),
                    "-t", Number(target.Seconds), "--json-file", "run.json", "--no-journal", "--exit-code-on-error", "0"],
                limit: TimeSpan.FromSeconds(target.Seconds + 120));
            run.ExitCode.ShouldBe(0, run.Everything);
            output.WriteLine(run.Output);
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "run.json")));
            return [.. document.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("id").GetString()!)];
        }
    }
}
