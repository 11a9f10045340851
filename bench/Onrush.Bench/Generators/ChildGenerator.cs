using Onrush.Bench.Children;

namespace Onrush.Bench.Generators;

/// <summary>A generator that is this program again, as a child: the real engine, or an HttpClient loop.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Label">What it is, for the table.</param>
/// <param name="Command">What the child is told to be.</param>
/// <param name="Plan">What it does; address and number of users come with the load.</param>
internal sealed record ChildGenerator(string Name, string Label, string Command, ChildPlan Plan) : Generator(Name, Label)
{
    /// <summary>User classes for other ways of asking.</summary>
    public IReadOnlyDictionary<Ask, string> Users { get; init; } = new Dictionary<Ask, string>();

    /// <inheritdoc/>
    public override bool Can(Ask ask) => ask == Ask.Get || Users.ContainsKey(ask);

    /// <inheritdoc/>
    public override async Task<IRunningGenerator> StartAsync(Load load) => await Child.StartAsync(Command, Plan with
    {
        User = Users.GetValueOrDefault(load.Ask, Plan.User),
        Url = load.Url.ToString(),
        Path = load.Url.PathAndQuery,
        Users = load.Connections,
        Insecure = load.Url.Scheme == Uri.UriSchemeHttps,
    });
}
