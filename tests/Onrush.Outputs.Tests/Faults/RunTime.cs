namespace Onrush.Outputs.Tests.Faults;

/// <summary>The clock of a run that is made up, so that what it measured is new to a service that looks at times.</summary>
internal sealed class RunTime : TimeProvider
{
    public static readonly RunTime Clock = new();

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(FakeWorker.StartUnixMs).AddMinutes(2);
}
