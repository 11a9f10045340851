using System.Reflection;
using System.Runtime.CompilerServices;

namespace Onrush.Users;

/// <summary>Reads the tasks of a user class or a task set by reflection, once, and says in one line what is wrong with them.</summary>
internal sealed class TaskReader
{
    private const int LargestWeight = 1_000_000;

    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Type _userClass;
    private readonly Stack<Type> _around = new();

    private TaskReader(Type userClass) => _userClass = userClass;

    /// <exception cref="LoadTestException">There are none, or one cannot be performed.</exception>
    public static TaskList Read(Type userClass) => new TaskReader(userClass).Read(userClass, "", new HashSet<string>());

    private TaskList Read(Type owner, string path, IReadOnlySet<string> tagsAround)
    {
        if (_around.Contains(owner))
            throw new LoadTestException($"{owner.DisplayName()} contains itself: a task set cannot be among its own tasks.");

        _around.Push(owner);
        var markov = typeof(MarkovTaskSet).IsAssignableFrom(owner);
        var tags = Tags(owner, tagsAround);
        var found = new List<Found>();
        found.AddRange(Methods(owner, path, tags, markov));
        found.AddRange(NestedSets(owner, path, tags, markov));
        var nodes = found.OrderBy(task => task.Depth).ThenBy(task => task.Node.Place).Select(task => task.Node)
            .Concat(AssignedSets(owner, path, tags, markov)).ToArray();
        _around.Pop();

        if (nodes.Length == 0)
            throw new LoadTestException($"{owner.DisplayName()} has no tasks: mark a method with {(markov ? "[Transition(nameof(...))]" : "[Task]")}.");
        if (nodes.GroupBy(node => node.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LoadTestException($"{owner.DisplayName()} has two tasks named {twice.Key}: rename one.", twice.Last().Place);

        var order = markov ? TaskOrder.Markov : typeof(SequentialTaskSet).IsAssignableFrom(owner) ? TaskOrder.Sequential : TaskOrder.Random;
        return new TaskList(owner.DisplayName(), order, nodes);
    }

    private static IEnumerable<Found> Methods(Type owner, string path, IReadOnlySet<string> tags, bool markov)
    {
        var seen = new HashSet<MethodInfo>();
        foreach (var type in owner.Lineage())
        {
            foreach (var method in type.GetMethods(Declared))
            {
                // An override takes the place of what it overrides, with the attributes of the most derived that has some.
                if (!seen.Add(method.GetBaseDefinition()))
                    continue;

                var mark = method.GetCustomAttribute<TaskAttribute>(inherit: true);
                var transitions = method.GetCustomAttributes<TransitionAttribute>(inherit: true).ToArray();
                if (mark is null && transitions.Length == 0)
                    continue;

                var place = mark?.Place ?? transitions.Select(transition => transition.Place).Min();
                var name = $"{owner.DisplayName()}.{method.Name}";
                yield return new Found(method.GetBaseDefinition().DeclaringType!.Lineage().Count(), new TaskNode
                {
                    Name = method.Name,
                    Path = Join(path, method.Name),
                    Weight = Weight(name, mark?.Weight ?? 1, place, markov),
                    Tags = Tags(method, tags, markov ? name : null, place),
                    Place = place,
                    Body = Bind(name, method, place),
                    Transitions = Transitions(name, transitions, markov),
                });
            }
        }
    }

    private IEnumerable<Found> NestedSets(Type owner, string path, IReadOnlySet<string> tags, bool markov)
    {
        foreach (var type in owner.Lineage())
        {
            foreach (var declared in type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
            {
                // What is nested in a generic base class has its type parameters too, and reflection leaves them open.
                var arguments = type.GetGenericArguments();
                var nested = declared.GetGenericArguments().Length == arguments.Length && arguments.Length > 0 ? declared.MakeGenericType(arguments) : declared;
                var mark = nested.GetCustomAttribute<TaskAttribute>(inherit: true);
                var transitions = nested.GetCustomAttributes<TransitionAttribute>(inherit: true).ToArray();
                if (mark is null && transitions.Length == 0)
                    continue;

                var place = mark?.Place ?? transitions.Select(transition => transition.Place).Min();
                var node = Set(nested, path, tags, mark?.Weight ?? 1, place, markov);
                yield return new Found(type.Lineage().Count(), node with { Transitions = Transitions(nested.DisplayName(), transitions, markov) });
            }
        }
    }

    private IEnumerable<TaskNode> AssignedSets(Type owner, string path, IReadOnlySet<string> tags, bool markov)
    {
        var assigned = owner.Lineage().Reverse().SelectMany(type => type.GetCustomAttributes<TasksAttribute>(inherit: false)).ToArray();
        if (markov && assigned.Length > 0)
            throw new LoadTestException($"{owner.DisplayName()} is a MarkovTaskSet, so [Tasks] cannot say what follows: nest the set and give it a [Transition].");

        foreach (var attribute in assigned)
        {
            foreach (var set in attribute.TaskSets)
                yield return Set(set ?? throw new LoadTestException($"{owner.DisplayName()}: [Tasks] names no class."), path, tags, attribute.Weight, null, markov);
        }
    }

    private TaskNode Set(Type set, string path, IReadOnlySet<string> tagsAround, int weight, SourcePlace? place, bool markov)
    {
        var name = set.DisplayName();
        if (!typeof(TaskSet).IsAssignableFrom(set))
            throw new LoadTestException($"{name} is no task set: derive it from TaskSet, SequentialTaskSet or MarkovTaskSet.", place);
        if (set.IsAbstract || set.ContainsGenericParameters)
            throw new LoadTestException($"{name} cannot be a task: it is {(set.IsAbstract ? "abstract" : "generic")}.", place);
        if (set.UserTypeOfSet() is { } user && !user.IsAssignableFrom(_userClass))
            throw new LoadTestException($"{name} is for users of {user.DisplayName()}, but is a task of {_userClass.DisplayName()}.", place);

        var joined = Join(path, set.Name);
        return new TaskNode
        {
            Name = set.Name,
            Path = joined,
            Weight = Weight(name, weight, place, markov),
            Tags = Tags(set, tagsAround),
            Place = place,
            CreateSet = Construction.Of<TaskSet>(set),
            Tasks = Read(set, joined, tagsAround),
        };
    }

    /// <summary>Binds a method as a task.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="method">The method.</param>
    /// <param name="place">Where it was made a task.</param>
    /// <exception cref="LoadTestException">It cannot be performed.</exception>
    public static TaskBody Bind(string name, MethodInfo method, SourcePlace? place)
    {
        if (!typeof(TaskOwner).IsAssignableFrom(method.GetBaseDefinition().DeclaringType))
            throw new LoadTestException($"{name} cannot be a task: it is a method of every object.", place);
        if (method.GetBaseDefinition().DeclaringType == typeof(TaskOwner))
            throw new LoadTestException($"{name} cannot be a task: the engine calls it once; put the task into a method of its own.", place);
        if (method.IsStatic || method.IsAbstract)
            throw new LoadTestException($"{name} is {(method.IsStatic ? "static" : "abstract")}: a task is a method of a user.", place);
        if (method.GetParameters().Length > 0 || method.IsGenericMethodDefinition)
            throw new LoadTestException($"{name} has parameters: a task is a method without parameters.", place);
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            throw new LoadTestException($"{name} is async void, so nobody can wait for it: return Task.", place);
        return TaskBody.Bind(method)
            ?? throw new LoadTestException($"{name} returns {method.ReturnType.DisplayName()}: a task returns void, Task or ValueTask.", place);
    }

    private static int Weight(string name, int weight, SourcePlace? place, bool markov)
    {
        if (weight is <= 0 or > LargestWeight)
            throw new LoadTestException($"{name} has the weight {weight}; a weight is a whole number from 1 to {LargestWeight}.", place);
        if (markov && weight != 1)
            throw new LoadTestException($"{name} has the weight {weight}, but in a MarkovTaskSet the transitions have the weights.", place);
        return weight;
    }

    private static Transition[] Transitions(string name, TransitionAttribute[] transitions, bool markov)
    {
        if (!markov && transitions.Length > 0)
            throw new LoadTestException($"{name} has a [Transition], but its class is no MarkovTaskSet.", transitions[0].Place);
        if (transitions.GroupBy(transition => transition.Target).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LoadTestException($"{name} has two transitions to {twice.Key}: keep one and give it a weight.", twice.Last().Place);

        // By place, not as reflection gives them: a run with the same seed must draw the same way on.
        return [.. transitions.OrderBy(transition => transition.Place).ThenBy(transition => transition.Target, StringComparer.Ordinal)
            .Select(transition => new Transition(transition.Target, transition.Weight))];
    }

    private static IReadOnlySet<string> Tags(MemberInfo member, IReadOnlySet<string> around, string? refusedFor = null, SourcePlace? place = null)
    {
        var own = member.GetCustomAttributes<TagAttribute>(inherit: true).SelectMany(tag => tag.Tags).ToArray();
        if (own.Length == 0)
            return around;
        if (refusedFor is not null)
            throw new LoadTestException($"{refusedFor} has a tag, but the tasks of a MarkovTaskSet cannot be chosen one by one: tag the whole set.", place);
        return new HashSet<string>(around.Concat(own));
    }

    private sealed record Found(int Depth, TaskNode Node);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
