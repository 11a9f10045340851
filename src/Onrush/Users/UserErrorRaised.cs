namespace Onrush;

/// <summary>An exception of user code that nothing caught, as <see cref="TestEvents.UserError"/> hands it out.</summary>
/// <param name="UserClass">Name of the user class.</param>
/// <param name="UserNumber">Number of the user, from 1.</param>
/// <param name="Task">Name of the task, with the task sets around it; or OnStartAsync, OnStopAsync, WaitTime.</param>
/// <param name="Exception">What was thrown.</param>
public sealed record UserErrorRaised(string UserClass, long UserNumber, string Task, Exception Exception);
