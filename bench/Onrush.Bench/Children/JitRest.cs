using System.Runtime;

namespace Onrush.Bench.Children;

/// <summary>
/// Whether the just-in-time compiler is done with the hot paths: asked once a second, it says so after a second in which next to nothing
/// was compiled. On a busy machine that takes longer, so a fixed warm-up would measure code that is not optimized yet.
/// </summary>
internal sealed class JitRest
{
    // The reporting of each second still compiles a method now and then.
    private const int NextToNothing = 5;

    private const int MostSeconds = 10;

    private long _compiled;
    private int _seconds;

    /// <summary>To be called once a second; true also when it does not come to rest within ten.</summary>
    public bool IsReached()
    {
        var compiled = JitInfo.GetCompiledMethodCount();
        var fresh = compiled - _compiled;
        _compiled = compiled;
        return ++_seconds > MostSeconds || (_seconds > 2 && fresh <= NextToNothing);
    }
}
