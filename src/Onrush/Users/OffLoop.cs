using Onrush.Engine;

namespace Onrush.Users;

/// <summary>Awaits work that runs on other threads and comes back to the user's loop, whether it succeeded or not.</summary>
internal static class OffLoop
{
    public static async Task RunAsync(UserRuntime runtime, Task work)
    {
        try
        {
            await work;
        }
        finally
        {
            await runtime.EnsureOnLoopAsync();
        }
    }

    public static async Task<T> RunAsync<T>(UserRuntime runtime, Task<T> work)
    {
        try
        {
            return await work;
        }
        finally
        {
            await runtime.EnsureOnLoopAsync();
        }
    }
}
