namespace Onrush;

/// <summary>The run that an output is to follow.</summary>
/// <param name="Id">What tells it from others.</param>
/// <param name="LoadTest">Name of the load test.</param>
/// <param name="Host">The target, without a password; null when none was named.</param>
public sealed record OutputRun(string Id, string LoadTest, string? Host);
