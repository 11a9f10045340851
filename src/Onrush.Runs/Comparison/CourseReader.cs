using System.Text.Json.Nodes;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Comparison;

/// <summary>Reads from a journal what is compared.</summary>
internal static class CourseReader
{
    // What may differ between two runs that are compared: it is the target, or it says how long and not what.
    private static readonly HashSet<string> Free = ["host", "seed", "onrush", "runTimeSeconds", "stopTimeoutSeconds", "insecure", "hash", "requestLog"];

    /// <summary>Reads a run.</summary>
    /// <param name="journal">Its journal.</param>
    /// <param name="name">What it is called in the result.</param>
    /// <exception cref="JournalException">It is no journal, or a newer one.</exception>
    public static ComparedRun Read(Stream journal, string name)
    {
        var reader = new JournalReader(journal);
        var course = new CourseBuilder();
        Dictionary<string, string> plan = [];
        while (reader.Next() is { } entry)
        {
            if (entry is PlanEntry { Plan: var said })
                plan = Facts(said);
            else if (entry is ChangeEntry { Change: var change })
                course.Apply(change);
            else if (entry is ReportEntry { Report: var report })
                course.Apply(report);
        }
        return course.Build(name, plan);
    }

    private static Dictionary<string, string> Facts(RunPlan plan)
    {
        Dictionary<string, string> facts = [];
        foreach (var (name, value) in plan.Document)
        {
            if (value is not null && !Free.Contains(name))
                facts[name] = value is JsonValue scalar ? scalar.ToString() : value.ToJsonString();
        }
        // A hash tells nobody anything but that it differs.
        if (plan.Document["hash"] is JsonValue hash && hash.ToString() is { Length: >= 8 } text)
            facts["contents of the load test"] = text[..8];
        return facts;
    }
}
