using System.Reflection;

namespace Onrush.Cli.Commands;

/// <summary>The command inside a program that is a load test itself; what <see cref="LoadTest.RunAsync"/> calls.</summary>
internal static class ProgramCommand
{
    /// <param name="loadTest">The program.</param>
    /// <param name="args">Its arguments.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(Assembly loadTest, string[] args) =>
        Application.ExecuteAsync(args, CommandHost.OfProcess() with { LoadTest = loadTest }, LocalRuns.Prepare);
}
