using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunScreen
{
    /// <summary>Shows the run until it is over.</summary>
    /// <param name="run">The run.</param>
    /// <param name="over">Completes when the run is over.</param>
    Task ShowAsync(IRunControl run, Task over);
}
