namespace Onrush;

/// <summary>
/// Tags a task, or every task of a task set or a user class, so that <c>--tags</c> and <c>--exclude-tags</c> can choose what runs.
/// Excluding wins.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class TagAttribute : Attribute
{
    /// <summary>Tags a task.</summary>
    /// <param name="tags">One name or several.</param>
    public TagAttribute(params string[] tags) => Tags = tags;

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Tags { get; }
}
