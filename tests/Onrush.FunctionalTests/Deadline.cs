namespace Onrush.FunctionalTests;

/// <summary>How long a test waits for an event before it fails. Generous: nothing waits this long when all is well.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    /// <summary>A token that is cancelled when the deadline has passed.</summary>
    public static CancellationToken Token => new CancellationTokenSource(Default).Token;

    /// <summary>The task, or a failure that says what was waited for.</summary>
    public static async Task<T> WithinAsync<T>(this Task<T> task, string what, TimeSpan? limit = null)
    {
        await ((Task)task).WithinAsync(what, limit);
        return await task;
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static async Task WithinAsync(this Task task, string what, TimeSpan? limit = null)
    {
        try
        {
            await task.WaitAsync(limit ?? Default);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"waited {(limit ?? Default).TotalSeconds:0} s in vain for: {what}");
        }
    }
}
