namespace Onrush.Users;

/// <summary>What a scenario asks of one user.</summary>
/// <param name="Entry">The method that is an iteration; null picks a task of the class by weight.</param>
/// <param name="Gate">Who is asked before each iteration; null lets the user go on as it likes.</param>
/// <param name="Waits">Whether the wait time of the class lies between two iterations.</param>
internal readonly record struct UserWork(TaskNode? Entry, IIterationGate? Gate, bool Waits)
{
    /// <summary>The tasks of the class, each followed by the wait time.</summary>
    public static readonly UserWork OwnTasks = new(null, null, Waits: true);
}

/// <summary>Has the say in when one user begins its next iteration, because its scenario counts or schedules them. On the user's loop.</summary>
internal interface IIterationGate
{
    /// <summary>Asked before each iteration; asked again after a wait.</summary>
    /// <param name="dueNs">Becomes the instant the iteration was due at; left alone when the gate has no schedule.</param>
    GateAnswer Ask(ref long dueNs);
}

/// <summary>How a user goes on.</summary>
internal enum GateAnswer : byte
{
    /// <summary>With an iteration.</summary>
    Begin,

    /// <summary>It parks until its scenario has one for it.</summary>
    Wait,

    /// <summary>There are no more for it: it ends.</summary>
    End,
}
