namespace Onrush.Cli.Options;

/// <summary>A value as somebody wrote it, not read yet.</summary>
/// <param name="Name">Option name without dashes.</param>
/// <param name="Texts">The texts; none for a flag that stands alone.</param>
/// <param name="Where">Where it stands, for messages: --users, ONRUSH_USERS, onrush.conf(3): users.</param>
internal sealed record GivenValue(string Name, IReadOnlyList<string> Texts, string Where);
