using System.Globalization;

namespace Onrush.Outputs.Pipeline;

/// <summary>Keeps the account of an output, and tells trouble: once when it begins, once when it is over. Any thread.</summary>
internal sealed class OutputAccount(string output, string records, Action<string> warn, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = [];
    private OutputLedger _ledger = new(output, records);
    private long? _failingSince;
    // Why something did not arrive. Trouble that passed and cost nothing must not take its place.
    private string? _whyLost;

    /// <summary>The account as of now.</summary>
    public OutputLedger Read(long queuedBytes)
    {
        lock (_gate)
            return _ledger with { QueuedBytes = queuedBytes };
    }

    /// <summary>Records were made.</summary>
    public void Produced(long count) => Change(ledger => ledger with { Produced = ledger.Produced + count });

    /// <summary>An attempt to send was made.</summary>
    public void Attempted(bool again) => Change(ledger => ledger with { Attempts = ledger.Attempts + 1, Retries = ledger.Retries + (again ? 1 : 0) });

    /// <summary>Everything arrived.</summary>
    public void Stored(long count, bool isDoubtful)
    {
        Works();
        if (isDoubtful)
            Lose(count, true, "an answer was lost, so some may be stored twice");
        else
            Change(ledger => ledger with { Delivered = ledger.Delivered + count });
    }

    /// <summary>Some records were not taken.</summary>
    public void PartlyStored(long count, long lost, string why)
    {
        Works();
        lost = Math.Clamp(lost, 0, count);
        Change(ledger => ledger with { Delivered = ledger.Delivered + count - lost });
        Lose(lost, false, why);
        Tell(why);
    }

    /// <summary>Nothing was taken, and never will be.</summary>
    public void Refused(long count, bool isDoubtful, string why)
    {
        Works();
        Lose(count, isDoubtful, why);
        Tell(why);
    }

    /// <summary>It is tried again.</summary>
    public void Failing(string why)
    {
        bool first;
        lock (_gate)
        {
            _ledger = _ledger with { Trouble = why };
            first = _failingSince is null;
            _failingSince ??= time.GetTimestamp();
        }

        if (first)
            warn($"output {output}: {why.TrimEnd('.')}. It is tried again; the load goes on.");
    }

    /// <summary>It was never sent, or tried in vain.</summary>
    public void GivenUp(long count, bool isDoubtful) => Lose(count, isDoubtful, null);

    /// <summary>The queue had no room.</summary>
    public void Dropped(long count, string why)
    {
        Lose(count, false, why);
        Tell($"{why}, so the oldest records are dropped");
    }

    /// <summary>It was never made, for want of time.</summary>
    public void Lost(long count, string why)
    {
        Lose(count, false, why);
        Tell(why);
    }

    /// <summary>Something could not be made.</summary>
    public void Broken(string why, long count)
    {
        Produced(count);
        Lost(count, why);
    }

    private void Lose(long count, bool isDoubtful, string? why)
    {
        lock (_gate)
        {
            _whyLost = why ?? _ledger.Trouble;
            _ledger = isDoubtful
                ? _ledger with { Uncertain = _ledger.Uncertain + count, Trouble = _whyLost }
                : _ledger with { Dropped = _ledger.Dropped + count, Trouble = _whyLost };
        }
    }

    private void Works()
    {
        long? since;
        lock (_gate)
        {
            (since, _failingSince) = (_failingSince, null);
            _ledger = _ledger with { Trouble = _whyLost ?? _ledger.Trouble };
        }

        if (since is { } from)
            warn(string.Create(CultureInfo.InvariantCulture, $"output {output}: it works again after {time.GetElapsedTime(from).TotalSeconds:0.0} s; what waited is being sent."));
    }

    private void Tell(string why)
    {
        lock (_gate)
        {
            // The same trouble comes with every batch; different ones are few.
            if (_told.Count >= 20 || !_told.Add(why))
                return;
        }

        warn($"output {output}: {why.TrimEnd('.')}.");
    }

    private void Change(Func<OutputLedger, OutputLedger> change)
    {
        lock (_gate)
            _ledger = change(_ledger);
    }
}
