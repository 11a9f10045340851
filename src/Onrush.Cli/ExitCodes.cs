namespace Onrush.Cli;

/// <summary>What the command tells the shell. All of them are here.</summary>
internal static class ExitCodes
{
    /// <summary>Every request succeeded, no exception was thrown.</summary>
    public const int Success = 0;

    /// <summary>
    /// Requests failed or user code threw (another code by --exit-code-on-error), no user got past OnStartAsync, the counts do not
    /// agree, or the load test could not be run at all: it does not compile, is missing or has a mistake.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line, the environment or a configuration file is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The run itself passed, but a result file that was asked for could not be written.</summary>
    public const int ResultsMissing = 106;

    /// <summary>Ended at once by a second Ctrl-C or SIGTERM, without statistics.</summary>
    public const int Aborted = 105;
}
