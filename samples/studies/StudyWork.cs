using System.Globalization;
using Studies.Charts;
using Studies.Pages;
using Studies.Running;

namespace Studies;

/// <summary>What a study works with: processes, the page that it fills, and the list of what it expects.</summary>
internal sealed class StudyWork : IAsyncDisposable
{
    private readonly Study _study;
    private readonly string _folder;
    private readonly string _scratch = Directory.CreateTempSubdirectory("onrush-study-").FullName;
    private readonly List<(bool Held, string Text)> _expected = [];
    private int _runs;

    /// <param name="study">The study.</param>
    /// <param name="quick">Whether it is to take less than three minutes.</param>
    /// <param name="folder">Where the page and its charts go.</param>
    public StudyWork(Study study, bool quick, string folder)
    {
        (_study, _folder, Quick) = (study, folder, quick);
        Page = new MarkdownPage(study.Title);
        Page.Text($"Made by `samples/studies/run {study.Name}{(quick ? " --quick" : "")}` on {Environment.ProcessorCount} cores, target and load on the same machine. "
            + "The page was written by the command; its figures are those of that run.");
    }

    /// <summary>Whether it is to take less than three minutes.</summary>
    public bool Quick { get; }

    /// <summary>What is written at the end.</summary>
    public MarkdownPage Page { get; }

    /// <summary>Starts a system under test of samples/targets.</summary>
    public Task<TargetProcess> StartAsync(string project, params string[] switches) => TargetProcess.StartAsync(project, _scratch, switches);

    /// <summary>Starts workers that look for a master on a port of this machine.</summary>
    public WorkerProcesses StartWorkers(int count, string port) => new(count, port, _scratch);

    /// <summary>Where what the study needs for a while may be left.</summary>
    public string Scratch => _scratch;

    /// <summary>Says what is being done.</summary>
    public void Tell(string what) => Console.WriteLine($"{_study.Name}: {what}");

    /// <summary>Runs a load test of samples/loadtests to its end. Nothing is kept of it but its results.</summary>
    /// <param name="what">What is said while it runs.</param>
    /// <param name="loadTest">Its file name.</param>
    /// <param name="options">Options of onrush.</param>
    public Task<RunResult> LoadAsync(string what, string loadTest, params string[] options) => KeptLoadAsync(what, loadTest, null, ["--no-journal", .. options]);

    /// <summary>The same, with its journal kept while the study goes on.</summary>
    /// <param name="what">What is said while it runs.</param>
    /// <param name="loadTest">Its file name.</param>
    /// <param name="variables">Variables of the command.</param>
    /// <param name="options">Options of onrush.</param>
    public async Task<RunResult> KeptLoadAsync(string what, string loadTest, IReadOnlyDictionary<string, string>? variables, params string[] options)
    {
        Tell(what);
        var file = Path.Combine(_scratch, string.Create(CultureInfo.InvariantCulture, $"run-{++_runs}.json"));
        return await OnrushProcess.RunAsync(Path.Combine(Repository.Root, "samples", "loadtests", loadTest), file, _scratch, options, variables);
    }

    /// <summary>Notes whether something is as it should be; at least one that is not fails the study.</summary>
    public void Expect(bool held, string text)
    {
        _expected.Add((held, text));
        Console.WriteLine($"{_study.Name}: {(held ? "as expected" : "NOT AS EXPECTED")}: {text}");
    }

    /// <summary>Writes a chart beside the page and shows it there.</summary>
    public void Chart(string name, LineChart chart)
    {
        var file = $"{_study.Name}-{name}.svg";
        File.WriteAllText(Path.Combine(_folder, file), chart.Render());
        Page.Picture(chart.Title, file);
    }

    /// <summary>What Onrush itself says of a run: of the generator, and what it found.</summary>
    public void Findings(string heading, RunResult run)
    {
        Page.Heading(heading);
        // Where the generator had no room one of the findings says so already.
        string[] generator = run.Findings.Any(finding => finding.Id == "generator-bound") ? [] : [run.Generator];
        Page.List([.. run.Findings.Select(finding => $"**{finding.Title}.** {finding.Text}"), .. generator]);
    }

    /// <summary>Writes the page.</summary>
    /// <returns>Whether everything was as expected.</returns>
    public bool Finish()
    {
        Page.Heading("Checked by the command");
        Page.List([.. _expected.Select(one => $"{(one.Held ? "✓" : "✗")} {one.Text}")]);
        var file = Path.Combine(_folder, $"{_study.Name}.md");
        File.WriteAllText(file, Page.Render());
        var missed = _expected.Count(one => !one.Held);
        Console.WriteLine($"{_study.Name}: {_expected.Count - missed} of {_expected.Count} expectations held; written to {file}");
        return missed == 0 && _expected.Count > 0;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_scratch, recursive: true);
        return default;
    }
}
