using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Runs.Results;
using Onrush.Runs.Results.Requests;

namespace Onrush.Cli.Commands;

/// <summary>The result files of a run, from the options to the exit code.</summary>
internal sealed class RunResults
{
    private readonly CommandHost _host;
    private readonly AboutDocument _about;
    private readonly ResultFiles _files;

    private RunResults(CommandHost host, AboutDocument about, ResultFiles files) => (_host, _about, _files) = (host, about, files);

    /// <summary>Checks every path before anything is sent.</summary>
    /// <exception cref="OptionException">A file cannot be written.</exception>
    public static RunResults Prepare(CommandHost host, OptionValues values, Log log, string loadTest, RunOptions options, RequestFeed requests)
    {
        try
        {
            return new RunResults(host, About(loadTest, options), new ResultFiles(Options(host, values), log.Warning, requests));
        }
        catch (ResultFileException e)
        {
            throw new OptionException(e.Message);
        }
    }

    /// <summary>Keeps the files up to date with a run.</summary>
    public void Follow(IRunControl run) => _files.Follow(run);

    /// <summary>Writes the files as they stay.</summary>
    /// <returns>The exit code of the command.</returns>
    public int Finish(RunSnapshot run, Verdict verdict)
    {
        var document = new VerdictDocument
        {
            Passed = verdict.ExitCode == ExitCodes.Success,
            ExitCode = verdict.ExitCode,
            Text = verdict.Text,
            Rules = [.. run.Rules.Select(RuleDocument.Of)],
        };
        IReadOnlyList<string> problems = _files.Finish(new RunResult(run, _about, document));
        foreach (string problem in problems)
            _host.Error.WriteLine($"onrush: {problem}");
        return problems.Count > 0 && verdict.ExitCode == ExitCodes.Success ? ExitCodes.ResultsMissing : verdict.ExitCode;
    }

    private static AboutDocument About(string loadTest, RunOptions options) =>
        new() { Producer = $"onrush {ProductVersion.Text}", LoadTest = loadTest, Host = options.Host };

    /// <summary>The files that the options name.</summary>
    public static ResultOptions Options(CommandHost host, OptionValues values)
    {
        return new ResultOptions
        {
            CsvPrefix = Full(values.Get(ResultFileOptions.Csv)),
            CsvFullHistory = values.Get(ResultFileOptions.CsvFullHistory),
            JsonFile = Full(values.Get(ResultFileOptions.JsonFile)),
            JUnitFile = Full(values.Get(ResultFileOptions.JUnit)),
            RequestLogFile = Full(values.Get(ResultFileOptions.RequestLog)),
            MarkdownFile = Full(values.Get(ResultFileOptions.MarkdownFile)),
            StepSummaryFile = Full(host.Environment.GetValueOrDefault("GITHUB_STEP_SUMMARY")),
        };

        string? Full(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path, host.Directory);
    }
}
