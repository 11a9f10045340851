namespace Onrush.Engine;

/// <summary>Something posted to a loop.</summary>
internal readonly record struct WorkItem(SendOrPostCallback Callback, object? State);
