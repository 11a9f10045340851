using Onrush.Engine;

namespace Onrush.Runs;

// Code of the load test around the run.
internal sealed partial class LocalRun
{
    private void Hook(string name, Func<Task> hook, bool endsRun)
    {
        try
        {
            // A hook that is not async throws from the call itself.
            hook().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not LoadTestException || !endsRun)
        {
            var text = $"{_loadTest.GetType().Name}.{name} failed: {exception.GetType().Name}: {exception.Message}";
            if (endsRun)
                throw new LoadTestException(text, exception) { IsThrownBySetUp = true };
            EngineLog.Warn(text);
        }
    }
}
