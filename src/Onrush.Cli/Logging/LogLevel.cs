namespace Onrush.Cli.Logging;

/// <summary>How much a line of the log matters.</summary>
internal enum LogLevel
{
    /// <summary>For those who look for a fault.</summary>
    Debug,

    /// <summary>What happens.</summary>
    Info,

    /// <summary>What may spoil the result.</summary>
    Warning,

    /// <summary>What did spoil it.</summary>
    Error,

    /// <summary>Nothing is logged.</summary>
    Off,
}
