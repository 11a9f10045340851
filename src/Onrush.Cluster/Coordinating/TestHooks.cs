using Onrush.Engine;

namespace Onrush.Cluster;

/// <summary>Code of the load test around the run: the coordinator's, so that each hook runs once per run, however many workers there are.</summary>
internal sealed class TestHooks(LoadTest loadTest)
{
    /// <summary>Before the first user. What it throws ends the run before it has begun.</summary>
    /// <exception cref="LoadTestException">It threw.</exception>
    public void Starting() => Call("OnTestStartingAsync", () => loadTest.OnTestStartingAsync(), endsRun: true);

    public void Started() => Call("OnTestStartedAsync", () => loadTest.OnTestStartedAsync(), endsRun: false);

    public void SpawningComplete(int users) => Call("OnSpawningCompleteAsync", () => loadTest.OnSpawningCompleteAsync(users), endsRun: false);

    public void Stopping() => Call("OnTestStoppingAsync", () => loadTest.OnTestStoppingAsync(), endsRun: false);

    public void Stopped() => Call("OnTestStoppedAsync", () => loadTest.OnTestStoppedAsync(), endsRun: false);

    private void Call(string name, Func<Task> hook, bool endsRun)
    {
        try
        {
            // A hook that is not async throws from the call itself.
            hook().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not LoadTestException || !endsRun)
        {
            var text = $"{loadTest.GetType().Name}.{name} failed: {exception.GetType().Name}: {exception.Message}";
            if (endsRun)
                throw new LoadTestException(text, exception) { IsThrownBySetUp = true };
            EngineLog.Warn(text);
        }
    }
}
