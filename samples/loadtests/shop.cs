// A shop with three ways to visit it: a group of tasks, an order of steps, and a walk that is drawn.
//   onrush -f samples/loadtests/shop.cs -H http://127.0.0.1:8080 --headless -u 20 -r 10 -t 20s
//   onrush -f samples/loadtests/shop.cs --show-task-ratio
using Onrush;

public sealed class ShopUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Between(0.5, 2);

    [Task(5)]
    public async Task Home() => await Client.GetAsync("/");

    // A group: the user stays in it until one of its tasks interrupts it.
    [Task(2)]
    public sealed class Browse : TaskSet<ShopUser>
    {
        [Task(4)]
        public async Task Look() => await User.Client.GetAsync($"/items/{Random.Next(1000)}", name: "/items/[id]");

        [Task]
        public void Leave() => Interrupt();
    }

    // An order of steps, from the first to the last.
    [Task]
    public sealed class Buy : SequentialTaskSet<ShopUser>
    {
        [Task]
        public async Task PutInCart() => await User.Client.PostAsync("/cart", json: new { item = 7, count = 1 });

        [Task]
        public async Task Pay() => await User.Client.PostAsync("/payment");

        [Task]
        public void Leave() => Interrupt();
    }

    // A walk: each task names what may follow, with weights.
    [Task]
    public sealed class Search : MarkovTaskSet<ShopUser>
    {
        [Transition(nameof(Open), 3)]
        [Transition(nameof(GiveUp))]
        public async Task Query() => await User.Client.GetAsync("/search", query: [("q", "shoes")], name: "/search");

        [Transition(nameof(Query), 2)]
        [Transition(nameof(GiveUp))]
        public async Task Open() => await User.Client.GetAsync("/items/7", name: "/items/[id]");

        [Transition(nameof(Query))]
        public void GiveUp() => Interrupt();
    }
}
