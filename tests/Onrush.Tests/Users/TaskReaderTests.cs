using System.Diagnostics.CodeAnalysis;
using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class TaskReaderTests
{
    private static string Refused(Type type) => Should.Throw<LoadTestException>(() => UserClass.Read(type)).Message;

    private static string[] Paths(Type type) => [.. Flatten(UserClass.Read(type).Tasks)];

    private static IEnumerable<string> Flatten(TaskList tasks) =>
        tasks.Nodes.SelectMany(node => node.Tasks is null ? [node.Path] : Flatten(node.Tasks));

    public abstract class Base : User
    {
        [Task]
        public virtual void FromBase()
        {
        }

        [Task(2)]
        public virtual void Replaced()
        {
        }

        [Task]
        private void Hidden()
        {
        }
    }

    public sealed class Derived : Base
    {
        [Task]
        public sealed class InTheMiddle : TaskSet
        {
            [Task]
            public void Work()
            {
            }
        }

        [Task(5)]
        public override void Replaced()
        {
        }

        public override void FromBase()
        {
        }

        [Task]
        public void Last()
        {
        }

        public void NoTask()
        {
        }
    }

    [Fact]
    public void Tasks_come_from_the_class_and_its_bases_in_the_order_of_declaration()
    {
        var tasks = UserClass.Read(typeof(Derived)).Tasks;

        tasks.Nodes.Select(node => $"{node.Name} {node.Weight}").ShouldBe(
            ["FromBase 1", "Hidden 1", "Replaced 5", "InTheMiddle 1", "Last 1"]);
        Paths(typeof(Derived)).ShouldContain("InTheMiddle.Work");
    }

    [Tasks(typeof(Elsewhere), Weight = 4)]
    [Tasks(typeof(AlsoElsewhere))]
    public sealed class Assigned : User
    {
        [Task]
        public void Own()
        {
        }
    }

    public sealed class Elsewhere : TaskSet
    {
        [Task]
        public void Work()
        {
        }
    }

    public sealed class AlsoElsewhere : TaskSet
    {
        [Task]
        public void Work()
        {
        }
    }

    [Fact]
    public void Task_sets_can_be_assigned_from_outside_with_weights()
    {
        UserClass.Read(typeof(Assigned)).Tasks.Nodes.Select(node => (node.Name, node.Weight)).ShouldBe(
            [("Own", 1), ("Elsewhere", 4), ("AlsoElsewhere", 1)]);
    }

    public abstract class GenericBase<T> : User
    {
        [Task]
        public Task<T?> Own() => Task.FromResult(default(T));

        [Task]
        public sealed class Set : TaskSet
        {
            [Task]
            public ValueTask<T?> Inside() => default;
        }
    }

    public sealed class OfGeneric : GenericBase<int>;

    [Fact]
    public void Tasks_of_a_generic_base_class_are_found()
    {
        Paths(typeof(OfGeneric)).ShouldBe(["Own", "Set.Inside"]);
    }

    public sealed class NoTasks : User;

    public sealed class EmptySet : User
    {
        [Task]
        public sealed class Nothing : TaskSet;
    }

    public sealed class ReturnsNumber : User
    {
        [Task]
        public int Hello() => 1;
    }

    public sealed class TakesParameter : User
    {
        [Task]
        public void Hello(int number) => _ = number;
    }

    public sealed class IsGeneric : User
    {
        [Task]
        public void Hello<T>()
        {
        }
    }

    public sealed class IsStatic : User
    {
        [Task]
        public static void Hello()
        {
        }
    }

    public sealed class IsAsyncVoid : User
    {
        [Task]
        [SuppressMessage("Usage", "VSTHRD100", Justification = "The mistake under test.")]
        public async void Hello() => await Task.Yield();
    }

    public sealed class MarksStart : User
    {
        [Task]
        public override ValueTask OnStartAsync() => default;
    }

    public sealed class ZeroWeight : User
    {
        [Task(0)]
        public void Hello()
        {
        }
    }

    public sealed class TwoOfAName : User
    {
        [Task]
        public void Work()
        {
        }

        [Task]
        public void Work(string text) => _ = text;
    }

    [Tasks(typeof(Elsewhere), typeof(Elsewhere))]
    public sealed class TwiceTheSame : User;

    [Tasks(typeof(string))]
    public sealed class NoSet : User;

    [Tasks(typeof(TaskSet<NoSet>))]
    public sealed class AbstractSet : User;

    [Tasks(typeof(ForAssigned))]
    public sealed class WrongUser : User;

    public sealed class ForAssigned : TaskSet<Assigned>
    {
        [Task]
        public void Work()
        {
        }
    }

    [Tasks(typeof(Endless))]
    public sealed class Recursive : User;

    [Tasks(typeof(Endless))]
    public sealed class Endless : TaskSet;

    public sealed class NeedsArgument(int number) : User
    {
        [Task]
        public void Work() => _ = number;
    }

    [Weight(0)]
    public sealed class NoWeight : User
    {
        [Task]
        public void Work()
        {
        }
    }

    [Weight(double.NaN)]
    public sealed class NotANumber : User
    {
        [Task]
        public void Work()
        {
        }
    }

    [FixedCount(-1)]
    public sealed class NegativeCount : User
    {
        [Task]
        public void Work()
        {
        }
    }

    public sealed class TransitionOutside : User
    {
        [Task]
        [Transition(nameof(Work))]
        public void Work()
        {
        }
    }

    [Theory]
    [InlineData(typeof(NoTasks), "TaskReaderTests.NoTasks has no tasks: mark a method with [Task].")]
    [InlineData(typeof(EmptySet), "TaskReaderTests.EmptySet.Nothing has no tasks: mark a method with [Task].")]
    [InlineData(typeof(ReturnsNumber), "TaskReaderTests.ReturnsNumber.Hello returns Int32: a task returns void, Task or ValueTask.")]
    [InlineData(typeof(TakesParameter), "TaskReaderTests.TakesParameter.Hello has parameters: a task is a method without parameters.")]
    [InlineData(typeof(IsGeneric), "TaskReaderTests.IsGeneric.Hello has parameters: a task is a method without parameters.")]
    [InlineData(typeof(IsStatic), "TaskReaderTests.IsStatic.Hello is static: a task is a method of a user.")]
    [InlineData(typeof(IsAsyncVoid), "TaskReaderTests.IsAsyncVoid.Hello is async void, so nobody can wait for it: return Task.")]
    [InlineData(typeof(MarksStart), "TaskReaderTests.MarksStart.OnStartAsync cannot be a task: the engine calls it once; put the task into a method of its own.")]
    [InlineData(typeof(ZeroWeight), "TaskReaderTests.ZeroWeight.Hello has the weight 0; a weight is a whole number from 1 to 1000000.")]
    [InlineData(typeof(TwiceTheSame), "TaskReaderTests.TwiceTheSame has two tasks named Elsewhere: rename one.")]
    [InlineData(typeof(NoSet), "String is no task set: derive it from TaskSet, SequentialTaskSet or MarkovTaskSet.")]
    [InlineData(typeof(AbstractSet), "TaskSet<TaskReaderTests.NoSet> cannot be a task: it is abstract.")]
    [InlineData(typeof(WrongUser), "TaskReaderTests.ForAssigned is for users of TaskReaderTests.Assigned, but is a task of TaskReaderTests.WrongUser.")]
    [InlineData(typeof(Recursive), "TaskReaderTests.Endless contains itself: a task set cannot be among its own tasks.")]
    [InlineData(typeof(NeedsArgument), "TaskReaderTests.NeedsArgument has no constructor without parameters: add one; use [Option] properties for what varies.")]
    [InlineData(typeof(NoWeight), "TaskReaderTests.NoWeight has the weight 0; a weight is a number above 0.")]
    [InlineData(typeof(NotANumber), "TaskReaderTests.NotANumber has the weight NaN; a weight is a number above 0.")]
    [InlineData(typeof(NegativeCount), "TaskReaderTests.NegativeCount has the fixed count -1; a count is a whole number from 0.")]
    [InlineData(typeof(TransitionOutside), "TaskReaderTests.TransitionOutside.Work has a [Transition], but its class is no MarkovTaskSet.")]
    public void Mistakes_are_named_in_one_line(Type type, string message) => Refused(type).ShouldBe(message);

    [Fact]
    public void An_overload_with_parameters_is_refused_too() => Refused(typeof(TwoOfAName)).ShouldContain("Work has parameters");

    [Fact]
    public void An_error_knows_its_place()
    {
        var error = Should.Throw<LoadTestException>(() => UserClass.Read(typeof(ZeroWeight)));

        Path.GetFileName(error.File).ShouldBe("TaskReaderTests.cs");
        error.Line.ShouldNotBeNull().ShouldBeGreaterThan(100);
    }
}
