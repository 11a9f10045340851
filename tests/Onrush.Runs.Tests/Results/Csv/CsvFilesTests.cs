using System.Globalization;
using Onrush.Measurement;
using Onrush.Runs.Results;

namespace Onrush.Runs.Tests.Results.Csv;

public class CsvFilesTests
{
    private static readonly string[] PercentileColumns = ["50%", "66%", "75%", "80%", "90%", "95%", "98%", "99%", "99.9%", "99.99%", "100%"];

    [Theory]
    [InlineData(false, "run")]
    [InlineData(true, "full")]
    public void The_files_are_the_checked_in_ones(bool full, string name)
    {
        using var folder = new TemporaryFolder();

        Write(folder, full).ShouldBeEmpty();

        foreach (string file in (string[])["stats", "stats_history", "failures", "exceptions"])
        {
            string text = folder.Text($"run_{file}.csv");
            CsvReader.Lines(text).ShouldNotBeEmpty();
            CheckedIn.Check(System.Text.RegularExpressions.Regex.Replace(text, @"(?m)^   at .*\n?", ""), $"tests/Onrush.Runs.Tests/Results/Csv/Golden/{name}_{file}.csv");
        }
    }

    [Fact]
    public void The_columns_are_those_of_Locust_in_order()
    {
        using var folder = new TemporaryFolder();
        Write(folder, full: false);

        CsvReader.Lines(folder.Text("run_stats.csv"))[0].ShouldBe(
            ["Type", "Name", "Request Count", "Failure Count", "Median Response Time", "Average Response Time", "Min Response Time",
                "Max Response Time", "Average Content Size", "Requests/s", "Failures/s", .. PercentileColumns]);
        CsvReader.Lines(folder.Text("run_stats_history.csv"))[0].ShouldBe(
            ["Timestamp", "User Count", "Type", "Name", "Requests/s", "Failures/s", .. PercentileColumns, "Total Request Count",
                "Total Failure Count", "Total Median Response Time", "Total Average Response Time", "Total Min Response Time",
                "Total Max Response Time", "Total Average Content Size"]);
        CsvReader.Lines(folder.Text("run_failures.csv"))[0].ShouldBe(["Method", "Name", "Error", "Occurrences", "First Seen", "Last Seen"]);
        CsvReader.Lines(folder.Text("run_exceptions.csv"))[0].ShouldBe(["Count", "Message", "Traceback", "Nodes"]);
    }

    [Fact]
    public void The_rows_add_up_to_the_aggregated_one()
    {
        var random = new Random(7);
        for (int round = 0; round < 50; round++)
        {
            using var folder = new TemporaryFolder();
            var worker = new FakeWorker();
            var state = Fold.Begun();
            var files = Files(folder, full: true);
            int seconds = random.Next(1, 5);
            for (int second = 1; second <= seconds; second++)
            {
                for (int i = random.Next(200); i > 0; i--)
                {
                    bool good = random.Next(4) > 0;
                    worker.End(
                        worker.Begin($"/{random.Next(5)}", random.Next(2) == 0 ? "GET" : "POST", random.Next(2) == 0 ? "a" : "b"), random.NextDouble() * 500,
                        good ? Outcome.Success : Outcome.Status, good ? null : "500", new RequestSample { ContentLength = random.Next(1000) });
                }
                var report = worker.Report();
                state.Apply(report);
                files.Add(report);
                files.Add(state.At(second));
            }
            files.Finish(new RunResult(state.Stopped(seconds).At(seconds), SampleRun.About, Verdict)).ShouldBeEmpty();

            var rows = CsvReader.Rows(folder.Text("run_stats.csv"));
            rows[^1]["Name"].ShouldBe("Aggregated");
            rows[^1]["Type"].ShouldBe("");
            rows.Select(r => (r["Type"], r["Name"])).ShouldBeUnique();
            Adds(rows, "Request Count");
            Adds(rows, "Failure Count");
            Adds(rows, "Requests/s", 1e-4);
            Adds(rows, "Failures/s", 1e-4);
            double requests = Number(rows[^1], "Request Count");
            rows.SkipLast(1).Sum(r => Number(r, "Average Response Time") * Number(r, "Request Count"))
                .ShouldBe(Number(rows[^1], "Average Response Time") * requests, 0.01);
            rows.SkipLast(1).Sum(r => Number(r, "Average Content Size") * Number(r, "Request Count"))
                .ShouldBe(Number(rows[^1], "Average Content Size") * requests, 0.01);
            CsvReader.Rows(folder.Text("run_failures.csv")).Sum(r => Number(r, "Occurrences")).ShouldBe(Number(rows[^1], "Failure Count"));

            foreach (var second in CsvReader.Rows(folder.Text("run_stats_history.csv")).GroupBy(r => r["Timestamp"]))
            {
                Adds([.. second], "Requests/s");
                Adds([.. second], "Total Request Count");
                Adds([.. second], "Total Failure Count");
            }
        }
    }

