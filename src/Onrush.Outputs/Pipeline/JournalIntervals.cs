using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Outputs.Pipeline;

/// <summary>The intervals of an output as the journal of a run gives them, one after the other: the same as the run itself gave, without keeping them.</summary>
internal static class JournalIntervals
{
    /// <summary>Reads them.</summary>
    /// <param name="journal">The journal; closed at the end.</param>
    /// <param name="period">Length of an interval.</param>
    public static IEnumerable<FoldedInterval> Read(Stream journal, TimeSpan period)
    {
        using (journal)
        {
            var (reader, run, fold, warmUps) = (new JournalReader(journal), new JournalFold(), new OutputFold(period), new WarmUpFilter());
            List<IntervalReport> reports = [];
            while (reader.Next() is { } entry)
            {
                run.Apply(entry);
                if (entry is ReportEntry { Report: var report })
                    reports.Add(report);
                if (entry is not ShownEntry)
                    continue;
                var picture = run.Snapshot();
                warmUps.Follow(picture.Scenarios);
                foreach (var interval in fold.Add([.. reports.Select(warmUps.Without)], picture))
                    yield return interval;
                reports.Clear();
            }

            foreach (var interval in fold.End())
                yield return interval;
        }
    }
}
