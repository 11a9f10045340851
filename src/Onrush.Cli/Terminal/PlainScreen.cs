using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>A line every two seconds, and one for each new finding, for output that is no terminal.</summary>
internal sealed class PlainScreen(TextWriter output) : IRunScreen
{
    private const int SecondsPerLine = 2;

    /// <inheritdoc/>
    public async Task ShowAsync(IRunControl run, Task over)
    {
        int seconds = 0;
        FindingNews news = new();
        run.SecondFolded += Write;
        try
        {
            await over.ConfigureAwait(false);
        }
        finally
        {
            run.SecondFolded -= Write;
        }

        void Write(RunSnapshot snapshot)
        {
            if (snapshot.Phase != RunPhase.Stopped && ++seconds % SecondsPerLine == 0)
            {
                output.WriteLine(StatusLine.Render(snapshot));
                foreach (string line in ScenarioLines.Render(snapshot))
                    output.WriteLine($"         {line}");
                output.Flush();
            }

            foreach (string line in news.Of(snapshot))
            {
                output.WriteLine(line);
                output.Flush();
            }
        }
    }
}
