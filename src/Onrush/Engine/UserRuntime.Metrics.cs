using Onrush.Measurement;

namespace Onrush.Engine;

// What a user measures itself. The group and the tags belong to the user, not to the thread: users take turns on a loop at every await.
internal abstract partial class UserRuntime
{
    /// <summary>Index of the tags of whatever the user measures from now on, its group among them; 0 for none.</summary>
    public int Tags { get; protected set; }

    /// <summary>Counts a check. From any thread.</summary>
    public abstract void Check(string name, bool passed);

    /// <summary>Counts a value of a metric, with tags besides those of the user. From any thread.</summary>
    public abstract void Report(MetricInfo metric, double value, ReadOnlySpan<(string Name, string Value)> tags);

    /// <summary>Enters a group. On the loop only.</summary>
    /// <returns>What <see cref="LeaveGroup"/> needs.</returns>
    /// <exception cref="InvalidOperationException">The caller is on another thread.</exception>
    public abstract GroupEntry EnterGroup(string name);

    /// <summary>Leaves a group, and those that were entered in it and not left; nothing when that was done before. From any thread.</summary>
    public abstract void LeaveGroup(in GroupEntry entry);

    /// <summary>The value of a tag that the user set; null for none. On the loop only.</summary>
    public abstract string? Tag(string name);

    /// <summary>Sets a tag, or takes it away with an empty value. On the loop only.</summary>
    public abstract void SetTag(string name, string value);
}

/// <summary>A group that was entered.</summary>
/// <param name="Depth">How many groups the user is in, this one included.</param>
/// <param name="Outside">Index of the tags before.</param>
/// <param name="Inside">Index of the tags after.</param>
/// <param name="OutsideGroup">The group before; empty for none.</param>
/// <param name="StartNs">When, in monotonic nanoseconds.</param>
internal readonly record struct GroupEntry(int Depth, int Outside, int Inside, string OutsideGroup, long StartNs);
