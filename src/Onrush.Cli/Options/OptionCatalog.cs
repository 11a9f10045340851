using System.Net;
using Onrush.Cli.Logging;
using Onrush.Cli.Terminal.Summaries;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Profiles;
using Onrush.Scenarios;

namespace Onrush.Cli.Options;

/// <summary>Every option of the command, once.</summary>
internal static class OptionCatalog
{
    private const string LoadTest = "Load test", Load = "Load", Choosing = "Choosing what runs", Showing = "Showing instead of running",
        Judging = "Judging the run", Output = "Output", Keeping = "Keeping runs", Generator = "Generator", Other = "Other";

    private const int MostUsers = 10_000_000;

    public static readonly CommandOption<IReadOnlyList<string>> File = new("file", ValueReader.Texts)
    {
        Short = 'f', Arity = OptionArity.Many, Group = LoadTest, Argument = "FILE", Default = ["loadtest.cs"], DefaultText = "loadtest.cs",
        Help = "The load test: a .cs file (several: repeat it or use commas), a folder with .cs files, a .csproj or a compiled .dll.",
    };

    public static readonly CommandOption<string> Host = new("host", ValueReader.Host)
    {
        Short = 'H', Group = LoadTest, Argument = "URL",
        Help = "What stands in front of every relative path, for instance http://127.0.0.1:8080. Wins over the host in the file.",
    };

    public static readonly CommandOption<bool> Headless = new("headless", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = LoadTest,
        Help = "Start at once and report in this terminal, without a page.",
    };

    public static readonly CommandOption<int> Users = new("users", ValueReader.Int(1, MostUsers))
    {
        Short = 'u', Group = Load, Argument = "N", Default = 1, DefaultText = "1",
        Help = "Peak number of concurrent users.",
    };

    public static readonly CommandOption<double> SpawnRate = new("spawn-rate", ValueReader.PositiveNumber(1_000_000))
    {
        Short = 'r', Group = Load, Argument = "R", Default = 1, DefaultText = "1",
        Help = "Users started per second, spread evenly inside each second; 0.5 starts one every two seconds.",
    };

    public static readonly CommandOption<LoadProfile?> Profile = new("profile", ReadProfile)
    {
        Group = Load, Argument = "PROFILE", DefaultText = "users and spawn rate",
        Help = "A usual course of the load: breakpoint:users=5000, stress:users=1000,steps=5, spike:users=1000 or soak:users=200,time=2h. In place of -u and -r.",
    };

    public static readonly CommandOption<TimeSpan?> RunTime = new("run-time", Optional(ValueReader.Length(zero: false)))
    {
        Short = 't', Group = Load, Argument = "TIME", DefaultText = "until it is stopped",
        Help = "Length of the run, ramp included: 20 (seconds), 20s, 3m, 2h, 1h20m.",
    };

    public static readonly CommandOption<TimeSpan> StopTimeout = new("stop-timeout", ValueReader.Length(zero: true))
    {
        Short = 's', Group = Load, Argument = "TIME", DefaultText = "0",
        Help = "How long tasks that are running at the end may go on before they are cut.",
    };

    public static readonly CommandOption<IReadOnlyList<string>> UserClasses = new("user-classes", ValueReader.Texts)
    {
        Arity = OptionArity.Many, Group = Choosing, Argument = "CLASS ...", Positional = true, Default = [], DefaultText = "all",
        Help = "Names of the user classes to run.",
    };

    public static readonly CommandOption<IReadOnlyList<string>> Tags = new("tags", ValueReader.Texts)
    {
        Short = 'T', Arity = OptionArity.Greedy, Group = Choosing, Argument = "TAG ...", Default = [],
        Help = "Run only tasks that carry one of these tags.",
    };

    public static readonly CommandOption<IReadOnlyList<string>> ExcludeTags = new("exclude-tags", ValueReader.Texts)
    {
        Short = 'E', Arity = OptionArity.Greedy, Group = Choosing, Argument = "TAG ...", Default = [],
        Help = "Leave out tasks that carry one of these tags; wins over --tags.",
    };

    public static readonly CommandOption<bool> List = new("list", ValueReader.Flag)
    {
        Short = 'l', Arity = OptionArity.Flag, Group = Showing, CommandLineOnly = true,
        Help = "List the user classes of the load test.",
    };

    public static readonly CommandOption<bool> ShowTaskRatio = new("show-task-ratio", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Showing, CommandLineOnly = true,
        Help = "Show what share of the work each task is.",
    };

