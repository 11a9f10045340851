using Onrush.Checks;
using Onrush.Engine;

namespace Onrush;

/// <summary>
/// The tags of one user: they are on everything that it measures from then on, in this and in later iterations, until they are set again. Each combination of
/// tags is counted apart, so their values are few: the kind of page, never an id.
/// </summary>
public sealed class UserTags
{
    private readonly UserRuntime _user;

    internal UserTags(UserRuntime user) => _user = user;

    /// <summary>Reads or sets a tag; null takes it away. On the user's own thread, not in RunBlockingAsync.</summary>
    /// <param name="name">At most 64 of <c>A-Z a-z 0-9 _ - .</c>, and none of those that Onrush sets itself, such as <c>name</c> or <c>scenario</c>.</param>
    /// <exception cref="ArgumentException">The name is none, or the value is longer than 200 characters.</exception>
    /// <exception cref="InvalidOperationException">The caller is on another thread.</exception>
    public string? this[string name]
    {
        get
        {
            TagRules.CheckName(name);
            return _user.Tag(name);
        }

        set
        {
            TagRules.Check(name, value ?? "");
            _user.SetTag(name, value ?? "");
        }
    }
}
