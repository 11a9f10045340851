using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>Shows nothing: --only-summary.</summary>
internal sealed class SilentScreen : IRunScreen
{
    /// <inheritdoc/>
    public Task ShowAsync(IRunControl run, Task over) => over;
}
