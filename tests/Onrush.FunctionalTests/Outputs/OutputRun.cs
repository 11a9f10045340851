using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>A run whose names, checks, metrics and failures are as awkward as they get, sent to some outputs.</summary>
internal static class OutputRun
{
    /// <summary>Request names with everything that some protocol takes for its own.</summary>
    public static readonly IReadOnlyList<string> Names = ["쿠폰 발급", "a, b=c", "say \"hi\"", "back\\slash\\", "tab\there", "#hash {x}|y:z", "100%/[id]?q=1&r=2"];

    /// <summary>The load test.</summary>
    public static readonly string Source = $$"""
        using Onrush;
        using Onrush.Measurement;

        public sealed class AwkwardUser : FastHttpUser
        {
            private static readonly string[] Names = [{{string.Join(", ", Names.Select(name => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(name, true)))}}];
            private static readonly Counter Orders = new("orders_placed");
            private static readonly Gauge Queue = new("queue_length");
            private static readonly Rate Hits = new("cache_hits");
            private static readonly Trend Rendering = new("rendering_time", MetricUnit.Milliseconds);
            private int _turn;

            protected override WaitTime WaitTime => WaitTime.Constant(0.02);

            [Task(9)]
            public async Task Named()
            {
                using var response = await Client.GetAsync("/named", name: Names[_turn++ % Names.Length]);
                Check("답이 왔다, ok", response.StatusCode == 200);
                Orders.Add();
                Queue.Set(_turn);
                Hits.Add(_turn % 2 == 0);
                Rendering.Add(_turn % 50);
            }

            [Task]
            public async Task Failing()
            {
                using (Group("gr oup"))
                using (var response = await Client.GetAsync("/failing", catchResponse: true))
                    response.Failure("not \"this\" time, 안 돼");
            }
        }
        """;

    /// <summary>How long a command may take here.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Carries it out.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="target">Against what.</param>
    /// <param name="more">Further arguments, the outputs among them.</param>
    public static Task<Finished> RunAsync(TemporaryFolder folder, CountingServer target, params IEnumerable<string> more) =>
        OnrushCommand.RunAsync(folder, Arguments(folder, target, more), limit: Patience);

    /// <summary>The arguments of it.</summary>
    public static IEnumerable<string> Arguments(TemporaryFolder folder, CountingServer target, params IEnumerable<string> more) =>
    [
        "-f", folder.Write("awkward.cs", Source), "-H", $"http://localhost:{target.Port}", "--headless", "-u", "10", "-r", "100", "-t", "4s",
        "--exit-code-on-error", "0", "--require-outputs", .. more,
    ];
}
