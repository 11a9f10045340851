namespace Onrush.Runs;

/// <summary>A target under a name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">Its URL.</param>
internal sealed record TargetProfile(string Name, string Host);
