namespace Onrush.Runs;

/// <summary>Where the time of the requests of one series went. A phase that did not take place counts as 0 ms.</summary>
/// <param name="Blocked">Before the request could be written: waiting for a connection, name resolution, connect and TLS together.</param>
/// <param name="Dns">Name resolution.</param>
/// <param name="Connect">TCP connect.</param>
/// <param name="Tls">TLS handshake.</param>
/// <param name="Send">Writing the request.</param>
/// <param name="Wait">From the request written to the first byte of the response.</param>
/// <param name="Receive">From the first to the last byte of the response.</param>
public sealed record RequestPhases(
    ResponseTimes Blocked,
    ResponseTimes Dns,
    ResponseTimes Connect,
    ResponseTimes Tls,
    ResponseTimes Send,
    ResponseTimes Wait,
    ResponseTimes Receive);
