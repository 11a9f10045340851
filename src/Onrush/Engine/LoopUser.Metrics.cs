using Onrush.Measurement;

namespace Onrush.Engine;

// What the user measures itself.
internal sealed partial class LoopUser
{
    private int _groups;
    private int _outsideOfGroups;

    /// <inheritdoc/>
    public override void Check(string name, bool passed)
    {
        if (Loop.IsCurrent)
            Loop.Recorder.Check(Scenario, Tags, name, passed);
        else
            CheckLater(name, passed, Tags);
    }

    /// <inheritdoc/>
    public override void Report(MetricInfo metric, double value, ReadOnlySpan<(string Name, string Value)> tags)
    {
        if (Loop.IsCurrent)
            Loop.Recorder.Report(metric, Scenario, tags.IsEmpty ? Tags : With(Tags, tags), value);
        else
            ReportLater(metric, value, Tags, tags.ToArray());
    }

    /// <inheritdoc/>
    public override GroupEntry EnterGroup(string name)
    {
        ThrowIfElsewhere("A group is entered");
        if (_groups == 0)
            _outsideOfGroups = Tags;
        var table = Loop.Recorder.Tags;
        var entry = new GroupEntry(
            ++_groups, Tags, table.Enter(Tags, name), table[Tags][MetricTags.Group] ?? "", MonotonicClock.Now);
        Tags = entry.Inside;
        return entry;
    }

    /// <inheritdoc/>
    public override void LeaveGroup(in GroupEntry entry)
    {
        if (Loop.IsCurrent)
            Leave(entry, MonotonicClock.Now);
        else
            LeaveLater(entry, MonotonicClock.Now);
    }

    /// <inheritdoc/>
    public override string? Tag(string name)
    {
        ThrowIfElsewhere("Tags are read");
        return Loop.Recorder.Tags[Tags][name];
    }

    /// <inheritdoc/>
    public override void SetTag(string name, string value)
    {
        ThrowIfElsewhere("Tags are set");
        Tags = Loop.Recorder.Tags.With(Tags, name, value);
    }

    // What an iteration left open does not reach into the next one.
    private void LeaveAllGroups()
    {
        _groups = 0;
        var tags = Loop.Recorder.Tags.With(Tags, MetricTags.Group, "");
        Tags = TagTable.IsOther(tags) ? _outsideOfGroups : tags;
    }

    private void Leave(in GroupEntry entry, long nowNs)
    {
        if (_groups < entry.Depth)
            return;
        _groups = entry.Depth - 1;

        // A group that was cut with its user took as long as the user lived: that says nothing about the target.
        if (State < UserState.Killed)
        {
            Loop.Recorder.Report(
                MetricInfo.GroupDuration, Scenario, entry.Inside, Math.Max(0, nowNs - entry.StartNs) / (double)MonotonicClock.Millisecond);
        }

        // A tag that was set inside stays; without one the way back needs no look-up.
        Tags = Tags == entry.Inside ? entry.Outside : Loop.Recorder.Tags.With(Tags, MetricTags.Group, entry.OutsideGroup);
    }

    private int With(int from, ReadOnlySpan<(string Name, string Value)> tags)
    {
        var table = Loop.Recorder.Tags;
        foreach (var (name, value) in tags)
            from = table.With(from, name, value);
        return from;
    }

    private void ThrowIfElsewhere(string what)
    {
        if (!Loop.IsCurrent)
            throw new InvalidOperationException(
                $"{what} by {UserClass} on the user's own thread, not in RunBlockingAsync and not after ConfigureAwait(false).");
    }

    // Apart from their only callers, which would else make the closures for every call.
    private void CheckLater(string name, bool passed, int tags) =>
        Loop.Post(_ => Loop.Recorder.Check(Scenario, tags, name, passed), null);

    private void ReportLater(MetricInfo metric, double value, int tagged, (string Name, string Value)[] tags) =>
        Loop.Post(_ => Loop.Recorder.Report(metric, Scenario, With(tagged, tags), value), null);

    private void LeaveLater(GroupEntry entry, long nowNs) => Loop.Post(_ => Leave(entry, nowNs), null);
}
