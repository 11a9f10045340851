using Microsoft.AspNetCore.Http;

namespace Onrush.Dashboard;

/// <summary>The OpenAPI document, made from the table of what can be asked for.</summary>
internal static class OpenApi
{
    /// <summary>The document.</summary>
    /// <param name="routes">Everything that is served.</param>
    /// <param name="version">Version of the program.</param>
    public static object Document(IEnumerable<Route> routes, string version)
    {
        var paths = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var group in routes.GroupBy(route => route.Path.Replace("**", "", StringComparison.Ordinal)))
            paths[group.Key] = group.ToDictionary(route => route.Method.ToLowerInvariant(), Operation);
        return new
        {
            openapi = "3.1.0",
            info = new { title = "Onrush", version, description = "What the page of an Onrush test and scripts ask for. Addresses are relative to that of the page." },
            servers = new[] { new { url = ".." } },
            paths,
            components = new
            {
                securitySchemes = new Dictionary<string, object>
                {
                    ["token"] = new { type = "http", scheme = "bearer" },
                    ["login"] = new { type = "http", scheme = "basic" },
                },
            },
        };
    }

    private static Dictionary<string, object> Operation(Route route)
    {
        var operation = new Dictionary<string, object>
        {
            ["summary"] = route.Summary,
            ["responses"] = Responses(route),
            ["security"] = route.IsPublic ? [] : new object[] { new { token = Array.Empty<string>() }, new { login = Array.Empty<string>() }, new { } },
        };
        object[] parameters = [.. Parameters(route)];
        if (parameters.Length > 0)
            operation["parameters"] = parameters;
        if (route.Fields.Count > 0)
        {
            operation["requestBody"] = new
            {
                content = new Dictionary<string, object>
                {
                    [route.IsForm ? "application/x-www-form-urlencoded" : "application/json"] =
                        new { schema = new { type = "object", properties = route.Fields.ToDictionary(field => field, _ => new { }) } },
                },
            };
        }

        return operation;
    }

    private static Dictionary<string, object> Responses(Route route)
    {
        var responses = new Dictionary<string, object>
        {
            ["200"] = route.IsStream
                ? new { description = "Events, for as long as someone listens.", content = new Dictionary<string, object> { ["text/event-stream"] = new { } } }
                : new { description = "Done." },
        };
        if (HttpMethods.IsPost(route.Method))
            responses["400"] = new { description = "Something in the request is wrong; the answer says what." };
        if (!route.IsPublic)
            responses["401"] = new { description = "Log in first." };
        return responses;
    }

    private static IEnumerable<object> Parameters(Route route)
    {
        foreach (var part in route.Path.Split('/'))
        {
            if (part.StartsWith('{') && part.Contains('}', StringComparison.Ordinal))
                yield return new { name = part[1..part.IndexOf('}', StringComparison.Ordinal)].TrimStart('*'), @in = "path", required = true, schema = new { type = "string" } };
        }

        foreach (var name in route.Query)
            yield return new { name, @in = "query", required = false, schema = new { type = "string" } };
    }
}
