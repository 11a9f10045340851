namespace Onrush.Cli;

/// <summary>What the command tells the shell. All of them are here; the same table stands in docs/guide/exit-codes.md, with what comes before what.</summary>
internal static class ExitCodes
{
    /// <summary>The run was good, or what was asked for was shown.</summary>
    public const int Success = 0;

    /// <summary>
    /// Requests failed or user code threw, and no threshold judges that (another code by --exit-code-on-error); no user got past OnStartAsync, no request
    /// was answered, or the counts do not agree. Also whatever else went wrong.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The run itself passed, but an output did not get everything, and --require-outputs was given.</summary>
    public const int OutputsIncomplete = 96;

    /// <summary>The generator itself was the limit, and --require-honest was given.</summary>
    public const int GeneratorBound = 97;

    /// <summary>A threshold, a limit or an invariant of the load test is broken.</summary>
    public const int RulesBroken = 99;

    /// <summary>
    /// An option, a variable, a configuration file or the load test itself is wrong: it is missing, does not compile, has no users or asks for what cannot be.
    /// </summary>
    public const int BadConfiguration = 104;

    /// <summary>Ended at once by a second Ctrl-C or SIGTERM, without statistics.</summary>
    public const int Aborted = 105;

    /// <summary>onrush compare: the runs are no fair comparison, so --fail-on could not be judged.</summary>
    public const int NotComparable = 98;

    /// <summary>onrush compare: a rule of --fail-on holds.</summary>
    public const int Worse = 99;

    /// <summary>The run itself passed, but a result file that was asked for could not be written.</summary>
    public const int ResultsMissing = 106;

    /// <summary>The load test threw while it was set up: in a constructor, Configure or OnTestStartingAsync.</summary>
    public const int SetUpThrew = 107;
}
