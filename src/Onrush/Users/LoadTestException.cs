using Onrush.Users;

namespace Onrush;

/// <summary>Something in the load test itself is wrong. The message says in one line what, in which class, and what to do.</summary>
public sealed class LoadTestException : Exception
{
    internal LoadTestException(string message, SourcePlace? place = null) : base(message)
    {
        File = place?.File;
        Line = place?.Line;
    }

    internal LoadTestException(string message, Exception cause) : base(message, cause)
    {
    }

    /// <summary>Whether the load test's own code threw, rather than asked for something that cannot be.</summary>
    internal bool IsThrownBySetUp { get; init; }

    /// <summary>The source file it is about, as the compiler was given it; null when that is not known.</summary>
    public string? File { get; }

    /// <summary>The line in <see cref="File"/>, from 1; null when that is not known.</summary>
    public int? Line { get; }
}
