namespace Onrush.Measurement;

/// <summary>Names of the tags that are set by the platform: k6's where there is one.</summary>
internal static class MetricTags
{
    /// <summary>Name of the scenario.</summary>
    public const string Scenario = "scenario";

    /// <summary>HTTP method or request type.</summary>
    public const string Method = "method";

    /// <summary>Name of the request.</summary>
    public const string Name = "name";

    /// <summary>Path of the groups around it, for instance <c>::login::form</c>; not set outside of all groups.</summary>
    public const string Group = "group";

    /// <summary>Name of the check.</summary>
    public const string Check = "check";

    /// <summary><c>true</c> for a request that ended well.</summary>
    public const string ExpectedResponse = "expected_response";

    /// <summary>HTTP status; 0 when there was no response.</summary>
    public const string Status = "status";

    /// <summary>Set to <see cref="MeasuredProtocol"/> on operations that are no HTTP requests.</summary>
    public const string Protocol = "proto";

    /// <summary>The value of <see cref="Protocol"/> for what a load test measures itself.</summary>
    public const string MeasuredProtocol = "other";

    /// <summary>What a load test cannot set itself: these, and those that k6 sets and that would be mistaken for k6's.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        Scenario, Method, Name, Group, Check, ExpectedResponse, Status, Protocol,
        "url", "error", "error_code", "tls_version", "subproto", "service", "vu", "iter", "worker",
    };
}
