using System.Runtime.CompilerServices;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>
/// The method that a scenario calls for each iteration. The author names it by <c>user => user.Call</c>; that is asked once, with a user that was never
/// constructed, for the method behind it, which is then bound like a task: calling it for a user allocates nothing.
/// </summary>
internal sealed class EntryMethod
{
    private readonly Func<User, Delegate?> _entry;

    private EntryMethod(Func<User, Delegate?> entry) => _entry = entry;

    public static EntryMethod Of<TUser>(Func<TUser, Delegate> entry)
        where TUser : User => new(user => entry((TUser)user));

    /// <summary>Finds and binds the method.</summary>
    /// <exception cref="LoadTestException">It is none of the user, has parameters, or returns what cannot be awaited.</exception>
    public TaskNode Bind(ScenarioDraft scenario)
    {
        var user = (User)RuntimeHelpers.GetUninitializedObject(scenario.UserClass!);
#pragma warning disable CA1816 // A finalizer of the author's must not meet a user without a constructor.
        GC.SuppressFinalize(user);
#pragma warning restore CA1816
        Delegate? found;
        try
        {
            found = _entry(user);
        }
        catch (Exception)
        {
            // What is done here beyond naming a method meets a user without a constructor.
            throw NoMethod(scenario);
        }

        if (found is null || !ReferenceEquals(found.Target, user) || found.Method.IsStatic || found.GetInvocationList().Length != 1)
            throw NoMethod(scenario);

        var method = found.Method;
        var name = $"Scenario {scenario.Name}: {scenario.UserClass!.DisplayName()}.{method.Name}";
        return new TaskNode
        {
            Name = method.Name,
            Path = method.Name,
            Weight = 1,
            Tags = new HashSet<string>(),
            Place = scenario.Place,
            Body = TaskReader.Bind(name, method, scenario.Place),
        };
    }

    private static LoadTestException NoMethod(ScenarioDraft scenario) => scenario.Refused(
        $"the entry is not a method of {scenario.UserClass!.DisplayName()}; write user => user.Method, and for arguments a method without parameters that passes them");
}