    public static readonly CommandOption<bool> ShowTaskRatioJson = new("show-task-ratio-json", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Showing, CommandLineOnly = true,
        Help = "The same as JSON.",
    };

    public static readonly CommandOption<bool> OnlySummary = new("only-summary", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Output,
        Help = "Print nothing while the test runs, only the tables at the end.",
    };

    public static readonly CommandOption<IReadOnlyList<ThresholdText>> Threshold = new("threshold", ThresholdReader.Read)
    {
        Arity = OptionArity.Many, Group = Judging, Argument = "RULE", Default = [],
        Help = "What must hold for the run to be good: 'http_req_duration{name:/hello}: p(95)<500', with 'abort' or 'abort after 10s' behind it to end the "
            + "run as soon as it is broken. Repeat it for more; they come on top of those of the file.",
    };

    public static readonly CommandOption<bool> RequireHonest = new("require-honest", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Judging,
        Help = "Fail with exit code 97 when the generator itself was the limit in some second.",
    };

    public static readonly CommandOption<int> ExitCodeOnError = new("exit-code-on-error", ValueReader.Int(0, 255))
    {
        Group = Judging, Argument = "CODE", Default = ExitCodes.Failed, DefaultText = "1",
        Help = "Exit code of a run with failed requests or exceptions that no threshold judges.",
    };

    public static readonly CommandOption<SummaryStyle> Summary = new("summary", ValueReader.Choice(
        ("onrush", SummaryStyle.Onrush), ("k6", SummaryStyle.K6), ("locust", SummaryStyle.Locust)))
    {
        Group = Output, Argument = "STYLE", DefaultText = "onrush",
        Help = "What is printed at the end: onrush, k6 or locust.",
    };

    public static readonly CommandOption<bool> SummaryFull = new("summary-full", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Output,
        Help = "With --summary k6: all metrics, and a section for each group and scenario.",
    };

    public static readonly CommandOption<IReadOnlyList<TrendStat>> SummaryTrendStats = new("summary-trend-stats", TrendStat.Read)
    {
        Arity = OptionArity.Many, Group = Output, Argument = "S", Default = TrendStat.Default, DefaultText = "avg,min,med,max,p(90),p(95)",
        Help = "With --summary k6: the columns of times, of avg, min, med, max, count and p(N).",
    };

    public static readonly CommandOption<TimeUnit> SummaryTimeUnit = new("summary-time-unit", ValueReader.Choice(
        ("auto", TimeUnit.Auto), ("s", TimeUnit.Seconds), ("ms", TimeUnit.Milliseconds), ("us", TimeUnit.Microseconds)))
    {
        Group = Output, Argument = "U", DefaultText = "auto",
        Help = "With --summary k6: the unit of times: s, ms, us, or auto for what fits each.",
    };

    public static readonly CommandOption<LogLevel> LogLevel = new("loglevel", ValueReader.Choice(
        ("debug", Logging.LogLevel.Debug), ("info", Logging.LogLevel.Info), ("warning", Logging.LogLevel.Warning),
        ("error", Logging.LogLevel.Error), ("off", Logging.LogLevel.Off)))
    {
        Short = 'L', Group = Output, Argument = "LEVEL", Default = Logging.LogLevel.Info, DefaultText = "info",
        Help = "What is logged: debug, info, warning, error or off.",
    };

    public static readonly CommandOption<string> LogFile = new("logfile", ValueReader.Text)
    {
        Group = Output, Argument = "FILE", DefaultText = "standard error",
        Help = "Where the log goes; a file is appended to.",
    };

    public static readonly CommandOption<bool> Verbose = new("verbose", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Output,
        Help = "Show stack traces of errors and the compiler's warnings.",
    };

    public static readonly CommandOption<string> RunDir = new("run-dir", ValueReader.Text)
    {
        Group = Keeping, Argument = "DIR", Default = ".onrush/runs", DefaultText = ".onrush/runs",
        Help = "Where runs are kept: a folder each, with the journal from which 'onrush report' makes everything.",
    };

    public static readonly CommandOption<string> Store = new("store", Commands.Kept.RunPlace.ReadStore)
    {
        Group = Keeping, Argument = "URL", DefaultText = "the folders of --run-dir",
        Help = "Keep runs in a PostgreSQL database that a team shares: postgres://user@host:5432/database. The password may stand in PGPASSWORD or ~/.pgpass.",
    };

