namespace Onrush.Runs.Journal;

/// <summary>Turns entries into frames. Used by one thread.</summary>
internal sealed class JournalEncoder
{
    private const byte TextVersion = 1;

    private readonly ReportEncoder _reports = new();
    private readonly FramePacker _packer = new();

    /// <summary>Appends an entry as a frame.</summary>
    /// <exception cref="ArgumentException">It cannot be kept; nothing was appended.</exception>
    public void Append(JournalEntry entry, PackedWriter to)
    {
        switch (entry)
        {
            case ReportEntry { Packed: { } packed }:
                Append(entry.UnixMs, packed, to);
                break;
            case ReportEntry { Report: var report }:
                _packer.Append(to, FrameType.Report, ReportEncoder.Version, entry.UnixMs, _reports.Encode(report));
                break;
            case ShownEntry { Rules: null }:
                _packer.Append(to, FrameType.Shown, TextVersion, entry.UnixMs, []);
                break;
            case DecisionEntry { Decision: var decision }:
                _packer.Append(to, FrameType.Decision, TextVersion, entry.UnixMs, decision);
                break;
            case WorkersEntry { Standings: var standings }:
                _packer.Append(to, FrameType.Workers, TextVersion, entry.UnixMs, StandingsPacking.Write(standings));
                break;
            case ResetEntry:
                _packer.Append(to, FrameType.Reset, TextVersion, entry.UnixMs, []);
                break;
            default:
                _packer.Append(to, TypeOf(entry), TextVersion, entry.UnixMs, EntryText.Write(entry));
                break;
        }
    }

    /// <summary>Appends a report as it came.</summary>
    public void Append(long unixMs, PackedReport packed, PackedWriter to)
    {
        // It begins the names anew for who reads it, so what comes next must not go on with those before.
        FramePacker.Append(to, FrameType.Report, ReportEncoder.Version, unixMs, packed.Encoding, packed.Contents);
        _reports.Restart();
    }

    /// <summary>Says that frames were lost: what comes next must not refer to them.</summary>
    public void Restart() => _reports.Restart();

    private static FrameType TypeOf(JournalEntry entry) => entry switch
    {
        PlanEntry => FrameType.Plan,
        ShownEntry => FrameType.Shown,
        RosterEntry => FrameType.Roster,
        LogEntry => FrameType.Log,
        ChangeEntry => FrameType.Change,
        VerdictEntry => FrameType.Verdict,
        TargetMetricsEntry => FrameType.TargetMetrics,
        _ => throw new ArgumentException($"There is no frame for a {entry.GetType().Name}.", nameof(entry)),
    };
}
