namespace Onrush;

/// <summary>How long a user keeps a connection.</summary>
public enum ConnectionReuse
{
    /// <summary>Until the target closes it, as a browser does.</summary>
    KeepAlive,

    /// <summary>For one iteration: each begins with a connect.</summary>
    PerIteration,

    /// <summary>For one request, which says <c>Connection: close</c>.</summary>
    PerRequest,
}
