using System.Runtime.CompilerServices;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// Marks what a user performs: a method of a user class or of a task set, or a <see cref="TaskSet"/> nested in one. The method has no
/// parameters and returns nothing, a <see cref="Task"/> or a <see cref="ValueTask"/>, with or without a result.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = true)]
public sealed class TaskAttribute : Attribute
{
    /// <summary>Marks a task.</summary>
    /// <param name="weight">
    /// How often the task is picked in relation to the others of its class, from 1. In a <see cref="SequentialTaskSet"/>: how often it
    /// is repeated in its place.
    /// </param>
    /// <param name="file">Filled in by the compiler; gives the tasks their order and errors their place.</param>
    /// <param name="line">Filled in by the compiler, like <paramref name="file"/>.</param>
    public TaskAttribute(int weight = 1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Weight = weight;
        Place = new SourcePlace(file, line);
    }

    /// <summary>How often the task is picked in relation to the others of its class.</summary>
    public int Weight { get; }

    internal SourcePlace Place { get; }
}
