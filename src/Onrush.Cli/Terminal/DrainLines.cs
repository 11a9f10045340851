using System.Globalization;
using Onrush.Outputs.Pipeline;

namespace Onrush.Cli.Terminal;

/// <summary>Says once a second what outputs still have to send: how much waits, how fast it goes, how long it may take.</summary>
internal sealed class DrainLines(TextWriter error)
{
    private TimeSpan? _last;
    private Dictionary<string, long> _delivered = [];

    /// <summary>Prints a line for each output that is not done, at most once a second.</summary>
    /// <param name="ledgers">The accounts.</param>
    /// <param name="left">Time until it is given up.</param>
    /// <returns>Whether it was time for lines.</returns>
    public bool Show(IReadOnlyList<OutputLedger> ledgers, TimeSpan left)
    {
        // The first second is for those that are nearly done, which needs no words.
        if (_last is not { } last)
        {
            (_last, _delivered) = (left, Delivered(ledgers));
            return false;
        }

        double seconds = (last - left).TotalSeconds;
        if (seconds < 1)
            return false;
        foreach (OutputLedger ledger in ledgers.Where(ledger => ledger.Queued > 0))
            error.WriteLine(Cells.Clean(Line(ledger, (ledger.Delivered - _delivered.GetValueOrDefault(ledger.Output)) / seconds, left)));
        (_last, _delivered) = (left, Delivered(ledgers));
        return true;
    }

    private static string Line(OutputLedger ledger, double perSecond, TimeSpan left)
    {
        string rest = perSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $", done in {ledger.Queued / perSecond:0} s") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"output {ledger.Output}: {ledger.Queued:#,0} {ledger.Records} queued ({ledger.QueuedBytes / 1024.0:#,0} KiB), {perSecond:#,0} a second{rest}; given up in {left.TotalSeconds:0} s, or by Ctrl-C");
    }

    private static Dictionary<string, long> Delivered(IReadOnlyList<OutputLedger> ledgers) =>
        ledgers.GroupBy(ledger => ledger.Output).ToDictionary(group => group.Key, group => group.Sum(ledger => ledger.Delivered));
}
