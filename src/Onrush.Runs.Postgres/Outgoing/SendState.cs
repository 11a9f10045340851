namespace Onrush.Runs.Postgres.Outgoing;

/// <summary>How it stands with a run on its way.</summary>
internal enum SendState
{
    /// <summary>The server takes what comes.</summary>
    Sending,

    /// <summary>The server could not be reached the last time.</summary>
    Waiting,

    /// <summary>Everything is there.</summary>
    Sent,

    /// <summary>The database will never take the rest.</summary>
    Refused,

    /// <summary>The run is over and the server could not be reached in time.</summary>
    Left,
}

/// <summary>What became of an attempt to send.</summary>
internal enum SendOutcome
{
    /// <summary>The server has everything that there was.</summary>
    Taken,

    /// <summary>The server could not be reached, or could not do it now.</summary>
    Failed,

    /// <summary>The database does not want it.</summary>
    Refused,
}

/// <summary>
/// The transitions. <i>Over</i> is a run whose journal is closed; <i>late</i> one that is over and has waited as long as it may.
/// <code>
/// state     taken     taken, over   failed    failed, over   failed, late   refused
/// Sending   Sending   Sent          Waiting   Waiting        Left           Refused
/// Waiting   Sending   Sent          Waiting   Waiting        Left           Refused
/// the others are ends
/// </code>
/// </summary>
internal static class SendStates
{
    /// <summary>Whether nothing more is tried.</summary>
    public static bool IsEnd(this SendState state) => state is SendState.Sent or SendState.Refused or SendState.Left;

    /// <summary>The state after an attempt.</summary>
    public static SendState After(this SendState state, SendOutcome outcome, bool over, bool late) => (state.IsEnd(), outcome) switch
    {
        (true, _) => state,
        (_, SendOutcome.Refused) => SendState.Refused,
        (_, SendOutcome.Taken) => over ? SendState.Sent : SendState.Sending,
        _ => late ? SendState.Left : SendState.Waiting,
    };
}
