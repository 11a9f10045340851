namespace Onrush;

/// <summary>One header of a request.</summary>
/// <param name="Name">Name, for instance <c>X-USER-ID</c>.</param>
/// <param name="Value">Value as it goes out; line breaks are refused.</param>
public readonly record struct Header(string Name, string Value);
