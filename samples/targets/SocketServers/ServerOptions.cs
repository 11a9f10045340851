using System.Globalization;

namespace SocketServers;

/// <summary>The switches.</summary>
/// <param name="Kind">single, process, thread or async.</param>
internal sealed record ServerOptions(string Kind)
{
    public const string Usage = """
        usage: SocketServers single|process|thread|async [--port N] [--work-ms N] [--backlog N] [--content-length on|off] [--workers N] [--print on|off]
          single          one connection after the other
          process         a few processes that were started before and share the listening socket, each as single
          thread          a thread for each connection
          async           no thread waits for a connection
          --port          8890; 0 takes a free one
          --work-ms       how long each answer waits for something else, such as a database (0)
          --backlog       length of the accept queue (128)
          --content-length   off (default): the end of the connection ends the answer
          --workers       processes of the kind process (4)
          --print         write a line for each request (off)
        """;

    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; } = 8890;

    /// <summary>How long each answer waits, in milliseconds.</summary>
    public int Work { get; init; }

    /// <summary>Length of the accept queue.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>Whether the answer says how long it is.</summary>
    public bool ContentLength { get; init; }

    /// <summary>Processes of the process server.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>Whether a line is written for each request.</summary>
    public bool Print { get; init; }

    /// <summary>The listening socket that a worker got from its parent.</summary>
    public int? InheritedListener { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is wrong; without a message when help was asked for.</exception>
    public static ServerOptions Parse(IReadOnlyList<string> args)
    {
        if (args is not ["single" or "process" or "thread" or "async", ..])
            throw new ArgumentException("");
        var options = new ServerOptions(args[0]);
        for (var i = 1; i < args.Count; i += 2)
            options = options.With(args[i], i + 1 < args.Count ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value, or is no switch"));
        return options;
    }

    /// <summary>The arguments of a worker that shares the listening socket.</summary>
    public IEnumerable<string> ForWorker(int handle) =>
        [Kind, "--work-ms", Text(Work), "--content-length", ContentLength ? "on" : "off", "--print", Print ? "on" : "off", "--inherited-listener", Text(handle)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private ServerOptions With(string name, string value)
    {
        return name switch
        {
            "--port" => this with { Port = Number(65535) },
            "--work-ms" => this with { Work = Number(60_000) },
            "--backlog" => this with { Backlog = Number(65535) },
            "--workers" => this with { Workers = Number(256) },
            "--inherited-listener" => this with { InheritedListener = Number(int.MaxValue) },
            "--content-length" => this with { ContentLength = Flag() },
            "--print" => this with { Print = Flag() },
            _ => throw new ArgumentException($"there is no switch {name}"),
        };

        int Number(int largest) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest
            ? number
            : throw new ArgumentException($"{name}: {value} is no whole number from 0 to {largest}");

        bool Flag() => value switch
        {
            "on" => true,
            "off" => false,
            _ => throw new ArgumentException($"{name}: {value} is neither on nor off"),
        };
    }
}
