namespace Onrush.Scenarios;

/// <summary>
/// Gives the users of one scenario their numbers, so that no number comes twice over all scenarios and workers and nobody needs to be asked. Scenarios
/// with a known number of slots come first, each with a block; what can grow without end shares the numbers behind them by turns.
/// <code>
/// two scenarios of 100 and 50 slots, one of users and spawn rate:
/// 1 to 100      slots of the first
/// 101 to 150    slots of the second
/// 151, 153, ... users and spawn rate, one after the other over all its ramps
/// 152, 154, ... further users in slots that had one before, by turns of the workers
/// </code>
/// Where all scenarios grow without end, further users, who are rare there, begin at a thousand million.
/// </summary>
internal sealed class UserNumbers
{
    private const long FarAway = 1_000_000_000;

    private readonly long _first;
    private readonly long _step;
    private readonly long _extraFirst;
    private readonly long _extraStep;
    private readonly Counter _extras;

    private UserNumbers(long first, long step, int slots, long extraFirst, long extraStep, Counter extras)
    {
        _first = first;
        _step = step;
        Slots = slots;
        _extraFirst = extraFirst;
        _extraStep = extraStep;
        _extras = extras;
    }

    /// <summary>Number of slots that have a number of their own.</summary>
    public int Slots { get; }

    /// <summary>The numbers of all scenarios of a plan.</summary>
    /// <param name="slots">Slots of each scenario; null for one that can grow without end.</param>
    /// <param name="worker">Which worker, of how many.</param>
    public static UserNumbers[] Of(IReadOnlyList<int?> slots, WorkShare worker)
    {
        var behind = 1 + slots.Sum(count => (long)(count ?? 0));
        var growing = slots.Count(count => count is null);
        long lanes = growing + (growing < slots.Count ? 1 : 0);
        var extras = new Counter();
        var numbers = new UserNumbers[slots.Count];
        long block = 1, lane = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            var extraFirst = growing < slots.Count ? behind + growing + worker.Worker * lanes : FarAway + worker.Worker * lanes;
            numbers[i] = slots[i] is { } count
                ? new UserNumbers(block, 1, count, extraFirst, worker.Workers * lanes, extras)
                : new UserNumbers(behind + lane++, lanes, int.MaxValue, extraFirst, worker.Workers * lanes, extras);
            block += slots[i] ?? 0;
        }

        return numbers;
    }

    /// <summary>Number of the first user of slot <paramref name="index"/>, or of the user with that index in the order of all ramps.</summary>
    public long At(long index) => _first + index * _step;

    /// <summary>A number that no slot has. For any loop; taken only where a user comes in the place of another.</summary>
    public long Extra() => _extraFirst + (Interlocked.Increment(ref _extras.Taken) - 1) * _extraStep;

    private sealed class Counter
    {
        public long Taken;
    }
}
