using System.Text.Json;
using Onrush.Runs.Results;

namespace Onrush.Runs.Tests.Results;

public class ResultFilesTests
{
    [Fact]
    public void Every_file_is_written_and_nothing_else_is_left()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("steps.md"), "before\n");
        var options = new ResultOptions
        {
            CsvPrefix = folder.File("new/folder/run"),
            JsonFile = folder.File("run.json"),
            JUnitFile = folder.File("junit.xml"),
            MarkdownFile = folder.File("run.md"),
            StepSummaryFile = folder.File("steps.md"),
        };

        var files = new ResultFiles(options, text => Assert.Fail(text));
        files.Add(SampleRun.Snapshots()[0]);
        files.Finish(SampleRun.Result()).ShouldBeEmpty();

        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.Path, f)).Order(StringComparer.Ordinal).ShouldBe(
            ["junit.xml", "new/folder/run_exceptions.csv", "new/folder/run_failures.csv", "new/folder/run_stats.csv",
                "new/folder/run_stats_history.csv", "run.json", "run.md", "steps.md"]);
        JsonDocument.Parse(folder.Text("run.json")).RootElement.GetProperty("verdict").GetProperty("exitCode").GetInt32().ShouldBe(1);
        folder.Text("steps.md").ShouldBe("before\n" + folder.Text("run.md"));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_refused_before_the_run()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");

        var e = Should.Throw<ResultFileException>(() => new ResultFiles(new ResultOptions { JUnitFile = folder.File("file/junit.xml") }, _ => { }));
        e.Message.ShouldStartWith($"--junit: {folder.File("file/junit.xml")} cannot be written: ");
        Should.Throw<ResultFileException>(() => new ResultFiles(new ResultOptions { JsonFile = folder.Path }, _ => { }))
            .Message.ShouldContain("it is a folder");
        Directory.CreateDirectory(folder.File("run_failures.csv"));
        Should.Throw<ResultFileException>(() => new ResultFiles(new ResultOptions { CsvPrefix = folder.File("run") }, _ => { }))
            .Message.ShouldStartWith("--csv: ");
    }

    [Fact]
    public void The_check_leaves_what_is_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("run.json"), "last week");

        _ = new ResultFiles(new ResultOptions { JsonFile = folder.File("run.json"), MarkdownFile = folder.File("run.md") }, _ => { });

        folder.Text("run.json").ShouldBe("last week");
        Directory.EnumerateFiles(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Trouble_with_one_file_is_told_and_the_others_are_written()
    {
        using var folder = new TemporaryFolder();
        var files = new ResultFiles(new ResultOptions { JsonFile = folder.File("run.json"), MarkdownFile = folder.File("run.md") }, _ => { });
        Directory.CreateDirectory(folder.File("run.json"));

        files.Finish(SampleRun.Result()).ShouldHaveSingleItem().ShouldStartWith($"--json-file: {folder.File("run.json")} was not written: ");

        folder.Text("run.md").ShouldNotBeEmpty();
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "old");

        Should.Throw<IOException>(() => AtomicFile.Write(folder.File("a"), stream =>
        {
            stream.WriteByte(1);
            throw new IOException("full");
        }));

        folder.Text("a").ShouldBe("old");
        Directory.EnumerateFiles(folder.Path).ShouldHaveSingleItem();
    }
}
