using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Tests.Users;

// What users measure themselves, as text: "name value {tags}".
internal sealed partial class FakeRuntime
{
    private readonly TagTable _tags = new(100);

    /// <summary>Checks and values of metrics in order.</summary>
    public List<string> Reported { get; } = [];

    public override void Check(string name, bool passed) => Reported.Add($"{name} {passed} {_tags[Tags]}".TrimEnd());

    public override void Report(MetricInfo metric, double value, ReadOnlySpan<(string Name, string Value)> tags)
    {
        var index = Tags;
        foreach (var (name, text) in tags)
            index = _tags.With(index, name, text);
        lock (Reported)
            Reported.Add(FormattableString.Invariant($"{metric.Name} {value} {_tags[index]}").TrimEnd());
    }

    public override GroupEntry EnterGroup(string name)
    {
        OnlyOnLoop();
        var entry = new GroupEntry(1, Tags, _tags.Enter(Tags, name), "", Now);
        Tags = entry.Inside;
        return entry;
    }

    public override void LeaveGroup(in GroupEntry entry) => Tags = entry.Outside;

    public override string? Tag(string name) => _tags[Tags][name];

    public override void SetTag(string name, string value) => Tags = _tags.With(Tags, name, value);
}
