using Onrush.Bench.Children;

namespace Onrush.Bench.Generators;

/// <summary>A generator that is this program again, as a child: the real engine, or an HttpClient loop.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Label">What it is, for the table.</param>
/// <param name="Command">What the child is told to be.</param>
/// <param name="Plan">What it does; address and number of users come with the load.</param>
internal sealed record ChildGenerator(string Name, string Label, string Command, ChildPlan Plan) : Generator(Name, Label)
{
    /// <inheritdoc/>
    public override async Task<IRunningGenerator> StartAsync(Load load) =>
        await Child.StartAsync(Command, Plan with { Url = load.Url.ToString(), Users = load.Connections, Insecure = load.Url.Scheme == Uri.UriSchemeHttps });
}
