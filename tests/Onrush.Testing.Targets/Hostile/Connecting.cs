namespace Onrush.Testing.Targets.Hostile;

/// <summary>Servers that are not really there.</summary>
internal static class Connecting
{
    public static readonly Misbehaviour[] All =
    [
        new("refuse", "Nobody listens on the port.", Endings.Refused, null) { Port = PortKind.Refuses },
        new("never-accept", "The queue of connections is full; every SYN is dropped.", Endings.ConnectTimeout, null) { Port = PortKind.NeverAccepts },
        new("close-on-accept", "Accepts and closes at once.", Endings.Reset | Endings.Send, _ => Task.CompletedTask),
        new("reset-on-accept", "Accepts and resets at once.", Endings.Reset | Endings.Send, c =>
        {
            c.Reset();
            return Task.CompletedTask;
        }),
    ];
}