    [Fact]
    public void The_history_is_in_the_file_while_the_run_goes_on()
    {
        using var folder = new TemporaryFolder();
        var files = Files(folder, full: false);

        files.Add(SampleRun.Snapshots()[0]);

        SpinWait.SpinUntil(() => File.Exists(folder.File("run_exceptions.csv")), TimeSpan.FromSeconds(60)).ShouldBeTrue();
        CsvReader.Rows(folder.Text("run_stats_history.csv")).Count.ShouldBe(1);
        CsvReader.Rows(folder.Text("run_stats.csv")).Count.ShouldBe(4);
    }

    [Fact]
    public void A_second_picture_of_the_same_second_takes_the_place_of_the_first()
    {
        using var folder = new TemporaryFolder();
        var snapshots = SampleRun.Snapshots();
        var files = Files(folder, full: false);

        files.Add(snapshots[2]);
        files.Add(snapshots[3] with { Users = 3 });
        files.Finish(new RunResult(snapshots[3], SampleRun.About, Verdict));

        CsvReader.Rows(folder.Text("run_stats_history.csv")).ShouldHaveSingleItem()["User Count"].ShouldBe("3");
    }

    [Fact]
    public void Before_the_first_request_there_is_no_percentile()
    {
        using var folder = new TemporaryFolder();
        var files = Files(folder, full: false);
        var run = Fold.Begun().At(1);

        files.Add(run);
        files.Finish(new RunResult(run, SampleRun.About, Verdict));

        CsvReader.Rows(folder.Text("run_stats.csv")).ShouldHaveSingleItem()["95%"].ShouldBe("N/A");
        CsvReader.Rows(folder.Text("run_stats_history.csv")).ShouldHaveSingleItem()["95%"].ShouldBe("N/A");
    }

    private static readonly VerdictDocument Verdict = new() { Passed = true, ExitCode = 0, Text = "PASSED" };

    private static ResultFiles Files(TemporaryFolder folder, bool full) =>
        new(new ResultOptions { CsvPrefix = folder.File("run"), CsvFullHistory = full }, text => Assert.Fail(text));

    private static IReadOnlyList<string> Write(TemporaryFolder folder, bool full)
    {
        var files = Files(folder, full);
        var snapshots = SampleRun.Snapshots();
        var reports = SampleRun.Reports();
        for (int i = 0; i < reports.Count; i++)
        {
            files.Add(reports[i]);
            files.Add(snapshots[i]);
        }
        return files.Finish(new RunResult(snapshots[^1], SampleRun.About, Verdict));
    }

    private static void Adds(IReadOnlyList<IReadOnlyDictionary<string, string>> rows, string column, double tolerance = 1e-9) =>
        rows.SkipLast(1).Sum(r => Number(r, column)).ShouldBe(Number(rows[^1], column), tolerance, column);

    private static double Number(IReadOnlyDictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
}
