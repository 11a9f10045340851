using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Findings;

/// <summary>Real targets with a known limit: the command says first what it is.</summary>
public sealed class SickTargetTests(ITestOutputHelper output)
{
    private const int Runs = 10, Enough = 9, Tries = 2;

    public static TheoryData<string> Short => [.. SickTarget.Short.Select(t => t.Name)];

    public static TheoryData<string> All => [.. SickTarget.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Short))]
    public async Task What_limits_the_target_stands_first(string name)
    {
        var target = SickTarget.Short.Single(t => t.Name == name);
        IReadOnlyList<Found> found = [];
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            found = await FindAsync(target);
            if (!IsOfTheGenerator(found))
                break;
        }

        // Then the finding is right, and there is nothing to be learnt about the target.
        if (IsOfTheGenerator(found))
            Assert.Skip("this machine has no processor left for the generator");
        found.ShouldNotBeEmpty();
        found[0].Id.ShouldBe(target.Finding, Kinds(found));
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(All))]
    public async Task What_limits_the_target_stands_first_nine_times_of_ten(string name)
    {
        var target = SickTarget.All.Single(t => t.Name == name);
        List<IReadOnlyList<Found>> runs = [];
        while (runs.Count < Runs)
            runs.AddRange(await Task.WhenAll(Enumerable.Range(0, target.AtOnce).Select(_ => FindAsync(target))));
        foreach (var found in runs)
            output.WriteLine($"{target.Name}: {(found.Count == 0 ? "nothing" : $"{Kinds(found)}. {found[0].Text}")}");
        int first = runs.Count(found => found.Count > 0 && found[0].Id == target.Finding), said = runs.Count(found => found.Count > 0 && Regex.IsMatch(found[0].Text, target.Words));
        output.WriteLine($"{target.Name}: {target.Finding} first in {first} of {runs.Count}, '{target.Words}' in {said}, runs of {target.Seconds} s");
        first.ShouldBeGreaterThanOrEqualTo(Enough);
        said.ShouldBeGreaterThanOrEqualTo(Enough);
    }

    private static bool IsOfTheGenerator(IReadOnlyList<Found> found) => found is [{ Id: "generator-bound" }, ..];

    private static string Kinds(IReadOnlyList<Found> found) => string.Join(", ", found.Select(f => f.Id));

    private static async Task<IReadOnlyList<Found>> FindAsync(SickTarget target)
    {
        using var folder = new TemporaryFolder();
        var (process, url) = await SampleTarget.StartAsync(target.Project, folder, target.Switches.Split(' '));
        await using (process)
        {
            string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
            var run = await OnrushCommand.RunAsync(
                folder,
                ["-f", folder.Write("loadtest.cs", target.LoadTest), "-H", url.AbsoluteUri.TrimEnd('/'), "--headless", "-u", Number(target.Users), "-r", Number(target.SpawnRate),
                    "-t", Number(target.Seconds), "--json-file", "run.json", "--no-journal", "--exit-code-on-error", "0"],
                limit: TimeSpan.FromSeconds(target.Seconds + 120));
            run.ExitCode.ShouldBe(0, run.Everything);
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "run.json")));
            return [.. document.RootElement.GetProperty("findings").EnumerateArray().Select(f => new Found(f.GetProperty("id").GetString()!, f.GetProperty("text").GetString()!))];
        }
    }

    private sealed record Found(string Id, string Text);
}
