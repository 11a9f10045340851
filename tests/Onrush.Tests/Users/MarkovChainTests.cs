using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class MarkovChainTests
{
    [Tasks(typeof(Chain))]
    public sealed class MissingTarget : User
    {
        public sealed class Chain : MarkovTaskSet
        {
            [Transition("Serch")]
            public void Home()
            {
            }

            [Transition(nameof(Home))]
            public void Search()
            {
            }
        }
    }

    [Tasks(typeof(Chain))]
    public sealed class LeadsNowhere : User
    {
        public sealed class Chain : MarkovTaskSet
        {
            [Transition(nameof(End))]
            public void Home()
            {
            }

            [Task]
            public void End()
            {
            }
        }
    }

    [Tasks(typeof(Chain))]
    public sealed class Unreachable : User
    {
        public sealed class Chain : MarkovTaskSet
        {
            [Transition(nameof(Home))]
            public void Home()
            {
            }

            [Transition(nameof(Home))]
            public void Island()
            {
            }
        }
    }

    [Tasks(typeof(Chain))]
    public sealed class BadTransitionWeight : User
    {
        public sealed class Chain : MarkovTaskSet
        {
            [Transition(nameof(Home), 0)]
            public void Home()
            {
            }
        }
    }

    [Tasks(typeof(Chain))]
    public sealed class TaggedState : User
    {
        public sealed class Chain : MarkovTaskSet
        {
            [Transition(nameof(Home)), Tag("x")]
            public void Home()
            {
            }
        }
    }

    [Tasks(typeof(Chain))]
    public sealed class WeightedState : User
    {
        public sealed class Chain : MarkovTaskSet
        {
            [Task(2), Transition(nameof(Home))]
            public void Home()
            {
            }
        }
    }

    [Tasks(typeof(Chain))]
    public sealed class TwoWaysToOne : User
    {
        public sealed class Chain : MarkovTaskSet
        {
            [Transition(nameof(Home))]
            [Transition(nameof(Home), 2)]
            public void Home()
            {
            }
        }
    }

    [Tasks(typeof(Chain))]
    public sealed class EmptyChain : User
    {
        public sealed class Chain : MarkovTaskSet;
    }

    [Theory]
    [InlineData(typeof(MissingTarget), "MissingTarget.Chain.Home leads to Serch, which is no task with transitions of this set; did you mean Search?")]
    [InlineData(typeof(LeadsNowhere), "LeadsNowhere.Chain.End leads nowhere: give it a [Transition(nameof(...))], or call Interrupt() in a task that has one.")]
    [InlineData(typeof(Unreachable), "Unreachable.Chain.Island can never run: no way leads to it from Home, where the chain starts; add a [Transition] to it or remove it.")]
    [InlineData(typeof(BadTransitionWeight), "BadTransitionWeight.Chain.Home: the transition to Home has the weight 0; a weight is a whole number from 1.")]
    [InlineData(typeof(TaggedState), "TaggedState.Chain.Home has a tag, but the tasks of a MarkovTaskSet cannot be chosen one by one: tag the whole set.")]
    [InlineData(typeof(WeightedState), "WeightedState.Chain.Home has the weight 2, but in a MarkovTaskSet the transitions have the weights.")]
    [InlineData(typeof(TwoWaysToOne), "TwoWaysToOne.Chain.Home has two transitions to Home: keep one and give it a weight.")]
    [InlineData(typeof(EmptyChain), "EmptyChain.Chain has no tasks: mark a method with [Transition(nameof(...))].")]
    public void Broken_chains_are_named_in_one_line(Type type, string message) =>
        Should.Throw<LoadTestException>(() => UserClass.Read(type)).Message.ShouldBe($"MarkovChainTests.{message}");
}
