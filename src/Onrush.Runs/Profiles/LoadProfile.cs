using System.Globalization;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs.Profiles;

/// <summary>
/// The usual courses of a load in a line: <c>spike:users=1000</c>. What is left out has a default.
/// <code>
/// kind        course                                                                          settings (default)
/// breakpoint  a straight line from nobody to the users, until the target gives way            users, time (10m)
/// stress      steps of the same height and length up to the users, each held                  users, steps (5), time (10m)
/// spike       a tenth of the users, within seconds all of them, held, and back again          users, base (users / 10), time (5m)
/// soak        a gentle ramp, then all users for a long time                                   users, ramp (a tenth, at most 5m), time (1h)
/// </code>
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Users">Most users.</param>
/// <param name="Stages">The course.</param>
internal sealed record LoadProfile(string Text, int Users, IReadOnlyList<Stage> Stages)
{
    private const int MostUsers = 10_000_000, MostSteps = 1000;

    private static readonly Dictionary<string, string[]> Kinds = new(StringComparer.Ordinal)
    {
        ["breakpoint"] = ["users", "time"],
        ["stress"] = ["users", "steps", "time"],
        ["spike"] = ["users", "base", "time"],
        ["soak"] = ["users", "ramp", "time"],
    };

    /// <summary>What runs it.</summary>
    public Executor Executor => new RampingUsersExecutor(0, Stages, RampingUsersExecutor.DefaultGracefulRampDown);

    /// <summary>Reads a profile.</summary>
    /// <exception cref="FormatException">It makes no sense; the message says why and how to write one.</exception>
    public static LoadProfile Parse(string text)
    {
        string[] parts = text.Trim().Split(':', 2);
        string kind = parts[0].Trim().ToLowerInvariant();
        if (!Kinds.TryGetValue(kind, out string[]? known))
            throw new FormatException($"'{kind}' is no profile{Suggestion.For(kind, Kinds.Keys)}; there are {string.Join(", ", Kinds.Keys)}, for instance spike:users=1000");
        var settings = Settings(parts.Length > 1 ? parts[1] : "", kind, known);
        int users = Whole("users", MostUsers) ?? throw new FormatException($"{kind} needs users, for instance {kind}:users=1000");
        var stages = kind switch
        {
            "breakpoint" => [new Stage(Time(TimeSpan.FromMinutes(10)), users)],
            "stress" => Stress(users, Whole("steps", MostSteps) ?? 5, Time(TimeSpan.FromMinutes(10))),
            "spike" => Spike(users, Whole("base", MostUsers) ?? Math.Max(1, users / 10), Time(TimeSpan.FromMinutes(5))),
            _ => Soak(users, Time(TimeSpan.FromHours(1)), Length("ramp")),
        };
        return new LoadProfile(text.Trim(), users, stages);

        TimeSpan Time(TimeSpan otherwise) => Length("time") ?? otherwise;

        int? Whole(string name, int most) => !settings.TryGetValue(name, out string? value) ? null
            : int.TryParse(value.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} is '{value}'; it has to be a whole number from 1 to {most:#,0}"));

        TimeSpan? Length(string name) => !settings.TryGetValue(name, out string? value) ? null
            : Duration.TryParse(value, out var length) && length >= TimeSpan.FromSeconds(1) && length <= TimeSpan.FromDays(366) ? length
            : throw new FormatException($"{name} is '{value}'; it has to be a length of time from 1s, such as 30s, 10m or 2h");
    }

    private static Dictionary<string, string> Settings(string text, string kind, string[] known)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length < 2 || !known.Contains(pair[0]))
                throw new FormatException($"'{part}' is no setting of {kind}{Suggestion.For(pair[0], known)}; there are {string.Join(", ", known.Select(k => k + "="))}");
            if (!settings.TryAdd(pair[0], pair[1]))
                throw new FormatException($"{pair[0]} is given twice");
        }

        return settings;
    }

    // A step is reached in a tenth of its time.
    private static List<Stage> Stress(int users, int steps, TimeSpan time)
    {
        var stages = new List<Stage>();
        for (int step = 1; step <= steps; step++)
        {
            double level = Math.Round((double)users * step / steps);
            stages.Add(new Stage(time / steps / 10, level));
            stages.Add(new Stage(time / steps * 9 / 10, level));
        }

        return stages;
    }

    private static List<Stage> Spike(int users, int background, TimeSpan time)
    {
        // Steep, but not at once: that would measure the accept queue alone.
        TimeSpan edge = TimeSpan.FromSeconds(Math.Min(10, time.TotalSeconds / 30));
        TimeSpan quiet = time * 0.3 - edge;
        return
        [
            new(edge, background), new(quiet, background), new(edge, users), new(time * 0.4 - edge, users), new(edge, background), new(time * 0.3 - edge, background),
        ];
    }

    private static List<Stage> Soak(int users, TimeSpan time, TimeSpan? ramp)
    {
        TimeSpan first = ramp ?? TimeSpan.FromSeconds(Math.Min(300, time.TotalSeconds / 10));
        return first < time
            ? [new(first, users), new(time - first, users)]
            : throw new FormatException($"ramp is {Duration.Format(first)}; it has to be shorter than time, {Duration.Format(time)}");
    }
}
