namespace Onrush.Cluster;

/// <summary>Messages for one worker until it has fetched them. A directive takes the place of the one before it, as it says everything. Any thread.</summary>
internal sealed class Mailbox
{
    private const int Most = 64;

    private readonly List<(long Number, CoordinatorMessage Message)> _messages = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>Puts a message in.</summary>
    public void Add(CoordinatorMessage message)
    {
        TaskCompletionSource arrived;
        lock (_messages)
        {
            if (message is DirectiveMessage)
                _messages.RemoveAll(old => old.Message is DirectiveMessage);
            if (_messages.Count == Most)
                _messages.RemoveAt(0);
            _messages.Add((++_last, message));
            (arrived, _arrived) = (_arrived, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        arrived.TrySetResult();
    }

    /// <summary>The messages after a number; those up to it have arrived and are let go.</summary>
    /// <param name="after">Number of the last message that the worker has.</param>
    /// <param name="hold">How long to wait for one.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IReadOnlyList<(long Number, CoordinatorMessage Message)>> TakeAsync(long after, TimeSpan hold, CancellationToken cancel)
    {
        Task arrived;
        lock (_messages)
        {
            _messages.RemoveAll(message => message.Number <= after);
            if (_messages.Count > 0)
                return [.. _messages];
            arrived = _arrived.Task;
        }

        await Task.WhenAny(arrived, Task.Delay(hold, cancel)).ConfigureAwait(false);
        lock (_messages)
            return [.. _messages.Where(message => message.Number > after)];
    }
}
