using Onrush.Measurement;

namespace Onrush.Runs.Tests.Analysis;

/// <summary>What a made-up run is like: its load, its target, its generator. The defaults are a healthy target with room to spare.</summary>
internal sealed record Scene
{
    public int Users { get; init; } = 50;

    public double SpawnRate { get; init; } = 25;

    public int Seconds { get; init; } = 40;

    /// <summary>Shortest and longest wait after each iteration, in seconds.</summary>
    public (double From, double To) Wait { get; init; } = (0.2, 0.6);

    /// <summary>Iterations per second on a schedule; 0 leaves it to the users. <see cref="Users"/> is then the most there may be.</summary>
    public double ArrivalRate { get; init; }

    /// <summary>Typical time that the target works on a request, in milliseconds, at an instant in seconds.</summary>
    public Func<double, Random, double> ServiceMs { get; init; } = (_, _) => 20;

    /// <summary>Spread of that from request to request, in logarithms.</summary>
    public double Spread { get; init; } = 0.3;

    /// <summary>Requests that the target works on at a time.</summary>
    public int Width { get; init; } = int.MaxValue;

    /// <summary>How much longer everything takes for each request that waits, as a share.</summary>
    public double Convoy { get; init; }

    /// <summary>Connections that are served; others hang.</summary>
    public int Connections { get; init; } = int.MaxValue;

    /// <summary>Whether connections past the limit are reset at once instead.</summary>
    public bool TurnsAway { get; init; }

    /// <summary>Time after which a user gives up on connecting where <see cref="Connections"/> are all taken, in seconds; then it waits and tries again.</summary>
    public double ConnectTimeout { get; init; } = double.PositiveInfinity;

    /// <summary>Whether each request connects anew.</summary>
    public bool ConnectEachTime { get; init; }

    public double ConnectMs { get; init; } = 0.1;

    public double TlsMs { get; init; }

    /// <summary>Requests that may wait in the target before further connects are dropped, to be repeated after 1, 3 and 7 s.</summary>
    public int Backlog { get; init; } = int.MaxValue;

    /// <summary>Whether the target stands still at an instant in seconds.</summary>
    public Func<double, bool> Frozen { get; init; } = _ => false;

    /// <summary>How a request that begins at an instant, in seconds, fails without being worked on, and after how many milliseconds.</summary>
    public Func<double, Random, (Outcome Outcome, double Ms)?> Fails { get; init; } = (_, _) => null;

    /// <summary>Status of good responses.</summary>
    public Func<Random, short> Status { get; init; } = _ => 200;

    /// <summary>Time after which a user gives up on a request, in seconds.</summary>
    public double Timeout { get; init; } = 60;

    /// <summary>Busy share of the generator at an instant in seconds.</summary>
    public Func<double, double> Busy { get; init; } = _ => 0.1;

    public int Workers { get; init; } = 1;

    /// <summary>How much longer requests of the last worker take.</summary>
    public double LastWorker { get; init; } = 1;

    /// <summary>Names of the endpoints, and how much longer each takes.</summary>
    public (string Name, double Factor)[] Endpoints { get; init; } = [("/hello", 1)];

    public IReadOnlyList<RuleRow> Rules { get; init; } = [];
}
