using System.Globalization;
using System.Text;
using System.Xml;

namespace Onrush.Runs.Results;

/// <summary>
/// A run as JUnit XML, for CI systems: a test case per endpoint, per rule and for what must hold in every run. It has failures exactly
/// when the command fails: where rules judge the run, failed requests of an endpoint are told without failing its case.
/// </summary>
internal static class JUnitXml
{
    private const int MostTexts = 10;

    public static void Write(RunResult result, Stream stream)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CheckCharacters = false };
        using var xml = XmlWriter.Create(stream, settings);
        var suites = new List<JUnitSuite> { Endpoints(result), Run(result) };
        if (result.Verdict.Rules.Count > 0)
            suites.Insert(0, Rules(result));
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", JUnitSuite.Clean(result.About.LoadTest));
        JUnitSuite.WriteCounts(xml, [.. suites.SelectMany(s => s.Cases)], result.Run.RunTime.TotalSeconds);
        foreach (var suite in suites)
            suite.Write(xml, result.Run);
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static JUnitSuite Rules(RunResult result) => new("thresholds",
        [.. result.Verdict.Rules.Select(r => new JUnitCase(
            "thresholds", $"{r.Subject}: {r.Expression}", 0, r.Passed ? null : $"{r.Subject}: {r.Expression} does not hold: {r.Found ?? "no data"}"))]);

    private static JUnitSuite Endpoints(RunResult result)
    {
        bool judged = result.Verdict.Rules.Count > 0 || result.Verdict.Passed;
        return new("endpoints", [.. result.Run.Series.Select(row =>
        {
            string figures = string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Requests} requests, {row.Failures} failed, {row.TotalRps:0.###} requests/s, median {row.All.MedianMs:0.###} ms, "
                + $"p95 {row.All.Percentile(0.95):0.###} ms, p99 {row.All.Percentile(0.99):0.###} ms, max {row.All.MaxMs:0.###} ms");
            string? failed = row.Failures == 0 ? null : $"{row.Failures} of {row.Requests} requests failed";
            string texts = string.Join('\n', result.Run.Failures
                .Where(f => f.Scenario == row.Scenario && f.Method == row.Method && f.Name == row.Name)
                .Take(MostTexts)
                .Select(f => $"{f.Occurrences} x {f.Message}"));
            return new JUnitCase(row.Scenario, $"{row.Method} {row.Name}", row.All.AverageMs / 1000, judged ? null : failed, texts)
            {
                Output = failed is null || !judged ? figures : $"{figures}\n{failed}\n{texts}",
            };
        })]);
    }

    private static JUnitSuite Run(RunResult result)
    {
        var run = result.Run;
        long exceptions = run.Exceptions.Sum(e => e.Count);
        bool judged = result.Verdict.Rules.Count > 0 || result.Verdict.Passed;
        var cases = new List<JUnitCase>
        {
            new("run", "every request is accounted for", 0, run.Conservation.Holds ? null : "counts do not agree", string.Join('\n', run.Conservation.Errors)),
            new("run", "user code throws nothing", 0, judged || exceptions == 0 ? null : $"{exceptions} exceptions in user code",
                string.Join('\n', run.Exceptions.Take(MostTexts).Select(e => $"{e.Count} x {e.UserClass}.{e.Task}: {e.Type}: {e.Message}"))),
        };
        // What fails the command fails a case here, whatever the reason: a green report of a red run is the worst of all.
        cases.Add(new("run", "verdict", run.RunTime.TotalSeconds, result.Verdict.Passed ? null : result.Verdict.Text) { Output = run.Generator.Text });
        return new("run", cases);
    }
}
