using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Tests.Scenarios.Configuring;

public sealed class EntryMethodTests
{
    public abstract class Base : User
    {
        public List<string> Calls { get; } = [];

        [Task]
        public void Other() => Calls.Add("Other");

        public virtual Task Inherited()
        {
            Calls.Add("Base.Inherited");
            return Task.CompletedTask;
        }
    }

    public sealed class Caller : Base
    {
        public Caller() => Constructed++;

        public static int Constructed { get; private set; }

        public void Nothing() => Calls.Add("Nothing");

        public Task ATask()
        {
            Calls.Add("ATask");
            return Task.CompletedTask;
        }

        public Task<int> ATaskWithResult()
        {
            Calls.Add("ATaskWithResult");
            return Task.FromResult(1);
        }

        public ValueTask AValueTask()
        {
            Calls.Add("AValueTask");
            return default;
        }

        public async ValueTask AnAsyncMethod()
        {
            await Task.Yield();
            Calls.Add("AnAsyncMethod");
        }

        public override Task Inherited()
        {
            Calls.Add("Caller.Inherited");
            return Task.CompletedTask;
        }

        internal ValueTask Internal()
        {
            Calls.Add("Internal");
            return default;
        }
    }

    public static TheoryData<string, Func<Caller, Delegate>> Entries => new()
    {
        { "Nothing", user => user.Nothing },
        { "ATask", user => user.ATask },
        { "ATaskWithResult", user => user.ATaskWithResult },
        { "AValueTask", user => user.AValueTask },
        { "AnAsyncMethod", user => user.AnAsyncMethod },
        { "Caller.Inherited", user => user.Inherited },
        { "Internal", user => user.Internal },
    };

    [Theory]
    [MemberData(nameof(Entries), DisableDiscoveryEnumeration = true)]
    public async Task A_method_of_any_form_is_called_on_the_user_that_iterates(string name, Func<Caller, Delegate> entry)
    {
        var node = Bind(entry);
        var user = new Caller();

        await node.Body!.InvokeAsync(user);
        await node.Body.InvokeAsync(user);

        user.Calls.ShouldBe([name, name]);
        node.Path.ShouldBe(name.Split('.')[^1]);
    }

    [Fact]
    public void Asking_for_the_method_constructs_no_user()
    {
        var before = Caller.Constructed;

        Bind(user => user.ATask);

        Caller.Constructed.ShouldBe(before);
    }

    private static TaskNode Bind(Func<Caller, Delegate> entry) =>
        EntryMethod.Of(entry).Bind(new ScenarioDraft("peak", typeof(Caller), Executor.ConstantUsers(1, "1s"), new SourcePlace("x.cs", 1)));
}
