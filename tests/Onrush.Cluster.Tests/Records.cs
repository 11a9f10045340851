using Onrush.Measurement;

namespace Onrush.Cluster.Tests;

/// <summary>Records and messages to send around.</summary>
internal static class Records
{
    public const string Run = "run";

    public static StatusRecord Status(string worker, long number) => new(worker, Run, new WorkerStatus { State = WorkerState.Running, Revision = 1 }, Report(worker, number));

    public static IntervalReport Report(string worker, long number, long last = 0) => new()
    {
        Worker = worker,
        Incarnation = 1,
        FirstSequence = number,
        LastSequence = Math.Max(number, last),
        StartUnixMs = 1_700_000_000_000 + number * 1000,
        DurationNs = 1_000_000_000,
    };

    public static long Number(ClusterRecord record) => ((StatusRecord)record).Report!.FirstSequence;

    public static DirectiveMessage Order(long revision) => new(1, new Directive { Run = Run, Epoch = 1, Revision = revision, Stage = RunStage.Running });
}
