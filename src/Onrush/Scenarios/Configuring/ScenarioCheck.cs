using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>Makes plans of the scenarios of a load test, or says in one line which of them cannot be and why. The rules are k6's.</summary>
internal static class ScenarioCheck
{
    /// <param name="drafts">The scenarios as written.</param>
    /// <param name="chosen">The user classes of the run; scenarios of others are left out.</param>
    /// <param name="declared">All user classes of the load test.</param>
    /// <exception cref="LoadTestException">Something cannot be.</exception>
    public static IReadOnlyList<ScenarioPlan> Build(IReadOnlyList<ScenarioDraft> drafts, IReadOnlyList<UserClass> chosen, IReadOnlyList<Type> declared)
    {
        foreach (var draft in drafts)
            CheckName(draft);
        foreach (var draft in drafts)
        {
            if (drafts.First(other => other.Name == draft.Name) != draft)
                throw draft.Refused("the name is taken by another scenario; rename one");
            Check(draft, declared);
        }

        foreach (var draft in drafts)
            CheckAfter(draft, drafts);

        var left = drafts.Where(draft => draft.UserClass is null || chosen.Any(user => user.Type == draft.UserClass)).ToArray();
        if (left.Length == 0 && drafts.Count > 0)
        {
            throw new LoadTestException(
                $"No scenario is for {string.Join(", ", chosen.Select(user => user.Name))}: name other user classes ({string.Join(", ", drafts.Select(draft => draft.UserClass!.Name).Distinct())}), or none.");
        }

        if (left.FirstOrDefault(draft => draft.After is { } after && left.All(other => other.Name != after)) is { } waits)
        {
            var missing = drafts.First(other => other.Name == waits.After);
            throw waits.Refused($"it starts after {missing.Name}, whose user class {missing.UserClass!.Name} was not chosen; name that class too");
        }

        return [.. left.Select(draft => Plan(draft, chosen))];
    }

    private static void CheckName(ScenarioDraft draft)
    {
        if (string.IsNullOrEmpty(draft.Name))
            throw new LoadTestException("A scenario has no name: give it one of ASCII letters, digits, _ and -.", draft.Place);
        if (!draft.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new LoadTestException($"Scenario '{draft.Name}': a name is made of ASCII letters, digits, _ and -.", draft.Place);
    }

    private static void Check(ScenarioDraft draft, IReadOnlyList<Type> declared)
    {
        if (draft.UserClass is { } type && !declared.Contains(type))
        {
            var known = string.Join(", ", declared.Select(user => user.DisplayName()));
            throw draft.Refused(type.IsAbstract
                ? $"the user class {type.DisplayName()} is abstract; name a class derived from it (the load test has {known})"
                : $"the user class {type.DisplayName()} is not in the load test (it has {known})");
        }

        if (draft.Executor is null)
            throw draft.Refused("it has no executor; give it one, such as Executor.ConstantUsers(10, \"30s\")");
        if (draft.Executor.Fault() is { } fault)
            throw draft.Refused(fault);
        if ((draft.StartTime is { } start ? Faults.Length("startTime", start, TimeSpan.Zero) : null) is { } badStart)
            throw draft.Refused(badStart);
        if ((draft.GracefulStop is { } stop ? Faults.Length("gracefulStop", stop, TimeSpan.Zero) : null) is { } badStop)
            throw draft.Refused(badStop);
        CheckTags(draft);
    }

    private static void CheckTags(ScenarioDraft draft)
    {
        foreach (var (name, value) in draft.Tags ?? [])
        {
            if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(value))
                throw draft.Refused($"a tag has no {(string.IsNullOrEmpty(name) ? "name" : "value")}; give it both, or leave it out");
            if (name == "scenario")
                throw draft.Refused("the tag scenario is set to the name of the scenario; choose another name");
            if (draft.Tags!.Count(tag => tag.Name == name) > 1)
                throw draft.Refused($"the tag {name} is given twice; keep one");
        }
    }

    private static void CheckAfter(ScenarioDraft draft, IReadOnlyList<ScenarioDraft> drafts)
    {
        if (draft.After is null)
            return;
        var names = drafts.Select(other => other.Name!).ToArray();
        if (!names.Contains(draft.After))
            throw draft.Refused($"it starts after {draft.After}, which is no scenario (there is {string.Join(", ", names)}){Suggestion.For(draft.After, names)}");

        var chain = new List<string> { draft.Name! };
        for (var at = draft; at.After is { } after; at = drafts.First(other => other.Name == after))
        {
            if (chain.Contains(after))
                throw draft.Refused($"none can start first: {string.Join(" after ", chain.Append(after))}; remove one after");
            chain.Add(after);
        }

        var before = drafts.First(other => other.Name == draft.After);
        if (!before.Executor!.Ends)
            throw draft.Refused($"it starts after {before.Name}, which never ends; give that a runTime");
    }

    private static ScenarioPlan Plan(ScenarioDraft draft, IReadOnlyList<UserClass> chosen) => new(
        draft.Name!,
        draft.UserClass is null ? chosen : [chosen.First(user => user.Type == draft.UserClass)],
        draft.Entry?.Bind(draft),
        draft.Executor!,
        draft.StartTime?.Value ?? TimeSpan.Zero,
        draft.GracefulStop?.Value ?? ScenarioPlan.DefaultGracefulStop,
        TagSet.Of((draft.Tags ?? []).Select(tag => KeyValuePair.Create(tag.Name, tag.Value))),
        draft.After,
        draft.WarmUp);
}
