namespace Onrush.Runs;

/// <summary>Unhandled exceptions of user code that have the same place and text: a line of the exceptions table.</summary>
/// <param name="UserClass">User class whose code threw.</param>
/// <param name="Task">Task, OnStartAsync or OnStopAsync.</param>
/// <param name="Type">Full name of the exception type; <c>(other exceptions)</c> past the limit on different ones.</param>
/// <param name="Message">Text of the exception.</param>
/// <param name="StackTrace">The exception with its inner ones and its stack, script lines included.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstSeen">When it happened first.</param>
/// <param name="LastSeen">When it happened last.</param>
/// <param name="Workers">On which workers.</param>
public sealed record ExceptionRow(
    string UserClass,
    string Task,
    string Type,
    string Message,
    string StackTrace,
    long Count,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> Workers);
