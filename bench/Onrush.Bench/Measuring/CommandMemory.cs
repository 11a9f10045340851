using System.Globalization;
using Onrush.Bench.Generators;

namespace Onrush.Bench.Measuring;

/// <summary>Memory of the whole command with 10,000 thinking users, as a user starts it; compiling the script included.</summary>
internal static class CommandMemory
{
    private const string Script = """
        using Onrush;

        public sealed class ThinkingUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Between(5, 15);

            [Task]
            public async Task Hello() => await Client.GetAsync("/");
        }

        """;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    /// <returns>Largest resident memory in MB.</returns>
    /// <exception cref="BenchException">The run failed.</exception>
    public static async Task<double> MeasureAsync(Uri target, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("onrush-bench-users-");
        try
        {
            var file = Path.Combine(folder.FullName, "thinking.cs");
            await File.WriteAllTextAsync(file, Script);
            await using var run = ProgramRun.Start(
                Path.Combine(Repository.Root, "onrush"),
                [
                    "-f", file, "-H", target.ToString(), "--headless", "--only-summary", "-r", Text(UsersMeasurement.Rate),
                    "-u", Text(UsersMeasurement.Users), "-t", $"{Text(seconds)}s",
                ],
                folder.FullName);
            var peak = 0.0;
            while (!run.HasExited)
            {
                // The launcher becomes the command: the process stays the same. Its memory is gone when it ends.
                peak = Math.Max(peak, ProcessReading.PeakMegabytes(run.Id));
                await Task.Delay(Step);
            }
            await run.ExitAsync(Step);
            return run.ExitCode == 0 ? peak : throw new BenchException($"onrush ended with code {run.ExitCode}: {run.Errors}{run.Output}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
