namespace Onrush.FunctionalTests.Running;

/// <summary>What tests of the command share: a folder of their own with a load test in it.</summary>
public abstract class RunFixture : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Arguments of a headless run of the load test.</summary>
    private protected string[] Arguments(string loadTest, Uri host, params string[] more) =>
        ["-f", Folder.Write("loadtest.cs", loadTest), "-H", host.AbsoluteUri.TrimEnd('/'), "--headless", .. more];

    private protected Task<Finished> RunAsync(string loadTest, Uri host, params string[] more) =>
        OnrushCommand.RunAsync(Folder, Arguments(loadTest, host, more));
}
