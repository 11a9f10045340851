using System.Runtime.CompilerServices;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// What follows a task of a <see cref="MarkovTaskSet"/>: <c>[Transition(nameof(Checkout), 3)]</c>. May stand several times; the next
/// task is drawn by the weights.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class TransitionAttribute : Attribute
{
    /// <summary>Names a task that may follow.</summary>
    /// <param name="target">Name of the task.</param>
    /// <param name="weight">How often in relation to the other transitions of this task, from 1.</param>
    /// <param name="file">Filled in by the compiler; the chain starts at the task that is declared first.</param>
    /// <param name="line">Filled in by the compiler, like <paramref name="file"/>.</param>
    public TransitionAttribute(string target, int weight = 1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Target = target;
        Weight = weight;
        Place = new SourcePlace(file, line);
    }

    /// <summary>Name of the task that may follow.</summary>
    public string Target { get; }

    /// <summary>How often in relation to the other transitions of this task.</summary>
    public int Weight { get; }

    internal SourcePlace Place { get; }
}
