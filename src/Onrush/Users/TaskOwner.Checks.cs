namespace Onrush;

// What a task may say about what it sees.
public abstract partial class TaskOwner
{
    private const int LongestName = 200;

    /// <summary>
    /// The tags of this user; <c>Tags["page"] = "home"</c> puts one on everything it measures from then on: requests, checks, groups and metrics.
    /// </summary>
    public UserTags Tags => Self.OwnTags;

    /// <summary>
    /// Counts a check: a yes or no about what the target did. A check never ends the task nor fails a request; a threshold on <c>checks</c> judges them all.
    /// </summary>
    /// <param name="name">What is checked; the checks of one name are counted together. At most 200 characters.</param>
    /// <param name="passed">Whether it holds.</param>
    /// <returns><paramref name="passed"/>.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public bool Check(string name, bool passed)
    {
        if (string.IsNullOrEmpty(name) || name.Length > LongestName)
            throw new ArgumentException($"A check has a name of 1 to {LongestName} characters.", nameof(name));
        Self.Runtime.Check(name, passed);
        return passed;
    }

    /// <summary>Counts several checks.</summary>
    /// <param name="checks">Name and result of each, as in <see cref="Check(string, bool)"/>.</param>
    /// <returns>Whether all of them passed.</returns>
    public bool Check(params ReadOnlySpan<(string Name, bool Passed)> checks)
    {
        var all = true;
        foreach (var (name, passed) in checks)
            all &= Check(name, passed);
        return all;
    }

    /// <summary>
    /// Enters a group: <c>using (Group("login")) { ... }</c>. What the user measures inside has the tag <c>group</c>, which for a group within a group is their
    /// path, <c>::login::form</c>; how long it took is the metric <c>group_duration</c>. What an iteration leaves open ends with it. Parts of one user that run
    /// beside each other share its group.
    /// </summary>
    /// <param name="name">Name without <c>::</c>, at most 200 characters.</param>
    /// <returns>To be disposed of at the end of the group.</returns>
    /// <exception cref="ArgumentException">The name cannot be.</exception>
    /// <exception cref="InvalidOperationException">The caller is on another thread than the user's own.</exception>
    public GroupScope Group(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > LongestName || name.Contains("::", StringComparison.Ordinal))
            throw new ArgumentException($"'{name}' cannot be the name of a group: take 1 to {LongestName} characters without '::'.", nameof(name));
        return new GroupScope(Self.Runtime, name);
    }
}
