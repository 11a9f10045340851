namespace Onrush.Bench.Generators;

/// <summary>A load generator to be compared.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Label">What it is, for the table.</param>
internal abstract record Generator(string Name, string Label)
{
    /// <summary>Whether it can make requests of that kind.</summary>
    public virtual bool Can(Ask ask) => ask == Ask.Get;

    /// <summary>Starts it and returns when it is in its stride.</summary>
    public abstract Task<IRunningGenerator> StartAsync(Load load);
}

/// <summary>What a generator is to do.</summary>
/// <param name="Url">Address to ask.</param>
/// <param name="Connections">Connections, each with one request at a time.</param>
/// <param name="Seconds">How long the measurement takes at most; a program that ends by itself must last as long.</param>
/// <param name="Ask">How each request is made.</param>
internal sealed record Load(Uri Url, int Connections, int Seconds, Ask Ask = Ask.Get)
{
    /// <summary>The body of <see cref="Ask.PostJson"/>.</summary>
    public static string Json { get; } = $$"""{"name":"hello","text":"{{new string('x', 477)}}"}""";
}

/// <summary>How a request is made.</summary>
internal enum Ask
{
    /// <summary>GET on a connection that stays.</summary>
    Get,

    /// <summary>POST with a body of JSON on a connection that stays.</summary>
    PostJson,

    /// <summary>GET on a connection of its own.</summary>
    ConnectEachTime,
}

/// <summary>A generator at work.</summary>
internal interface IRunningGenerator : IAsyncDisposable
{
    /// <summary>The process whose CPU time counts.</summary>
    int ProcessId { get; }

    /// <summary>Lets it end and returns what it says itself.</summary>
    Task<GeneratorEnd> EndAsync();
}

/// <summary>What a generator says at its end.</summary>
/// <param name="Problem">Why its figures do not count; null when they do.</param>
/// <param name="AllocatedPerRequest">Bytes allocated per request; null where the generator cannot tell.</param>
internal sealed record GeneratorEnd(string? Problem, double? AllocatedPerRequest = null);
