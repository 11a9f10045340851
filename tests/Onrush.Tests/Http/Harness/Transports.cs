namespace Onrush.Tests.Http.Harness;

/// <summary>The transports that every test of the engine and of HTTP runs on.</summary>
internal static class Transports
{
    public const string Epoll = "epoll";
    public const string Portable = "portable";

    /// <summary>What this machine has.</summary>
    public static readonly string[] All = OperatingSystem.IsLinux() ? [Epoll, Portable] : [Portable];
}

/// <summary>One test per transport.</summary>
public sealed class EachTransport : TheoryData<string>
{
    public EachTransport()
        : base(Transports.All)
    {
    }
}
