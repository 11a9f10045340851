using System.Globalization;
using Onrush.Engine;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>Turns what was asked for on the page into what a run is made of, or says field by field what is wrong with it.</summary>
/// <param name="Definition">The load test with the chosen classes and shape.</param>
/// <param name="Options">What the run is started with.</param>
internal sealed record StartPlan(LoadTestDefinition Definition, RunOptions Options)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(366);

    /// <summary>Reads and checks. Sets the load test's own options when nothing is wrong with them.</summary>
    /// <param name="loaded">The load test.</param>
    /// <param name="defaults">What the command line asks for.</param>
    /// <param name="asked">What the page asks for.</param>
    /// <exception cref="StartRefusedException">Something cannot be.</exception>
    public static async Task<StartPlan> OfAsync(LoadTestDefinition loaded, RunOptions defaults, StartOptions asked)
    {
        var errors = new Dictionary<string, string>();
        var definition = Classes(loaded, asked, errors);
        definition = Shape(definition, asked.Shape, errors);
        var options = defaults with
        {
            Users = asked.Users ?? defaults.Users,
            SpawnRate = asked.SpawnRate ?? defaults.SpawnRate,
            Host = Host(asked.Host, defaults.Host, errors),
            RunTime = RunTime(asked.RunTime, defaults.RunTime, errors),
        };
        CheckUsers(options.Users, options.SpawnRate, errors);
        if (errors.Count == 0 && definition.Users.Any(u => u.NeedsHost) && ProcessLimits.Objection(options.Users, options.LocalAddresses) is { } objection)
            errors["users"] = objection;
        if (!errors.ContainsKey("host"))
            await CheckHostAsync(definition, options, errors);
        Own(definition, asked.Options, errors);
        Refuse(errors);
        return new StartPlan(definition, options);
    }

    /// <summary>Checks a number of users and a rate.</summary>
    public static void CheckUsers(int users, double spawnRate, Dictionary<string, string> errors)
    {
        if (users is < 1 or > StartForm.MostUsers)
            errors["users"] = string.Create(CultureInfo.InvariantCulture, $"The number of users must be from 1 to {StartForm.MostUsers:#,0}.");
        if (!(spawnRate > 0 && spawnRate <= StartForm.MostSpawnRate))
            errors["spawnRate"] = string.Create(CultureInfo.InvariantCulture, $"The spawn rate must be above 0 and at most {StartForm.MostSpawnRate:#,0} users per second.");
    }

    /// <summary>Throws when there are errors.</summary>
    public static void Refuse(Dictionary<string, string> errors)
    {
        if (errors.Count > 0)
            throw new StartRefusedException(errors, string.Join(" ", errors.Values));
    }

    private static LoadTestDefinition Classes(LoadTestDefinition loaded, StartOptions asked, Dictionary<string, string> errors)
    {
        if (asked.UserClasses is not { Count: > 0 } choices)
            return loaded;
        try
        {
            return loaded.Select([.. choices.Select(c => c.Name)], [], []).With(user =>
                choices.FirstOrDefault(c => c.Name == user.Name) is { } choice ? user.With(choice.Weight ?? user.Weight, choice.FixedCount ?? user.FixedCount) : user);
        }
        catch (LoadTestException e)
        {
            errors["userClasses"] = e.Message;
            return loaded;
        }
    }

    private static LoadTestDefinition Shape(LoadTestDefinition definition, string? name, Dictionary<string, string> errors)
    {
        if (name is null)
            return definition;
        var shape = definition.Shapes.FirstOrDefault(s => s.Name == name);
        if (name.Length > 0 && shape is null)
            errors["shape"] = $"There is no load shape {name}.";
        return definition.WithShape(shape);
    }

    private static string? Host(string? asked, string? otherwise, Dictionary<string, string> errors)
    {
        if (asked is null)
            return otherwise;
        var text = asked.Trim().TrimEnd('/');
        if (text.Length == 0)
            return null;
        var url = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.Scheme is "http" or "https")
            return url;
        errors["host"] = "The host must be a URL such as http://127.0.0.1:8080.";
        return null;
    }

    private static TimeSpan? RunTime(string? asked, TimeSpan? otherwise, Dictionary<string, string> errors)
    {
        if (asked is null)
            return otherwise;
        if (asked.Trim().Length == 0)
            return null;
        if (Duration.TryParse(asked, out var time) && time > TimeSpan.Zero && time <= LongestRun)
            return time;
        errors["runTime"] = "The run time must be a length of time above 0 such as 20, 20s, 3m, 2h or 1h20m.";
        return null;
    }

    private static async Task CheckHostAsync(LoadTestDefinition definition, RunOptions options, Dictionary<string, string> errors)
    {
        try
        {
            await TargetHosts.CheckAsync(definition.Users, options.Host).ConfigureAwait(false);
        }
        catch (LoadTestException e)
        {
            errors["host"] = e.Message;
        }
    }

    private static void Own(LoadTestDefinition definition, IReadOnlyDictionary<string, string> asked, Dictionary<string, string> errors)
    {
        foreach (var option in definition.Options)
        {
            try
            {
                if (asked.TryGetValue(option.Name, out var text) && text != OptionText.Format(option.Value))
                    option.Set(text);
                option.CheckRequired();
            }
            catch (LoadTestException e)
            {
                errors[$"option:{option.Name}"] = e.Message;
            }
        }
    }
}
