namespace Onrush.Http.Wire;

/// <summary>User and password of basic authentication, as they stood in a URL, decoded.</summary>
/// <param name="User">Name of the user.</param>
/// <param name="Password">Password; empty when there was none.</param>
internal sealed record Credentials(string User, string Password);
