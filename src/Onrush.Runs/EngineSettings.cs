using Onrush.Engine;

namespace Onrush.Runs;

/// <summary>From the options of a run to what the loops of this process are built with.</summary>
internal static class EngineSettings
{
    public static EngineOptions Of(RunOptions options) => new()
    {
        Loops = options.Loops ?? Environment.ProcessorCount,
        Portable = options.Transport == Transport.Portable || !EpollLoop.IsSupported,
        LocalAddresses = options.LocalAddresses,
        Insecure = options.Insecure,
        TraceShare = options.TraceShare,
        Requests = options.Requests,
    };
}
