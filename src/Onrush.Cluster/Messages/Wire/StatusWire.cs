using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>What workers say of themselves, as bytes.</summary>
internal static class StatusWire
{
    public static void Write(PackedWriter to, WorkerInfo info)
    {
        to.Text(info.Version);
        to.Text(info.Machine);
        to.Count(info.Loops);
        to.Count(info.ProcessId);
    }

    public static WorkerInfo Info(ref PackedReader from) =>
        new(from.Text(), from.Text(), from.CountUpTo(int.MaxValue), from.CountUpTo(int.MaxValue));

    public static void Write(PackedWriter to, WorkerStatus status)
    {
        to.Count((int)status.State);
        to.Count(status.Revision);
        to.Count(status.ReportsAnswered);
        to.Count(status.Alive);
        to.Count(status.Abandoned);
        to.Count(status.Scenarios.Count);
        foreach (var (name, revision, isOver, left) in status.Scenarios)
        {
            to.Text(name);
            to.Count(revision);
            to.Flag(isOver);
            to.Count(left);
        }

        to.Optional(status.Problem);
        to.Optional(status.StopAsked);
        to.Flag(status.Leaves);
        to.Real(status.Health.Cores);
        to.Real(status.Health.CoresAvailable);
        to.Count(status.Health.MemoryBytes);
        to.Signed(status.Health.ClockOffsetNs);
        to.Count(status.Health.ReportsWaiting);
    }

    public static WorkerStatus Status(ref PackedReader from)
    {
        var status = new WorkerStatus
        {
            State = from.Choice<WorkerState>(),
            Revision = from.Count(long.MaxValue),
            ReportsAnswered = from.CountUpTo(int.MaxValue),
            Alive = from.CountUpTo(int.MaxValue),
            Abandoned = from.CountUpTo(int.MaxValue),
        };
        var scenarios = new ScenarioStatus[from.Entries()];
        for (var i = 0; i < scenarios.Length; i++)
            scenarios[i] = new ScenarioStatus(from.Text(), from.Count(long.MaxValue), from.Flag(), from.Count(long.MaxValue));
        return status with
        {
            Scenarios = scenarios,
            Problem = from.Optional(),
            StopAsked = from.Optional(),
            Leaves = from.Flag(),
            Health = new WorkerHealth
            {
                Cores = from.Real(),
                CoresAvailable = from.Real(),
                MemoryBytes = from.Count(long.MaxValue),
                ClockOffsetNs = from.Signed64(),
                ReportsWaiting = from.CountUpTo(int.MaxValue),
            },
        };
    }
}
