using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Onrush.Users;

/// <summary>A task method, bound once per class: calling it for a user allocates nothing of its own, whatever the method returns.</summary>
internal abstract class TaskBody
{
    /// <summary>
    /// How the loop awaits what comes back. Almost everything is a <see cref="Task"/> inside, and one of those resumes its awaiter in
    /// place on the engine's loop only when the awaiter wants the loop's context; without that it goes to the thread pool.
    /// </summary>
    public virtual bool ContinuesOnContext => true;

    /// <summary>Whether the method returns a task, so that <see cref="Call"/> says more than <see cref="InvokeAsync"/>.</summary>
    public bool ReturnsTask { get; private protected init; }

    /// <summary>Calls the method on <paramref name="owner"/>, which is of the class it was bound for.</summary>
    public abstract ValueTask InvokeAsync(TaskOwner owner);

    /// <summary>The same for a method that returns a task; null when it returned none. Only where <see cref="ReturnsTask"/>.</summary>
    public virtual Task? Call(TaskOwner owner) => throw new NotSupportedException();

    /// <summary>Binds a method without parameters; null when it returns what a task cannot return.</summary>
    public static TaskBody? Bind(MethodInfo method)
    {
        var owner = method.DeclaringType!;
        var result = method.ReturnType;
        if (result == typeof(void))
            return Create(typeof(ReturningNothing<>), owner);
        if (typeof(Task).IsAssignableFrom(result))
            return Create(typeof(ReturningTask<>), owner);
        if (result == typeof(ValueTask))
            return Create(typeof(ReturningValueTask<>), owner);
        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return Create(typeof(ReturningResult<,>), owner, result.GetGenericArguments()[0]);
        return null;

        TaskBody Create(Type body, params Type[] arguments) => (TaskBody)Activator.CreateInstance(body.MakeGenericType(arguments), method)!;
    }

    private sealed class ReturningNothing<TOwner>(MethodInfo method) : TaskBody
        where TOwner : TaskOwner
    {
        private readonly Action<TOwner> _call = method.CreateDelegate<Action<TOwner>>();

        public override ValueTask InvokeAsync(TaskOwner owner)
        {
            _call(Unsafe.As<TOwner>(owner));
            return default;
        }
    }

    private sealed class ReturningTask<TOwner> : TaskBody
        where TOwner : TaskOwner
    {
        private readonly Func<TOwner, Task?> _call;

        public ReturningTask(MethodInfo method)
        {
            _call = method.CreateDelegate<Func<TOwner, Task?>>();
            ReturnsTask = true;
        }

        public override ValueTask InvokeAsync(TaskOwner owner) => Call(owner) is { } task ? new ValueTask(task) : default;

        public override Task? Call(TaskOwner owner) => _call(Unsafe.As<TOwner>(owner));
    }

    private sealed class ReturningValueTask<TOwner>(MethodInfo method) : TaskBody
        where TOwner : TaskOwner
    {
        private readonly Func<TOwner, ValueTask> _call = method.CreateDelegate<Func<TOwner, ValueTask>>();

        public override ValueTask InvokeAsync(TaskOwner owner) => _call(Unsafe.As<TOwner>(owner));
    }

    private sealed class ReturningResult<TOwner, TResult>(MethodInfo method) : TaskBody
        where TOwner : TaskOwner
    {
        private readonly Func<TOwner, ValueTask<TResult>> _call = method.CreateDelegate<Func<TOwner, ValueTask<TResult>>>();

        // What the pooled builder makes is the opposite of a task: it resumes in place only when no context is asked for.
        public override bool ContinuesOnContext => false;

#pragma warning disable CA2012 // Only compared: one of the two is awaited.
        public override ValueTask InvokeAsync(TaskOwner owner)
        {
            var task = _call(Unsafe.As<TOwner>(owner));
            var runtime = owner.Self.Runtime;
            return runtime.Pending is IValueTaskSource<TResult> pending && task.Equals(new ValueTask<TResult>(pending, runtime.PendingToken))
                ? new ValueTask((IValueTaskSource)pending, runtime.PendingToken)
                : WithoutResultAsync(task);
        }
#pragma warning restore CA2012

        // A value task with a result cannot become one without for free; the pooled builder keeps the wrapper from being garbage.
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        private static async ValueTask WithoutResultAsync(ValueTask<TResult> task) => await task;
    }
}
