using System.Text;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs.Comparison;
using Onrush.Runs.Journal;
using Onrush.Runs.Results;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush compare [BASE] [NEW]: sets two runs side by side.</summary>
internal sealed class CompareCommand() : KeptRunCommand("compare", "says what changed between two runs, and what is only noise.", "[BASE] [NEW] [options]")
{
    private const string Judging = "Judging";

    /// <summary>The runs.</summary>
    public static readonly CommandOption<IReadOnlyList<string>> Two = new("runs", ValueReader.Texts)
    {
        Arity = OptionArity.Many, Group = "Which runs", Argument = "BASE NEW", Positional = true, Default = [], CommandLineOnly = true,
        DefaultText = "baseline latest",
        Help = "Ids that 'onrush runs' shows, paths, baseline or latest. One alone is compared with the baseline.",
    };

    /// <summary>When the command fails.</summary>
    public static readonly CommandOption<IReadOnlyList<FailRule>> FailOn = new("fail-on", ReadRules)
    {
        Arity = OptionArity.Many, Group = Judging, Argument = "RULE", Default = [], CommandLineOnly = true,
        Help = "End with 99 where a change is sure and beyond this: p(95)>+10%, rps<-5%, failed>+1%, median{name:/hello}>+10%. May be repeated.",
    };

    /// <summary>What is too little to matter.</summary>
    public static readonly CommandOption<double> LeastChange = new("least-change", ReadPercent)
    {
        Group = Judging, Argument = "PERCENT", Default = 5, DefaultText = "5", CommandLineOnly = true,
        Help = "Smaller changes are noise, however sure they are.",
    };

    /// <summary>For programs.</summary>
    public static readonly CommandOption<bool> Json = new("json", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = "Output", CommandLineOnly = true,
        Help = "Print JSON instead of the table.",
    };

    /// <summary>Markdown.</summary>
    public static readonly CommandOption<string> MarkdownFile = new("markdown", ValueReader.Text)
    {
        Group = "Output", Argument = "FILE", CommandLineOnly = true,
        Help = "Write the table in Markdown; where GITHUB_STEP_SUMMARY is set, it is added there in any case.",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } = [Two, FailOn, LeastChange, Json, MarkdownFile];

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        (string before, string after) = values.Get(Two) switch
        {
            [] => (RunFinder.Baseline, RunFinder.Latest),
            [var one] => (RunFinder.Baseline, one),
            [var one, var two] => (one, two),
            _ => throw new OptionException("'onrush compare' takes two runs"),
        };
        RunComparison comparison = Comparer.Compare(
            Read(RunFinder.Find(store, before, host.Directory), host), Read(RunFinder.Find(store, after, host.Directory), host),
            new ComparisonOptions { LeastChangePercent = values.Get(LeastChange) });
        IReadOnlyList<FailRule> rules = values.Get(FailOn);
        if (rules.FirstOrDefault(rule => !rule.Concerns(comparison)) is { } idle)
            throw new OptionException($"--fail-on {idle.Text} is about no endpoint that both runs have");
        List<string> hits = [.. rules.SelectMany(rule => rule.Hits(comparison))];
        host.Output.Write(values.Get(Json) ? ComparisonJson.Text(comparison, hits) + "\n" : ComparisonTable.Render(comparison, hits, host.Width));
        host.Output.Flush();
        bool written = WriteMarkdown(ComparisonMarkdown.Of(comparison, hits), values, host);
        return Task.FromResult(
            rules.Count > 0 && comparison.Objections.Count > 0 ? ExitCodes.NotComparable
            : hits.Count > 0 ? ExitCodes.Worse
            : written ? ExitCodes.Success
            : ExitCodes.ResultsMissing);
    }

    private static ComparedRun Read(FoundRun found, CommandHost host)
    {
        try
        {
            using Stream journal = ReadProgress.Over(found.Open(), host, found.Text);
            return CourseReader.Read(journal, found.Run is { } run ? $"{run.Name} {run.Id}" : found.Text);
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"run {found.Text}: {e.Message}");
        }
    }

    private static bool WriteMarkdown(string text, OptionValues values, CommandHost host)
    {
        bool written = true;
        if (values.Get(MarkdownFile) is { } file)
            Try(() => AtomicFile.Write(Path.GetFullPath(file, host.Directory), text), $"--markdown: {file}");
        if (host.Environment.GetValueOrDefault("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
            Try(() => File.AppendAllText(Path.GetFullPath(summary, host.Directory), text), $"GITHUB_STEP_SUMMARY: {summary}");
        return written;

        void Try(Action write, string what)
        {
            try
            {
                write();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                host.Error.WriteLine($"onrush: {what} was not written: {e.Message}");
                written = false;
            }
        }
    }

    private static IReadOnlyList<FailRule> ReadRules(IReadOnlyList<string> texts)
    {
        try
        {
            return [.. texts.Select(FailRule.Parse)];
        }
        catch (FormatException e)
        {
            throw new OptionException(e.Message);
        }
    }

    private static double ReadPercent(IReadOnlyList<string> texts) =>
        texts[^1].Trim().TrimEnd('%') is "0" ? 0 : ValueReader.PositiveNumber(1000)([texts[^1].Trim().TrimEnd('%')]);
}
