using Microsoft.AspNetCore.Http;

namespace Onrush.Dashboard;

/// <summary>One thing that can be asked for. The table of all of them serves the requests and makes the OpenAPI document.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Where, from the address of the page; {name} stands for one part.</param>
/// <param name="Summary">What it gives or does, for the document.</param>
/// <param name="Handle">Answers.</param>
internal sealed record Route(string Method, string Path, string Summary, RequestDelegate Handle)
{
    /// <summary>True for what holds no data, and for the login itself: nobody has to log in for it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Parameters of the query, for the document.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>Fields of the JSON body or of the form, for the document.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>True when the body is a form, as in Locust.</summary>
    public bool IsForm { get; init; }

    /// <summary>Whether the answer goes on for as long as someone listens.</summary>
    public bool IsStream { get; init; }

    public static Route Get(string path, string summary, RequestDelegate handle) => new("GET", path, summary, handle);

    public static Route Post(string path, string summary, RequestDelegate handle) => new("POST", path, summary, handle);
}
