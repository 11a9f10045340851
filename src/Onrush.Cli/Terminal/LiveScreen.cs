using Onrush.Cli.Logging;
using Onrush.Runs;
using Spectre.Console;

namespace Onrush.Cli.Terminal;

/// <summary>A table that stays in place, with keys, in a terminal.</summary>
internal sealed class LiveScreen(IAnsiConsole console, RunTitle title, Log log, bool keys) : IRunScreen
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task ShowAsync(IRunControl run, Task over)
    {
        // Lines of the log go above the table, which then draws itself anew below them.
        log.Redirect(line => console.WriteLine(line));
        try
        {
            await console.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(context => DrawAsync(context, run, over))
                .ConfigureAwait(false);
        }
        finally
        {
            log.Redirect(Console.Error.WriteLine);
        }

        await over.ConfigureAwait(false);
    }

    private async Task DrawAsync(LiveDisplayContext context, IRunControl run, Task over)
    {
        UserKeys users = new(run);
        FindingNews news = new();
        RunSnapshot? drawn = null;
        int width = 0, height = 0;
        while (!over.IsCompleted)
        {
            while (keys && Console.KeyAvailable)
                users.Press(Console.ReadKey(intercept: true).KeyChar);
            RunSnapshot now = run.Snapshot;
            users.Follow(now);
            if (!ReferenceEquals(now, drawn))
            {
                // They go above the table, as lines of the log do.
                foreach (string line in news.Of(now))
                    console.WriteLine(line);
            }

            // Drawn when there is something new, and when the window was resized.
            if (!ReferenceEquals(now, drawn) || width != console.Profile.Width || height != console.Profile.Height)
            {
                (drawn, width, height) = (now, console.Profile.Width, console.Profile.Height);
                context.UpdateTarget(LiveView.Render(now, title, width, height, keys));
            }

            await Task.WhenAny(over, Task.Delay(Beat)).ConfigureAwait(false);
        }
    }
}
