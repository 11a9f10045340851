using System.Globalization;
using System.Text;
using System.Text.Json;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush runs: lists the runs that were kept, newest first.</summary>
internal sealed class RunsCommand() : KeptRunCommand("runs", "lists the runs that were kept, newest first.", "[options]")
{
    /// <summary>For programs.</summary>
    public static readonly CommandOption<bool> Json = new("json", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = "How", CommandLineOnly = true,
        Help = "As JSON, for programs.",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Json];

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        IEnumerable<RunListing> runs = store.List().Select(run => RunListing.Read(store, run));
        host.Output.Write(values.Get(Json) ? AsJson(runs) : AsTable([.. runs], host.Width));
        host.Output.Flush();
        return Task.FromResult(ExitCodes.Success);
    }

    /// <summary>The list for people.</summary>
    internal static string AsTable(IReadOnlyList<RunListing> runs, int width)
    {
        if (runs.Count == 0)
            return "No runs are kept here. Every run is, unless --no-journal is given.\n";
        TextTable table = new(
            new("Id", Right: false), new("Started", Right: false), new("Load test", Right: false, Flexible: true), new("Length"), new("Users"),
            new("Requests"), new("Failures"), new("p95 ms"), new("Verdict", Right: false, Flexible: true));
        foreach (RunListing run in runs)
        {
            table.Add(
                run.Run.Id,
                run.Run.Created.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                run.Plan?.LoadTest is { Length: > 0 } loadTest ? loadTest : run.Run.Name,
                run.Figures is { } figures ? Numbers.Clock(TimeSpan.FromSeconds(Math.Clamp(figures.Seconds, 0, 1e9))) : "-",
                run.Figures is { Users: var users } ? Numbers.Count(users) : "-",
                run.Figures is { Requests: var requests } ? Numbers.Count(requests) : "-",
                run.Figures is { Failures: var failures } ? Numbers.Count(failures) : "-",
                run.Figures is { P95Ms: var p95 } ? Numbers.Ms(p95) : "-",
                VerdictOf(run));
        }

        StringBuilder text = new();
        table.Write(text, width);
        return text.ToString();
    }

    /// <summary>The list for programs.</summary>
    internal static string AsJson(IEnumerable<RunListing> runs)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (RunListing run in runs)
                Write(json, run);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, RunListing run)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Run.Id);
        json.WriteString("started", run.Run.Created.UtcDateTime);
        json.WriteString("loadTest", run.Plan?.LoadTest ?? run.Run.Name);
        json.WriteString("host", run.Plan?.Host);
        json.WriteString("place", run.Run.Place);
        json.WriteNumber("bytes", run.Run.Bytes);
        json.WriteString("state", StateOf(run));
        if (run.Figures is { } figures)
        {
            json.WriteNumber("seconds", figures.Seconds);
            json.WriteNumber("users", figures.Users);
            json.WriteNumber("requests", figures.Requests);
            json.WriteNumber("failures", figures.Failures);
            json.WriteNumber("p95Ms", figures.P95Ms);
        }

        if (run.Verdict is { } verdict)
        {
            json.WriteNumber("exitCode", verdict.ExitCode);
            json.WriteString("verdict", verdict.Text);
        }

        if (run.Problem is { } problem)
            json.WriteString("problem", problem);
        json.WriteEndObject();
    }

    private static string VerdictOf(RunListing run) => run switch
    {
        { Problem: { } problem } => $"unreadable: {problem}",
        { Verdict: { } verdict } => verdict.Text,
        _ => StateOf(run),
    };

    private static string StateOf(RunListing run) => run switch
    {
        { Run.IsRunning: true } => "running",
        { Problem: not null } => "unreadable",
        { Verdict: null } => "unfinished",
        { Verdict.Passed: true } => "passed",
        _ => "failed",
    };
}
