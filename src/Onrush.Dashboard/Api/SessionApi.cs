using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>What steers the test: start, change, stop, reset, login.</summary>
internal sealed class SessionApi(ITestSession session, Guard guard, IReadOnlyList<string> features)
{
    public IEnumerable<Route> Routes =>
    [
        Route.Get("/api/v1/session", "Where the test stands, and what the start form shows.", SessionAsync),
        Route.Post("/api/v1/start", "Starts a run. What is left out is as on the command line.", StartAsync) with
        {
            Fields = ["users", "spawnRate", "host", "runTime", "userClasses", "shape", "options"],
        },
        Route.Post("/api/v1/change", "Changes users and spawn rate of the run that goes on, or one of its scenarios.", ChangeAsync) with { Fields = ["users", "spawnRate", "scenario"] },
        Route.Post("/api/v1/stop", "Begins the end of the run; with wait, answers when it is over.", StopAsync) with { Fields = ["wait"] },
        Route.Post("/api/v1/reset", "Begins the totals anew, or puts away the results of a run that is over.", ResetAsync),
        Route.Get("/api/v1/login", "What kind of login there is: none, token or password.", context => Answers.JsonAsync(context, new LoginDocument(guard.Kind))) with { IsPublic = true },
        Route.Post("/api/v1/login", "Logs a browser in.", LoginAsync) with { IsPublic = true, Fields = ["token", "user", "password"] },
        Route.Post("/api/v1/logout", "Logs it out.", LogoutAsync) with { IsPublic = true },
    ];

    /// <summary>Carries out a request and turns what the session refuses into answers.</summary>
    public static async Task RefusableAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (StartRefusedException e)
        {
            throw new BadRequestException(e.Message, e.Errors);
        }
    }

    private Task SessionAsync(HttpContext context) => Answers.JsonAsync(context, SessionDocument.Of(session, features));

    private async Task StartAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        var options = new StartOptions
        {
            Users = body.Whole("users"),
            SpawnRate = body.Number("spawnRate"),
            Host = body.Text("host"),
            RunTime = body.Text("runTime"),
            Shape = body.Text("shape"),
            UserClasses = Classes(body),
            Options = Options(body),
        };
        body.Check();
        await RefusableAsync(() => session.StartAsync(options)).ConfigureAwait(false);
        await DoneAsync(context).ConfigureAwait(false);
    }

    private async Task ChangeAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        var (users, spawnRate) = (body.Whole("users"), body.Number("spawnRate"));
        var scenario = Scenario(body);
        body.Check();
        if (users is null && spawnRate is null && scenario is null)
            throw new BadRequestException("Say what is to change: users, spawnRate, scenario.");
        if (scenario is var (name, change))
        {
            await RefusableAsync(() =>
            {
                session.ChangeScenario(name, change);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
            await DoneAsync(context).ConfigureAwait(false);
            return;
        }

        await RefusableAsync(() =>
        {
            var now = session.Current?.Snapshot;
            session.ChangeUsers(users ?? now?.TargetUsers ?? 1, spawnRate ?? (now?.SpawnRate is > 0 and var rate ? rate : 1));
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        await DoneAsync(context).ConfigureAwait(false);
    }

    private async Task StopAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        var over = session.StopAsync("Stopped on the page.");
        if (body.Flag("wait"))
            await over.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        await DoneAsync(context).ConfigureAwait(false);
    }

    private async Task ResetAsync(HttpContext context)
    {
        await JsonBody.ReadAsync(context).ConfigureAwait(false);
        session.Reset();
        await DoneAsync(context).ConfigureAwait(false);
    }

    private async Task LoginAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        var (token, user, password) = (body.Text("token"), body.Text("user"), body.Text("password"));
        body.Check();
        if (guard.Login(context, token, user, password) is { } refusal)
            await Answers.RefuseAsync(context, refusal.Status, refusal.Message).ConfigureAwait(false);
        else
            await Answers.JsonAsync(context, new DoneDocument(true, null)).ConfigureAwait(false);
    }

    private async Task LogoutAsync(HttpContext context)
    {
        await JsonBody.ReadAsync(context).ConfigureAwait(false);
        guard.Logout(context);
        await Answers.JsonAsync(context, new DoneDocument(true, null)).ConfigureAwait(false);
    }

    private Task DoneAsync(HttpContext context) => Answers.JsonAsync(context, new DoneDocument(true, SessionStatus.Of(session)));

    private static (string Name, ScenarioChange Change)? Scenario(JsonBody body)
    {
        if (body.Object("scenario") is not { } element)
            return null;
        var inner = JsonBody.Of(element);
        var change = new ScenarioChange { Users = inner.Whole("users"), SpawnRate = inner.Number("spawnRate"), Rate = inner.Number("rate") };
        string? name = inner.Text("name");
        inner.Check();
        if (name is null || change is { Users: null, Rate: null, SpawnRate: null })
            body.Wrong("scenario", "scenario must have a name, and users or rate.");
        return (name ?? "", change);
    }

    private static List<ClassChoice>? Classes(JsonBody body)
    {
        if (body.List("userClasses") is not { } list)
            return null;
        var choices = new List<ClassChoice>();
        foreach (var element in list)
        {
            var choice = element.ValueKind switch
            {
                JsonValueKind.String => new ClassChoice(body.ValueText("userClasses", element) ?? ""),
                JsonValueKind.Object => Class(body, element),
                _ => null,
            };
            if (choice is null)
                body.Wrong("userClasses", "userClasses must be a list of names, or of objects with name, weight and fixedCount.");
            else
                choices.Add(choice);
        }

        return choices;
    }

    private static ClassChoice? Class(JsonBody body, JsonElement element)
    {
        if (!JsonBody.TryGet(element, "name", out var name) || name.ValueKind != JsonValueKind.String)
            return null;
        double? weight = null;
        int? count = null;
        if (JsonBody.TryGet(element, "weight", out var weightOf))
        {
            if (weightOf.ValueKind != JsonValueKind.Number || !weightOf.TryGetDouble(out double number) || !double.IsFinite(number))
                return null;
            weight = number;
        }

        if (JsonBody.TryGet(element, "fixedCount", out var countOf))
        {
            if (countOf.ValueKind != JsonValueKind.Number || !countOf.TryGetInt32(out int whole))
                return null;
            count = whole;
        }

        return new ClassChoice(body.ValueText("userClasses", name) ?? "", weight, count);
    }

    private static Dictionary<string, string> Options(JsonBody body)
    {
        var options = new Dictionary<string, string>();
        foreach (var field in body.Object("options")?.EnumerateObject() ?? default)
        {
            if (body.ValueText($"option:{field.Name}", field.Value) is { } text)
                options[field.Name] = text;
        }

        return options;
    }
}

/// <summary>Something was done.</summary>
internal sealed record DoneDocument(bool Ok, SessionStatus? Session);

/// <summary>What kind of login there is.</summary>
internal sealed record LoginDocument(string Kind);
