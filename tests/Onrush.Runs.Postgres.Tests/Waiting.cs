using System.Diagnostics;

namespace Onrush.Runs.Postgres.Tests;

/// <summary>Waits for what another thread does.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); await Task.Delay(20))
            waited.Elapsed.ShouldBeLessThan(Patience, $"waited in vain for: {what}");
    }
}
