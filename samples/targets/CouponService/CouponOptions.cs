using System.Globalization;
using System.Net;

namespace CouponService;

/// <summary>What 200 means, and how carefully it is said.</summary>
internal enum IssueMode
{
    /// <summary>Decided and kept before the answer: never more than there are, never two for one user.</summary>
    Atomic,

    /// <summary>Looks, waits a little, then writes, as code does that was tested by one person.</summary>
    Naive,

    /// <summary>200 says that the request was noted; what becomes of it is decided later.</summary>
    Async,
}

/// <summary>The switches of the service, read once.</summary>
internal sealed record CouponOptions
{
    /// <summary>Address to listen on.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>file, memory, postgres or redis.</summary>
    public string Store { get; init; } = "file";

    /// <summary>File of the store of that name.</summary>
    public string File { get; init; } = "coupons.journal";

    /// <summary>Connection string of the PostgreSQL store.</summary>
    public string Postgres { get; init; } = "Host=127.0.0.1;Username=postgres;Database=postgres";

    /// <summary>host:port of the Redis store.</summary>
    public string Redis { get; init; } = "127.0.0.1:6379";

    /// <inheritdoc cref="IssueMode"/>
    public IssueMode Mode { get; init; } = IssueMode.Atomic;

    /// <summary>Coupons of event 1, when the store has none yet.</summary>
    public long Quantity { get; init; } = 1000;

    /// <summary>Between looking and writing in the mode naive, in milliseconds.</summary>
    public int NaiveGap { get; init; } = 5;

    /// <summary>Requests that are worked on at once; more wait. 0 is no limit.</summary>
    public int Threads { get; init; }

    /// <summary>Requests that may wait for a thread; more are answered with 503. 0 is no limit.</summary>
    public int MaxQueue { get; init; }

    /// <summary>Calls of the store that go on at once. 0 leaves it to the store.</summary>
    public int DbPool { get; init; }

    /// <summary>How long a request waits for the pool before it is answered with 500, in milliseconds.</summary>
    public int DbPoolWait { get; init; } = 10_000;

    /// <summary>Work in each request while it has a thread, in milliseconds.</summary>
    public int Delay { get; init; }

    /// <summary>Work in each call of the store while it has its place in the pool, in milliseconds.</summary>
    public int DbDelay { get; init; }

    /// <summary>Connections that are served at once; more stay in the accept queue. 0 is no limit.</summary>
    public int MaxConnections { get; init; }

    /// <summary>Length of the accept queue.</summary>
    public int AcceptCount { get; init; } = 4096;

    /// <summary>A lock that every request takes for so long, in milliseconds; those that wait make it longer.</summary>
    public int Convoy { get; init; }

    /// <summary>Bytes that every request leaves behind for good.</summary>
    public int Leak { get; init; }

    /// <summary>What each thing that was left behind adds to every later request, in microseconds.</summary>
    public int LeakSlows { get; init; } = 20;

    /// <summary>The service stands still each time so many milliseconds have passed. 0 never.</summary>
    public int PauseEvery { get; init; }

    /// <summary>How long it stands still, in milliseconds.</summary>
    public int Pause { get; init; } = 1000;

    /// <summary>One line for each switch.</summary>
    public const string Usage = """
        usage: CouponService [--bind ADDRESS] [--port N] [--store file|memory|postgres|redis] [--mode atomic|naive|async]
          --bind, --port        where to listen; 127.0.0.1 and 8080; port 0 takes a free one
          --store               where coupons are kept: file (default), memory, postgres, redis
          --file, --postgres, --redis   file name, connection string, host:port of the store
          --mode                atomic: decided before the answer; naive: looks, then writes; async: 200 before the decision
          --quantity            coupons of event 1 (1000), when the store has none yet
          --naive-gap-ms        between looking and writing in the mode naive (5)
          --threads             requests worked on at once; more wait
          --max-queue           requests that may wait for a thread; more get 503
          --db-pool             calls of the store at once; --db-pool-wait-ms (10000) later 500
          --delay-ms, --db-delay-ms   work in each request, and in each call of the store
          --max-connections     connections served at once; more stay in the accept queue
          --accept-count        length of the accept queue (4096)
          --convoy-ms           a lock that every request holds so long; those that wait make it longer
          --leak-bytes          what every request leaves behind; --leak-slows-us (20) is what each piece adds to later ones
          --pause-every-ms, --pause-ms   the service stands still for a while (1000) every so often
        """;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One of them is wrong; the message says which.</exception>
    public static CouponOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CouponOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count)
                throw new ArgumentException($"{args[i]} needs a value, or is no switch");
            options = options.With(args[i], args[i + 1]);
        }
        return options;
    }

    private CouponOptions With(string name, string value)
    {
        return name switch
        {
            "--bind" => this with { Bind = IPAddress.TryParse(value, out var address) ? address : throw Wrong("is no address") },
            "--port" => this with { Port = Number(65535) },
            "--store" => this with { Store = value is "file" or "memory" or "postgres" or "redis" ? value : throw Wrong("is no store") },
            "--file" => this with { File = value },
            "--postgres" => this with { Postgres = value },
            "--redis" => this with { Redis = value },
            "--mode" => this with
            {
                Mode = value switch
                {
                    "atomic" => IssueMode.Atomic,
                    "naive" => IssueMode.Naive,
                    "async" => IssueMode.Async,
                    _ => throw Wrong("is no mode"),
                },
            },
            "--quantity" => this with { Quantity = Number(1_000_000_000) },
            "--naive-gap-ms" => this with { NaiveGap = Number() },
            "--threads" => this with { Threads = Number() },
            "--max-queue" => this with { MaxQueue = Number() },
            "--db-pool" => this with { DbPool = Number() },
            "--db-pool-wait-ms" => this with { DbPoolWait = Number() },
            "--delay-ms" => this with { Delay = Number() },
            "--db-delay-ms" => this with { DbDelay = Number() },
            "--max-connections" => this with { MaxConnections = Number() },
            "--accept-count" => this with { AcceptCount = Number() },
            "--convoy-ms" => this with { Convoy = Number() },
            "--leak-bytes" => this with { Leak = Number() },
            "--leak-slows-us" => this with { LeakSlows = Number() },
            "--pause-every-ms" => this with { PauseEvery = Number() },
            "--pause-ms" => this with { Pause = Number() },
            _ => throw new ArgumentException($"there is no switch {name}"),
        };

        int Number(int largest = 10_000_000) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest
                ? number
                : throw Wrong($"is no whole number from 0 to {largest}");

        ArgumentException Wrong(string how) => new($"{name}: {value} {how}");
    }
}
