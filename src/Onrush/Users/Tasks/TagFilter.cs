namespace Onrush.Users;

/// <summary>The choice of tasks by their tags, as in Locust: any of the wanted ones, none of the excluded ones, and excluding wins.</summary>
/// <param name="Tags">Wanted; empty wants everything.</param>
/// <param name="ExcludeTags">Not wanted.</param>
internal sealed record TagFilter(IReadOnlyCollection<string> Tags, IReadOnlyCollection<string> ExcludeTags)
{
    public bool IsEmpty => Tags.Count == 0 && ExcludeTags.Count == 0;

    public bool Passes(IReadOnlySet<string> tags) => (Tags.Count == 0 || Tags.Any(tags.Contains)) && !ExcludeTags.Any(tags.Contains);

    /// <summary>The options as the person typed them.</summary>
    public override string ToString() => string.Join(' ', new[] { Text("--tags", Tags), Text("--exclude-tags", ExcludeTags) }.Where(text => text.Length > 0));

    private static string Text(string option, IReadOnlyCollection<string> tags) => tags.Count == 0 ? "" : $"{option} {string.Join(' ', tags)}";
}
