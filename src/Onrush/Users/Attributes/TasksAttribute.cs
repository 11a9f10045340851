namespace Onrush;

/// <summary>
/// Gives a user class or a task set tasks that stand elsewhere: <c>[Tasks(typeof(Browse), typeof(Buy))]</c>. May stand several times,
/// each with its own <see cref="Weight"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class TasksAttribute : Attribute
{
    /// <summary>Assigns task sets.</summary>
    /// <param name="taskSets">Classes that derive from <see cref="TaskSet"/>.</param>
    public TasksAttribute(params Type[] taskSets) => TaskSets = taskSets;

    /// <summary>The task sets.</summary>
    public IReadOnlyList<Type> TaskSets { get; }

    /// <summary>How often each of them is picked in relation to the other tasks of the class, from 1.</summary>
    public int Weight { get; set; } = 1;
}
