using System.Runtime.InteropServices;

namespace Onrush.Measurement;

/// <summary>
/// Failures of one interval half, grouped by series, outcome and text. Hot: owned by the thread that holds the half. Past the limit on
/// different texts a failure is counted under <see cref="OtherMessage"/>.
/// </summary>
internal sealed class ErrorTable(int maxMessages)
{
    /// <summary>Text of the group that takes what is past the limit.</summary>
    public const string OtherMessage = "(other errors)";

    /// <summary>Longest text that is kept, in characters.</summary>
    public const int MaxMessageLength = 1000;

    private readonly Dictionary<(int Series, Outcome Outcome, string Message), Tally> _groups = [];
    private int _messages;

    /// <summary>The groups so far.</summary>
    public IEnumerable<KeyValuePair<(int Series, Outcome Outcome, string Message), Tally>> Groups => _groups;

    /// <summary>Counts one failure.</summary>
    public void Add(int series, Outcome outcome, string message, long nowUnixMs)
    {
        if (message.Length > MaxMessageLength)
            message = message[..MaxMessageLength];
        ref Tally tally = ref CollectionsMarshal.GetValueRefOrNullRef(_groups, (series, outcome, message));
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref tally))
        {
            if (_messages >= maxMessages)
                message = OtherMessage;
            else
                _messages++;
            tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, (series, outcome, message), out _)!;
        }
        tally = tally.Plus(nowUnixMs);
    }

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        _groups.Clear();
        _messages = 0;
    }
}