    public static readonly CommandOption<bool> NoJournal = new("no-journal", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Keeping,
        Help = "Do not keep this run.",
    };

    public static readonly CommandOption<int?> Keep = new("keep", Optional(ValueReader.Int(1, 1_000_000)))
    {
        Group = Keeping, Argument = "N", DefaultText = "all",
        Help = "Delete all but the newest N runs when this one starts; never one that goes on.",
    };

    public static readonly CommandOption<JournalSync> JournalSync = new("journal-sync", ValueReader.Choice(
        ("never", Runs.Journal.JournalSync.Never), ("second", Runs.Journal.JournalSync.Second), ("frame", Runs.Journal.JournalSync.Frame)))
    {
        Group = Keeping, Argument = "WHEN", DefaultText = "never",
        Help = "When the journal is forced to the disk, so that it survives a crash of the machine: never (at the end), second or frame.",
    };

    public static readonly CommandOption<long?> Seed = new("seed", Optional(ValueReader.Whole(long.MinValue, long.MaxValue)))
    {
        Group = Generator, Argument = "N", DefaultText = "another one each time",
        Help = "Seed of every random choice; the same seed repeats a run's choices.",
    };

    public static readonly CommandOption<Transport> Transport = new("transport", ValueReader.Choice(
        ("auto", Runs.Transport.Auto), ("epoll", Runs.Transport.Epoll), ("portable", Runs.Transport.Portable)))
    {
        Group = Generator, Argument = "KIND", DefaultText = "auto",
        Help = "How sockets are waited for: auto, epoll (Linux) or portable.",
    };

    public static readonly CommandOption<bool> Insecure = new("insecure", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Generator,
        Help = "Take any TLS certificate, expired and self-signed ones too.",
    };

    public static readonly CommandOption<IReadOnlyList<IPAddress>> LocalAddresses = new("local-addresses", ValueReader.Addresses)
    {
        Arity = OptionArity.Many, Group = Generator, Argument = "IP,...", Default = [], DefaultText = "the system chooses",
        Help = "Source addresses that connections are spread over; each allows about 28,000 more to one target.",
    };

    public static readonly CommandOption<int?> Loops = new("loops", Optional(ValueReader.Int(1, 1024)))
    {
        Group = Generator, Argument = "N", DefaultText = "one per core",
        Help = "Number of engine loops, that is of threads that make load.",
    };

    public static readonly CommandOption<string> Config = new("config", ValueReader.Text)
    {
        Group = Other, Argument = "FILE", CommandLineOnly = true,
        Help = "A further file with options, over onrush.toml and onrush.conf.",
    };

    public static readonly CommandOption<bool> Version = new("version", ValueReader.Flag)
    {
        Short = 'V', Arity = OptionArity.Flag, Group = Other, CommandLineOnly = true,
        Help = "Print the version.",
    };

    public static readonly CommandOption<bool> Help = new("help", ValueReader.Flag)
    {
        Short = 'h', Arity = OptionArity.Flag, Group = Other, CommandLineOnly = true,
        Help = "Print this text; with -f also the options of that load test.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } =
    [
        File, Host, .. TargetOptions.All, Headless,
        Users, SpawnRate, Profile, RunTime, StopTimeout,
        UserClasses, Tags, ExcludeTags,
        List, ShowTaskRatio, ShowTaskRatioJson,
        Threshold, RequireHonest, ExitCodeOnError,
        OnlySummary, Summary, SummaryFull, SummaryTrendStats, SummaryTimeUnit, LogLevel, LogFile, Verbose,
        .. CapacityOptions.All,
        .. WebOptions.All,
        .. WatchOptions.All,
        .. ResultFileOptions.All,
        .. OutOptions.All,
        .. ClusterOptions.All,
        RunDir, Store, NoJournal, Keep, JournalSync,
        Seed, Transport, Insecure, LocalAddresses, Loops,
        Config, Version, Help,
    ];

    private static LoadProfile ReadProfile(IReadOnlyList<string> texts)
    {
        try
        {
            return LoadProfile.Parse(ValueReader.Text(texts));
        }
        catch (FormatException e)
        {
            throw new OptionException(e.Message);
        }
    }

    private static Func<IReadOnlyList<string>, T?> Optional<T>(Func<IReadOnlyList<string>, T> read)
        where T : struct => texts => read(texts);
}
