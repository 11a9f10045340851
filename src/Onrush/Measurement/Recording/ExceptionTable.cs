using System.Runtime.InteropServices;

namespace Onrush.Measurement;

/// <summary>
/// Unhandled exceptions of user code in one interval half, grouped by place, type, text and stack. Owned by the thread that holds the
/// half. Writing out a stack costs more than a request, so only the first few exceptions of an interval are looked at that closely;
/// later ones are counted with the first that had the same place, type and text.
/// </summary>
internal sealed class ExceptionTable(int maxGroups, int maxStacks)
{
    private const int MaxMessageLength = 1000;
    private const int MaxStackLength = 8000;

    private readonly Dictionary<ExceptionKey, Tally> _groups = [];
    private readonly Dictionary<(string UserClass, string Task, Type Type, string Message), ExceptionKey> _first = [];
    private int _stacks;

    /// <summary>The groups so far.</summary>
    public IEnumerable<KeyValuePair<ExceptionKey, Tally>> Groups => _groups;

    /// <summary>Counts one exception.</summary>
    public void Add(string userClass, string task, Exception exception, long nowUnixMs)
    {
        var key = KeyOf(userClass, task, exception);
        if (_groups.Count >= maxGroups && !_groups.ContainsKey(key))
            key = ExceptionKey.Other;
        ref Tally tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, key, out _);
        tally = tally.Plus(nowUnixMs);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _groups.Clear();
        _first.Clear();
        _stacks = 0;
    }

    private ExceptionKey KeyOf(string userClass, string task, Exception exception)
    {
        string message = Read(static e => e.Message, exception, MaxMessageLength);
        var place = (userClass, task, exception.GetType(), message);
        bool known = _first.TryGetValue(place, out var first);
        if (_stacks >= maxStacks)
            return known ? first! : ExceptionKey.Other;
        _stacks++;
        var type = exception.GetType();
        var key = new ExceptionKey(
            userClass, task, type.FullName ?? type.Name, message, Read(static e => e.ToString(), exception, MaxStackLength));
        if (!known)
            _first.Add(place, key);
        return key;
    }

    // An exception class of the load test may itself throw while it is read.
    private static string Read(Func<Exception, string?> read, Exception exception, int maxLength)
    {
        string text;
        try
        {
            text = read(exception) ?? "";
        }
        catch (Exception unreadable)
        {
            text = $"(not readable: {unreadable.GetType().Name})";
        }
        return text.Length > maxLength ? text[..maxLength] : text;
    }
}
