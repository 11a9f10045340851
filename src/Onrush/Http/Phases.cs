namespace Onrush;

/// <summary>Where the time of one request went. All in milliseconds; 0 for a phase that did not take place.</summary>
/// <param name="Blocked">Waiting for a connection, <paramref name="Dns"/>, <paramref name="Connect"/> and <paramref name="Tls"/> included.</param>
/// <param name="Dns">Name resolution.</param>
/// <param name="Connect">TCP connect.</param>
/// <param name="Tls">TLS handshake.</param>
/// <param name="Send">Writing the request.</param>
/// <param name="Wait">From the request written to the first byte of the response.</param>
/// <param name="Receive">From the first byte to the last.</param>
public readonly record struct Phases(double Blocked, double Dns, double Connect, double Tls, double Send, double Wait, double Receive);
