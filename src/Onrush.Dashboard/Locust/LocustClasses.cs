using Microsoft.AspNetCore.Http;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>
/// Locust's <c>POST /user</c>: changes the share of a user class in the runs that are started after it. Locust also takes host and tasks there, which belong to
/// the whole run here, and are refused rather than passed over.
/// </summary>
internal sealed class LocustClasses(StartForm form)
{
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["host"] = "give it with /swarm",
        ["tasks"] = "choose them by tags when the test is started",
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ClassChoice> _changed = [];

    /// <summary>Answers a change.</summary>
    public async Task ChangeAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        var (name, weight, count) = (body.Text("user_class_name"), body.Number("weight"), body.Whole("fixed_count"));
        body.Check();
        var declared = form.Classes.FirstOrDefault(c => c.Name == name)
            ?? throw new BadRequestException($"user_class_name must be one of {string.Join(", ", form.Classes.Select(c => c.Name))}.");
        if (Elsewhere.Keys.FirstOrDefault(body.Has) is { } field)
            throw new BadRequestException($"{field} of a single user class cannot be changed: {Elsewhere[field]}.");
        if (weight is <= 0)
            throw new BadRequestException("weight must be a number above 0.");
        if (count is < 0)
            throw new BadRequestException("fixed_count must be a whole number from 0.");
        lock (_gate)
        {
            var before = _changed.GetValueOrDefault(declared.Name, new ClassChoice(declared.Name));
            _changed[declared.Name] = before with { Weight = weight ?? before.Weight, FixedCount = count ?? before.FixedCount };
        }

        await Answers.JsonAsync(context, new Dictionary<string, object>(), StatusCodes.Status201Created).ConfigureAwait(false);
    }

    /// <summary>The classes that were asked for, all when none were, with what was changed about them; null when nothing differs from the load test.</summary>
    public IReadOnlyList<ClassChoice>? Apply(IReadOnlyList<ClassChoice>? asked)
    {
        lock (_gate)
        {
            return _changed.Count == 0
                ? asked
                : [.. (asked is { Count: > 0 } ? asked.Select(c => c.Name) : form.Classes.Select(c => c.Name)).Select(name => _changed.GetValueOrDefault(name, new ClassChoice(name)))];
        }
    }
}
