namespace Onrush.Http;

/// <summary>What one call of a verb asks for. Lives on the stack of the call only.</summary>
internal ref struct HttpCall
{
    public string Method;
    public string Url;
    public string? Name;
    public ReadOnlySpan<Header> Headers;
    public ReadOnlySpan<(string Name, string Value)> Query;
    public RequestBody Body;
    public bool CatchResponse;
    public bool KeepBody;
    public bool? AllowRedirects;
    public double? Timeout;
}
