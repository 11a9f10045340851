namespace Onrush.Runs;

/// <summary>What a line of the statistics is found by.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Method">HTTP method or request type.</param>
/// <param name="Name">Name the requests are grouped under.</param>
internal readonly record struct EndpointKey(string Scenario, string Method, string Name);
