namespace Onrush.Measurement;

/// <summary>What makes two unhandled exceptions the same.</summary>
/// <param name="UserClass">User class whose code threw.</param>
/// <param name="Task">Task, OnStartAsync or OnStopAsync.</param>
/// <param name="Type">Full name of the exception type.</param>
/// <param name="Message">Its text.</param>
/// <param name="StackTrace">Its full description: inner exceptions and stack.</param>
internal sealed record ExceptionKey(string UserClass, string Task, string Type, string Message, string StackTrace)
{
    /// <summary>The group that takes what is past the limit on different exceptions.</summary>
    public static readonly ExceptionKey Other = new("", "", "(other exceptions)", "", "");
}
