using System.Net;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>What is run, as bytes.</summary>
internal static class PlanWire
{
    public static void Write(PackedWriter to, TestPlan plan)
    {
        to.Text(plan.Name);
        to.Text(plan.Hash);
        Write(to, plan.Options);
        to.Count(plan.Classes.Count);
        foreach (var (name, weight, fixedCount) in plan.Classes)
        {
            to.Text(name);
            to.Real(weight);
            to.Count(fixedCount);
        }

        to.Texts(plan.Tags);
        to.Texts(plan.ExcludedTags);
        to.Optional(plan.Shape);
        to.Count(plan.OwnOptions.Count);
        foreach (var (name, values) in plan.OwnOptions)
        {
            to.Text(name);
            to.Texts([.. values]);
        }

        to.Texts([.. plan.Scenarios]);
    }

    public static TestPlan Read(ref PackedReader from)
    {
        var plan = new TestPlan(from.Text(), from.Text(), Options(ref from));
        var classes = new ChosenClass[from.Entries()];
        for (var i = 0; i < classes.Length; i++)
            classes[i] = new ChosenClass(from.Text(), from.Real(), from.CountUpTo(int.MaxValue));
        plan = plan with { Classes = classes, Tags = from.Texts(), ExcludedTags = from.Texts(), Shape = from.Optional() };
        var options = new KeyValuePair<string, IReadOnlyList<string>>[from.Entries()];
        for (var i = 0; i < options.Length; i++)
            options[i] = new(from.Text(), from.Texts());
        return plan with { OwnOptions = options, Scenarios = from.Texts() };
    }

    // Thresholds are the coordinator's, and where requests are logged is each process's own.
    private static void Write(PackedWriter to, RunOptions options)
    {
        to.Optional(options.Host);
        to.Count(options.Users);
        to.Real(options.SpawnRate);
        to.Flag(options.ReplacesScenarios);
        to.Flag(options.Executor is not null);
        if (options.Executor is { } executor)
            ExecutorWire.Write(to, executor);
        to.Optional(options.RunTime?.Ticks);
        to.Length(options.StopTimeout);
        to.Optional(options.Seed);
        to.Count((int)options.Transport);
        to.Flag(options.Insecure);
        to.Texts([.. options.LocalAddresses.Select(address => address.ToString())]);
        to.Optional(options.Loops);
        to.Real(options.TraceShare);
    }

    private static RunOptions Options(ref PackedReader from) => new()
    {
        Host = from.Optional(),
        Users = from.CountUpTo(int.MaxValue),
        SpawnRate = from.Real(),
        ReplacesScenarios = from.Flag(),
        Executor = from.Flag() ? ExecutorWire.Read(ref from) : null,
        RunTime = from.OptionalNumber() is { } ticks ? new TimeSpan(ticks) : null,
        StopTimeout = from.Length(),
        Seed = from.OptionalNumber(),
        Transport = from.Choice<Transport>(),
        Insecure = from.Flag(),
        LocalAddresses = [.. from.Texts().Select(text => IPAddress.TryParse(text, out var address) ? address : throw new DamagedDataException("there is no such address"))],
        Loops = (int?)from.OptionalNumber(),
        TraceShare = from.Real() is >= 0 and <= 1 and var share ? share : throw new DamagedDataException("there is no such share"),
    };
}
