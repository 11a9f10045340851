using System.Globalization;
using Microsoft.AspNetCore.Http;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>The form of Locust's <c>POST /swarm</c>. A field that is no field of the start form is one of the load test's own options, with - or _ in its name.</summary>
internal sealed class LocustForm
{
    private readonly List<string> _problems = [];

    /// <summary>What is asked for; only to be used when there is no <see cref="Problem"/>.</summary>
    public StartOptions Options { get; private init; } = new();

    /// <summary>What is wrong with it in a sentence; null when nothing is.</summary>
    public string? Problem => _problems.Count > 0 ? string.Join(" ", _problems) : null;

    /// <summary>Reads the form.</summary>
    /// <exception cref="BadRequestException">The body is no form.</exception>
    public static async Task<LocustForm> ReadAsync(HttpContext context, StartForm known)
    {
        IFormCollection form;
        try
        {
            form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false) : FormCollection.Empty;
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new BadRequestException("The body is no form.");
        }

        var problems = new List<string>();
        var own = new Dictionary<string, string>();
        foreach (var option in known.Options)
        {
            if (Field(option.Name) is { } value || (Field(option.Name.Replace('-', '_')) is { } other && (value = other) is not null))
                own[option.Name] = value;
        }

        return new LocustForm
        {
            Options = new StartOptions
            {
                Users = Number("user_count") is { } users && users % 1 == 0 && Math.Abs(users) < int.MaxValue ? (int)users : Bad<int>("user_count"),
                SpawnRate = Number("spawn_rate") ?? Bad<double>("spawn_rate"),
                Host = Field("host"),
                RunTime = Field("run_time"),
                Shape = Shape(),
                UserClasses = form.TryGetValue("user_classes", out var names) ? [.. names.OfType<string>().Where(n => n.Length > 0).Select(n => new ClassChoice(n))] : null,
                Options = own,
            },
        }.With(problems);

        string? Field(string name) => form.TryGetValue(name, out var values) ? string.Join(",", values.OfType<string>()) : null;

        double? Number(string name) => Field(name) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

        T? Bad<T>(string name)
            where T : struct
        {
            if (Field(name) is { Length: > 0 } text)
                problems.Add($"{name} must be a number, not {text}.");
            return null;
        }

        // Locust's form has an entry Default, which is no shape.
        string? Shape() => Field("shape_class") is not { } shape ? null : shape is "Default" or "" ? "" : shape;
    }

    private LocustForm With(List<string> problems)
    {
        _problems.AddRange(problems);
        return this;
    }
}
